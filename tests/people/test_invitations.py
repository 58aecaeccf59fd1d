"""Invitations: a link that works without mail, once, for seven days, and says what became of it."""

from __future__ import annotations

import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom import actions, installation, tasks
from newsroom.logs import MaskLinks
from newsroom.models import AccountEvent, Invitation, User
from tests import cast
from tests.people.doors import PASSWORD

pytestmark = pytest.mark.django_db
NAME = "Ines Marlow"
CHOSEN = {"username": "ines", "email": "ines@outlet.example", "password": PASSWORD}


def invitation(role: str = installation.TRANSLATOR, **fields: Any) -> Invitation:
    group = Group.objects.get(name=role)
    known: dict[str, Any] = {"name": NAME, "role": group, "by": None, "at": timezone.now()}
    return actions.invite(**known | fields)


def address(invited: Invitation) -> str:
    return f"/accounts/invitations/{invited.key}/"


def test_the_invited_choose_a_name_and_a_password_and_are_in(client: Client):
    invited = invitation(by=cast.chief())
    shown = client.get(address(invited))
    assert shown.status_code == 200
    assert (shown["Referrer-Policy"], "no-store" in shown["Cache-Control"]) == ("strict-origin", True)
    assert not User.objects.filter(username="ines").exists()
    answer = client.post(address(invited), CHOSEN)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    user = User.objects.get(username="ines")
    assert (user.get_full_name(), user.is_staff, user.is_superuser) == (NAME, True, False)
    assert [group.name for group in user.groups.all()] == [installation.TRANSLATOR]
    assert client.get("/admin/").status_code == 200
    assert AccountEvent.objects.get(account=user).by == User.objects.get(username="clara")


def test_whoever_can_publish_is_led_to_the_second_factor_first(client: Client, settings: Any):
    settings.SECOND_FACTOR = "publishers"
    answer = client.post(address(invitation(installation.EDITOR)), CHOSEN, follow=True)
    assert answer.redirect_chain == [("/admin/", 302), ("/accounts/2fa/", 302)]


def test_a_link_that_was_used_withdrawn_renewed_or_grew_old_says_so_and_opens_nothing(client: Client):
    at = timezone.now()
    used, withdrawn, renewed, old = (invitation(name=name) for name in ("a", "b", "c", "d"))
    actions.accept(used, username="first", email="f@outlet.example", password=PASSWORD, at=at)
    actions.withdraw(withdrawn, by=None, at=at)
    old_link = address(renewed)
    actions.renew(renewed, by=None, at=at)
    Invitation.objects.filter(pk=old.pk).update(expires_at=at - timedelta(seconds=1))
    said = {
        address(used): "has been used",
        address(withdrawn): "was withdrawn",
        old_link: "opens nothing",
        address(old): "is too old",
        "/accounts/invitations/1.1:forged/": "opens nothing",
        "/accounts/invitations/x/": "opens nothing",
    }
    before = User.objects.count()
    for link, words in said.items():
        for answer in (client.get(link), client.post(link, CHOSEN)):
            assert (answer.status_code, words in answer.content.decode()) == (410, True), link
    assert User.objects.count() == before
    assert client.get(address(renewed)).status_code == 200


