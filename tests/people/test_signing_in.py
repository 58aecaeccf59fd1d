"""The door itself: how often it can be tried, what it tells a stranger, and how passwords are kept."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.models import User
from tests import cast
from tests.people.doors import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def guess(name: str, sender: str, password: str = "a wrong long password") -> Any:
    return Client().post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=sender)


def senders() -> Any:
    return (f"192.0.{number // 250}.{number % 250 + 1}" for number in range(10_000))


def test_from_wherever_they_come_ten_guesses_reach_an_account_in_a_quarter_of_an_hour(
    monkeypatch: pytest.MonkeyPatch,
):
    tim = cast.translator_account()
    checked: list[str] = []

    def check(self: User, raw: str) -> bool:
        checked.append(raw)
        return False

    monkeypatch.setattr(User, "check_password", check)
    addresses = senders()
    for number in range(7):
        for name in (tim.username, tim.username.upper(), tim.email, tim.email.title()):
            answer = guess(name, next(addresses), f"guess {number}")
    assert "Too many failed login attempts" in answer.content.decode()
    assert len(set(checked)) <= 10


def test_while_others_guess_the_owner_gets_in_by_a_passkey_which_nobody_can_lock(settings: Any):
    tim = cast.translator_account()
    addresses = senders()
    for _number in range(6):
        guess(tim.username, next(addresses))
    assert sign_in(Client(), tim) == ""  # the password waits
    options = Client().get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert options.json()["request_options"]["publicKey"]["challenge"]
    # and so does a sign-in by the other name, which the guesses did not use
    assert Client().post(LOGIN, {"login": tim.email, "password": PASSWORD})["Location"] == "/admin/"


def test_whatever_else_is_counted_does_not_wash_the_limit_away():
    tim = cast.translator_account()
    addresses = senders()
    for _number in range(5):
        guess(tim.username, next(addresses))
    for _number in range(400):
        cache.add(f"counted:{next(addresses)}", True, 600)
    assert "Too many failed login attempts" in guess(tim.username, next(addresses)).content.decode()


def test_one_connection_is_slowed_whomever_it_guesses_at():
    answers = [guess(f"name{number}", "192.0.2.7") for number in range(31)]
    assert "Too many failed login attempts" in answers[10].content.decode()
    assert answers[30].status_code == 429
    assert "Too many tries" in answers[30].content.decode()


def told(page: Any) -> str:
    """What a page says, without what differs between any two pages."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
    return re.sub(r'value="[^"]*"', "", text)


def test_signing_in_does_not_tell_whether_there_is_such_an_account():
    cast.translator_account()
    known, unknown = guess("tim", "192.0.2.1"), guess("tom", "192.0.2.2")
    assert known.status_code == unknown.status_code
    assert told(known) == told(unknown)


def test_a_disabled_account_tells_no_stranger_that_it_is_there():
    User.objects.filter(pk=cast.translator_account().pk).update(is_active=False)
    assert told(guess("tim", "192.0.2.1")) == told(guess("tom", "192.0.2.2"))


def test_a_forgotten_password_does_not_tell_either_and_strangers_get_no_mail(client: Client):
    tim = cast.translator_account()
    asked = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True) for email in (tim.email, "x@y.example")
    ]
    assert told(asked[0]) == told(asked[1])
    assert asked[0].redirect_chain == asked[1].redirect_chain
    assert ProcrastinateJob.objects.get().args == {"user_id": tim.pk}


def test_nobody_is_flooded_with_links_for_a_new_password(monkeypatch: pytest.MonkeyPatch):
    tim = cast.translator_account()
    start = time.time()
    for number, sender in zip(range(10), senders(), strict=False):
        monkeypatch.setattr(time, "time", lambda minutes=2 * number: start + 60 * minutes)
        Client().post("/accounts/password/reset/", {"email": tim.email}, REMOTE_ADDR=sender)
    assert ProcrastinateJob.objects.count() == 5


def test_passwords_are_kept_by_argon2_and_older_ones_are_kept_anew_at_sign_in(client: Client, settings: Any):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]  # the real ones
    tim = cast.translator_account()
    assert tim.password.startswith("argon2$argon2id$")
    User.objects.filter(pk=tim.pk).update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert sign_in(client, tim) == "/admin/"
    tim.refresh_from_db()
    assert tim.password.startswith("argon2$argon2id$")


def test_the_id_of_a_session_changes_at_sign_in_and_a_planted_one_stays_nobodys(client: Client):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["newsroom_session"] = str(session.session_key)
    sign_in(client, cast.translator_account())
    assert client.session.session_key != session.session_key
    planted = Client()
    planted.cookies["newsroom_session"] = str(session.session_key)
    assert planted.get("/accounts/").status_code == 302


def test_signing_out_ends_the_session_for_good(client: Client):
    sign_in(client, cast.translator_account())
    key = client.session.session_key
    client.post("/accounts/logout/")
    stolen = Client()
    stolen.cookies["newsroom_session"] = str(key)
    assert stolen.get("/accounts/").status_code == 302


def test_there_is_no_second_door(client: Client):
    assert client.get("/admin/login/?next=/admin/")["Location"].startswith("/accounts/login/?next=")
    client.post("/admin/login/", {"username": "tim", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/signup/").status_code == 200
    assert "given by invitation" in client.get("/accounts/signup/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "https:evil.example", "\\\\evil.example"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(client: Client, target: str):
    tim = cast.translator_account()
    answer = client.post(LOGIN, {"login": "tim", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/admin/"
    answer = Client().post(f"{LOGIN}?next={target}", {"login": tim.email, "password": PASSWORD})
    assert answer["Location"] == "/admin/"
