"""The second factor: who must have one gets nowhere in the admin without, and no code works twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom import actions, installation
from newsroom.models import User
from tests import cast
from tests.people.doors import code, recovery_codes, sign_in, sign_in_with_code, stored_secret, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demanded(settings: Any) -> None:
    settings.SECOND_FACTOR = "publishers"
    cache.clear()


def admin_addresses() -> Iterator[str]:
    """Every address of the admin, its arguments filled in."""

    def walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
        for entry in resolver.url_patterns:
            here = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, here)
            elif isinstance(entry, URLPattern):
                yield "/" + re.sub(r"<[^>]+>|\(\?P<.*$", "1", here).replace("^", "").replace("$", "").replace("\\Z", "")

    return (path for path in walk(get_resolver(), "") if path.startswith("/admin/"))


def test_a_session_without_the_factor_reaches_no_address_of_the_admin(client: Client):
    client.force_login(cast.editor())
    addresses = sorted(set(admin_addresses()) - {"/admin/login/", "/admin/logout/"})
    assert len(addresses) > 60
    for path in addresses:
        assert (client.get(path).headers.get("Location"), path) == ("/accounts/2fa/", path)
        assert (client.post(path, {"title": "x"}).status_code, path) == (403, path)


def test_what_was_typed_is_given_back(client: Client):
    client.force_login(cast.editor())
    machinery = {"seen_version": "7", "form_key": "k", "credits-TOTAL_FORMS": "1", "credits-0-id": "5", "_save": "1"}
    sent = {"title": "Long words", "password": "open sesame", **machinery}
    answer = client.post("/admin/articles/article/add/", sent)
    page = answer.content.decode()
    assert re.findall(r"<dt>(.*?)</dt>", page) == ["title"]
    for name, value in machinery.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert answer.status_code == 403
    assert "Long words" in page
    assert "open sesame" not in page
    assert "Your account needs a second factor now" in page
    client.logout()
    answer = client.post("/admin/articles/article/add/", {"title": "Long words"})
    assert "Long words" in answer.content.decode()
    assert 'href="/accounts/login/?next=%2Fadmin%2F"' in answer.content.decode()


def set_up_app(client: Client) -> str:
    """Returns where it leads."""
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'class="secret"[^>]*>(\w+)<', page)
    assert secret
    assert 'src="data:image/svg+xml;base64,' in page
    return str(client.post("/accounts/2fa/totp/activate/", {"code": code(secret[1])}).headers["Location"])


@pytest.mark.django_db(transaction=True)  # the library acts once it is committed
def test_an_app_is_set_up_and_leads_on_to_where_they_were_going(client: Client):
    sign_in(client, cast.editor())
    client.get("/admin/articles/topic/?q=boats")
    client.get("/accounts/2fa/totp/activate/")
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    after = set_up_app(client)
    assert after == "/accounts/2fa/recovery-codes/"
    assert 'href="/admin/articles/topic/?q=boats"' in client.get(after).content.decode()
    assert client.get("/admin/").status_code == 200
    assert [str(event) for event in User.objects.get().events.all()] == ["second factor set up"]


def test_who_must_have_one_is_told_to_set_up_another_before_anything_else():
    actions.remove_second_factor(with_app(cast.editor()), by=None, at=cast.NOON, reason="Lost")
    told = ProcrastinateJob.objects.get().args["text"]
    assert "set up a new second factor before anything else" in told


@pytest.mark.django_db(transaction=True)
def test_setting_one_up_ends_every_other_session_and_changes_the_id_of_this_one(client: Client):
    user, elsewhere = cast.editor(), Client()
    sign_in(elsewhere, user)
    sign_in(client, user)
    before = client.session.session_key
    set_up_app(client)
    assert client.session.session_key != before
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/accounts/")["Location"].startswith("/accounts/login/")


def test_a_session_that_never_showed_it_is_asked_though_the_account_has_one(client: Client):
    user = with_app(cast.editor())
    client.force_login(user)
    assert client.get("/admin/articles/topic/")["Location"] == (
        "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Farticles%2Ftopic%2F"
    )
    answer = client.post("/accounts/2fa/reauthenticate/?next=/admin/articles/topic/", {"code": code()})
    assert answer["Location"] == "/admin/articles/topic/"
    assert client.get("/admin/articles/topic/").status_code == 200


def test_signing_in_takes_password_and_code_and_the_code_works_once(client: Client):
    user = with_app(cast.editor())
    assert sign_in(client, user) == "/accounts/2fa/authenticate/"
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    shown = code()
    assert client.post("/accounts/2fa/authenticate/", {"code": shown})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    for again in (shown, f"{shown[:3]} {shown[3:]}"):
        other = Client()
        sign_in(other, user)
        assert other.post("/accounts/2fa/authenticate/", {"code": again}).status_code == 200
        assert other.get("/admin/").status_code == 302


def test_a_clock_half_a_minute_wrong_is_forgiven_and_two_minutes_are_not(client: Client):
    user = with_app(cast.editor())
    assert sign_in_with_code(client, user, code(steps=1)) == "/admin/"
    assert sign_in_with_code(Client(), user, code(steps=4)) == ""


def test_a_recovery_code_works_once(client: Client):
    user = with_app(cast.editor())
    first = recovery_codes(user)[0]
    assert sign_in_with_code(client, user, first) == "/admin/"
    cache.clear()  # nor is it only the cache that remembers
    assert sign_in_with_code(Client(), user, first) == ""
    assert len(recovery_codes(user)) == 9


def test_the_last_factor_of_one_who_must_have_one_stays(client: Client):
    user = with_app(cast.editor())
    sign_in_with_code(client, user)
    page = client.get("/accounts/2fa/totp/deactivate/").content.decode()
    assert "this is the only one" in page
    client.post("/accounts/2fa/totp/deactivate/")
    assert user.second_factors().count() == 1
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": {}})
    client.post("/accounts/2fa/totp/deactivate/")
    assert list(user.second_factors()) == [key]
    answer = client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert "this is the only one" in answer.content.decode()
    assert list(user.second_factors()) == [key]


def test_one_who_need_not_have_it_may_remove_it(client: Client):
    user = with_app(cast.translator_account())
    sign_in_with_code(client, user)
    assert client.post("/accounts/2fa/totp/deactivate/")["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.filter(user=user).exists()


def test_one_who_showed_a_factor_and_removed_it_sets_up_another_once_they_must_have_one(client: Client):
    user = with_app(cast.translator_account())
    sign_in_with_code(client, user)
    client.post("/accounts/2fa/totp/deactivate/")
    user.groups.add(Group.objects.get(name=installation.EDITOR))
    assert client.get("/admin/")["Location"] == "/accounts/2fa/"


def test_a_key_of_another_account_is_not_found(client: Client):
    key = Authenticator.objects.create(user=cast.chief(), type="webauthn", data={"name": "Key", "credential": {}})
    user = with_app(cast.editor())
    sign_in_with_code(client, user)
    for act in ("remove", "edit"):
        assert client.get(f"/accounts/2fa/webauthn/keys/{key.pk}/{act}/").status_code == 404


@pytest.mark.parametrize(
    ("setting", "role", "must"),
    [
        ("publishers", installation.EDITOR, True),
        ("publishers", installation.CHIEF_EDITOR, True),
        ("publishers", installation.TRANSLATOR, False),
        ("staff", installation.TRANSLATOR, True),
        ("nobody", installation.CHIEF_EDITOR, False),
    ],
)
def test_who_must_have_one(client: Client, settings: Any, setting: str, role: str, must: bool):
    settings.SECOND_FACTOR = setting
    client.force_login(cast.account("robin", role))
    assert client.get("/admin/").status_code == (302 if must else 200)


def test_a_right_to_let_others_in_is_enough_to_need_one(client: Client):
    group = Group.objects.create(name="Office")
    group.permissions.set(Group.objects.get(name=installation.CHIEF_EDITOR).permissions.filter(codename="change_user"))
    client.force_login(cast.account("olga", "Office"))
    assert client.get("/admin/").status_code == 302


def test_the_secret_is_kept_encrypted_and_under_a_lost_key_no_code_fits(settings: Any):
    user = with_app(cast.editor())
    assert "JBSWY3DP" not in stored_secret(user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    stored_secret(user)
    settings.SECRET_KEY_FALLBACKS = []
    assert sign_in_with_code(Client(), user) == ""


def test_in_the_demonstration_it_is_offered_and_the_page_says_so(client: Client, settings: Any):
    settings.SECOND_FACTOR = "nobody"
    sign_in(client, cast.editor())
    assert client.get("/admin/").status_code == 200
    assert "In the demonstration nobody has to have one" in client.get("/accounts/2fa/").content.decode()


def test_codes_are_downloaded_as_a_file_that_nothing_stores(client: Client):
    user = with_app(cast.editor())
    sign_in_with_code(client, user)
    answer = client.get("/accounts/2fa/recovery-codes/download/")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert all(one in answer.content.decode() for one in recovery_codes(user))


def test_a_patron_meets_no_second_factor(client: Client):
    patron = User.objects.create_user("pat", "pat@mail.example", "a long test password")
    client.force_login(patron)
    assert client.get("/accounts/").status_code == 200
    assert client.get("/admin/").status_code in (302, 403)