def test_one_bit_more_or_less_opens_nothing(client: Client):
    key = invitation().key
    for place in range(len(key)):
        flipped = key[:place] + chr(ord(key[place]) ^ 1) + key[place + 1 :]
        assert Invitation.objects.by_link(flipped) is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": "CLARA"}, "Somebody here has this name already."),
        ({"username": "a@b"}, "Use letters, digits"),
        ({"username": "x" * 151}, "at most 150 characters"),
        ({"email": "Clara@outlet.example"}, "Another account uses this e-mail address."),
        ({"email": "nobody"}, "valid email address"),
        ({"password": "short"}, "too short"),
        ({"password": "ines@outlet.example"}, "too similar"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_keeps_what_was_typed(client: Client, changed: Any, sentence: str):
    cast.chief()
    invited = invitation()
    answer = client.post(address(invited), CHOSEN | changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert (CHOSEN | changed)["email"] in page
    assert 'type="password"' in page
    assert PASSWORD not in page
    assert Invitation.objects.open(timezone.now()).exists()


def test_of_two_who_open_it_at_once_one_gets_it():
    invited = invitation()
    same = Invitation.objects.get()
    actions.accept(invited, username="first", email="f@outlet.example", password=PASSWORD, at=timezone.now())
    with pytest.raises(actions.LinkNotGood):
        actions.accept(same, username="second", email="s@outlet.example", password=PASSWORD, at=timezone.now())
    assert not User.objects.filter(username="second").exists()


@pytest.mark.parametrize("lose", ["disable", "give_role"])
def test_an_invitation_does_not_outlive_the_rights_of_whoever_made_it(client: Client, lose: str):
    clara, carla = cast.chief(), cast.chief("carla")
    invited = invitation(installation.CHIEF_EDITOR, by=clara)
    lost: dict[str, Any] = {"role": Group.objects.get(name=installation.EDITOR)} if lose == "give_role" else {}
    getattr(actions, lose)(clara, by=carla, at=timezone.now(), **lost)
    for answer in (client.get(address(invited)), client.post(address(invited), CHOSEN)):
        assert (answer.status_code, "This invitation no longer counts" in answer.content.decode()) == (410, True)
    with pytest.raises(actions.LinkNotGood):
        actions.accept(
            Invitation.objects.get(), username="i", email="i@x.example", password=PASSWORD, at=timezone.now()
        )
    assert not User.objects.filter(username__in=["ines", "i"]).exists()
    actions.renew(Invitation.objects.get(), by=carla, at=timezone.now())
    assert client.post(address(Invitation.objects.get()), CHOSEN)["Location"] == "/admin/"


def test_somebody_who_is_signed_in_does_not_lose_their_session_to_it(client: Client):
    client.force_login(cast.editor())
    invited = invitation()
    assert "you are signed in as edith" in client.get(address(invited)).content.decode()
    client.post(address(invited), CHOSEN)
    assert not User.objects.filter(username="ines").exists()


def test_with_an_address_the_link_is_mailed_too_and_never_waits_in_the_queue():
    invited = invitation(email="ines@outlet.example")
    job = ProcrastinateJob.objects.get()
    assert invited.key not in str(job.args)
    tasks.mail_invitation(**job.args)
    tasks.mail_invitation(**job.args)
    assert len(mail.outbox) == 1
    assert invited.link() in mail.outbox[0].body
    assert mail.outbox[0].to == ["ines@outlet.example"]


def test_a_withdrawn_invitation_is_not_mailed_any_more():
    invited = invitation(email="ines@outlet.example")
    actions.withdraw(invited, by=None, at=timezone.now())
    tasks.mail_invitation(invitation_id=invited.pk, serial=1)
    assert mail.outbox == []


def test_nobody_gives_rights_that_they_do_not_have():
    for person in (cast.editor(), cast.translator_account()):
        with pytest.raises(actions.NotAllowed):
            invitation(installation.TRANSLATOR, by=person)
    assert not Invitation.objects.exists()


def test_who_has_an_account_is_not_invited_again():
    cast.editor()
    with pytest.raises(actions.AlreadyInvited, match="has an account already"):
        invitation(email="EDITH@outlet.example")


def test_the_command_prints_a_link(client: Client):
    out = StringIO()
    call_command("invite", NAME, role="chief", stdout=out)
    link = out.getvalue().strip().removeprefix("http://127.0.0.1:8000")
    client.post(link, CHOSEN)
    assert User.people.active_chiefs().get().username == "ines"


@pytest.mark.parametrize(("who", "sentence"), [("x@", "is no e-mail address"), ("", "Say whom you invite")])
def test_the_command_says_what_is_wrong(who: str, sentence: str):
    with pytest.raises(CommandError, match=sentence):
        call_command("invite", who)


def test_no_line_of_the_log_holds_a_link():
    for link in (address(invitation()), "/accounts/password/reset/key/3-abc-def/"):
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Gone: %s", (link,), None)
        assert MaskLinks().filter(record)
        assert record.getMessage() in ("Gone: /accounts/invitations/…/", "Gone: /accounts/password/reset/key/…/")
