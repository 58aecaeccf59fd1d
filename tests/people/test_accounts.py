"""What chiefs do to accounts, what nobody can do to them, and what each of it ends."""

from __future__ import annotations

import threading
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom import actions, installation, tasks
from newsroom.models import AccountEvent, Invitation, User
from tests import cast
from tests.people.doors import PASSWORD, sign_in, sign_in_with_code, with_app

pytestmark = pytest.mark.django_db
STEPS = ["role", "reset-password", "remove-second-factor", "sign-out", "disable", "enable"]


@pytest.fixture
def chief(client: Client) -> User:
    user = cast.chief()
    client.force_login(user)
    return user


def address(user: User, step: str) -> str:
    return f"/admin/newsroom/user/{user.pk}/{step}/"


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def the_link(page: Any) -> str:
    text = page.content.decode()
    return str(text.split('id="link"')[1].split(">")[1].split("<")[0]).removeprefix("http://127.0.0.1:8000")


# --- Inviting, in the admin ---


def test_a_chief_invites_and_sees_the_link_once(client: Client, chief: User):
    sent = {"name": "Ines Marlow", "email": "", "role": role(installation.EDITOR).pk}
    page = client.post("/admin/newsroom/invitation/add/", sent, follow=True)
    assert "no-store" in page["Cache-Control"]
    link = the_link(page)
    assert "Welcome, Ines Marlow" in Client().get(link).content.decode()
    assert client.get("/admin/newsroom/invitation/link/").status_code == 302
    for shown in ("/admin/newsroom/invitation/", f"/admin/newsroom/invitation/{Invitation.objects.get().pk}/change/"):
        assert link.split("/")[-2] not in client.get(shown).content.decode()


def test_a_chief_renews_and_withdraws(client: Client, chief: User):
    invited = actions.invite(name="Ines", role=role(installation.EDITOR), by=chief, at=timezone.now())
    old = f"/accounts/invitations/{invited.key}/"
    here = f"/admin/newsroom/invitation/{invited.pk}"
    new = the_link(client.post(f"{here}/renew/", follow=True))
    assert [Client().get(link).status_code for link in (old, new)] == [410, 200]
    client.post(f"{here}/withdraw/")
    assert Client().get(new).status_code == 410
    assert client.post(f"{here}/renew/").status_code == 422


def test_an_invitation_of_one_with_an_account_is_given_back_with_a_sentence(client: Client, chief: User):
    sent = {"name": "Clara", "email": "clara@outlet.example", "role": role(installation.EDITOR).pk}
    answer = client.post("/admin/newsroom/invitation/add/", sent)
    assert answer.status_code == 422
    assert "has an account already" in answer.content.decode()
    assert 'value="Clara"' in answer.content.decode()


def test_nobody_but_a_chief_sees_invitations_or_accounts(client: Client):
    other = cast.chief()
    invited = actions.invite(name="Ines", role=role(installation.EDITOR), by=None, at=timezone.now())
    paths = [f"/admin/newsroom/invitation/{rest}" for rest in ("", "add/", "link/", f"{invited.pk}/renew/")]
    paths += [address(other, step) for step in (*STEPS, "change", "link")] + ["/admin/newsroom/user/"]
    for user in (cast.editor(), cast.translator_account()):
        client.force_login(user)
        for path in paths:
            assert (client.get(path).status_code, path) == (403, path)
            assert (client.post(path, {"reason": "x"}).status_code, path) == (403, path)
    other.refresh_from_db()
    assert (other.is_active, other.sessions_ended) == (True, 0)


# --- Roles ---


def test_a_role_counts_from_the_next_request(client: Client, chief: User):
    tim = cast.translator_account()
    theirs = Client()
    theirs.force_login(tim)
    assert theirs.get("/admin/articles/topic/add/").status_code == 403
    client.post(address(tim, "role"), {"role": role(installation.EDITOR).pk})
    assert theirs.get("/admin/articles/topic/add/").status_code == 200
    client.post(address(tim, "role"), {"role": role(installation.TRANSLATOR).pk})
    assert theirs.get("/admin/articles/topic/add/").status_code == 403
    events = AccountEvent.objects.filter(account=tim, what="role", by=chief)
    assert [event.note for event in events] == [installation.TRANSLATOR, installation.EDITOR]


def test_one_who_may_change_accounts_gives_no_more_than_they_have(client: Client):
    office = Group.objects.create(name="Office")
    office.permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    clerk, tim, clara = cast.account("olga", "Office"), cast.translator_account(), cast.chief()
    client.force_login(clerk)
    assert client.get(address(tim, "role")).status_code == 403  # a translator may do what a clerk may not
    assert client.get(address(clara, "reset-password")).status_code == 403
    newcomer = User.objects.create_user("new", "new@outlet.example", PASSWORD)
    answer = client.post(address(newcomer, "role"), {"role": role(installation.CHIEF_EDITOR).pk})
    assert answer.status_code == 422
    with pytest.raises(actions.NotAllowed):
        actions.give_role(newcomer, role=role(installation.CHIEF_EDITOR), by=clerk, at=timezone.now())
    client.post(address(newcomer, "role"), {"role": office.pk})
    assert list(newcomer.groups.all()) == [office]


def test_the_form_changes_no_right_whatever_is_sent(client: Client, chief: User):
    tim = cast.translator_account()
    everything = {
        "username": "tim", "email": "tim@outlet.example", "first_name": "Tim", "last_name": "", "is_superuser": "on",
        "is_staff": "", "is_active": "", "groups": role(installation.CHIEF_EDITOR).pk, "password": "x",
        "sessions_ended": 9, "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(address(tim, "change"), everything).status_code == 302
    after = User.objects.get(pk=tim.pk)
    assert after.first_name == "Tim"
    assert (after.is_superuser, after.is_staff, after.is_active, after.password, after.sessions_ended) == (
        False, True, True, tim.password, 0,
    )  # fmt: skip
    assert [group.name for group in after.groups.all()] == [installation.TRANSLATOR]


def test_there_is_no_other_way_to_set_a_password_or_make_or_delete_an_account(client: Client, chief: User):
    tim = cast.translator_account()
    assert client.get(f"/admin/newsroom/user/{tim.pk}/password/").status_code in (302, 404)
    assert client.get("/admin/newsroom/user/add/").status_code == 403
    assert client.post(address(tim, "delete"), {"post": "yes"}).status_code == 403
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
    assert client.get("/accounts/email/")["Location"] == "/accounts/"


def test_a_chief_cannot_touch_a_superuser(client: Client, chief: User):
    root = User.objects.create_superuser("root", "root@outlet.example", PASSWORD)
    for step in STEPS:
        assert client.post(address(root, step), {"reason": "x", "role": 1}).status_code == 403


# --- The last chief ---


@pytest.mark.parametrize("step", ["disable", "role"])
def test_the_last_chief_cannot_be_taken_away(client: Client, chief: User, step: str):
    sent = {"reason": "Leaving", "role": role(installation.EDITOR).pk}
    answer = client.post(address(chief, step), sent)
    assert answer.status_code == 422
    assert "This is the last chief editor" in answer.content.decode()
    cast.chief("carla")
    assert client.post(address(chief, step), sent).status_code == 302


def test_a_disabled_chief_does_not_count(client: Client, chief: User):
    other = cast.chief("carla")
    actions.disable(other, by=chief, at=timezone.now())
    with pytest.raises(actions.LastChief):
        actions.disable(chief, by=None, at=timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["disable", "give_role"])
def test_of_two_chiefs_who_act_on_each_other_at_once_one_is_left(step: str):
    clara, carla = cast.chief(), cast.chief("carla")
    what: dict[str, Any] = {"role": role(installation.EDITOR)} if step == "give_role" else {}
    refused: list[Exception] = []

    def act() -> None:
        try:
            seen = {user.username: user for user in User.objects.all()}
            getattr(actions, step)(seen["clara"], by=seen["carla"], at=timezone.now(), **what)
        except actions.AccountError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=act)
    with transaction.atomic(), connection.cursor() as cursor:
        getattr(actions, step)(carla, by=clara, at=timezone.now(), **what)
        other.start()
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        while other.is_alive() and not cursor.execute(waits).fetchone()[0]:
            pass
    other.join()
    assert [type(refusal) for refusal in refused] == [actions.LastChief]
    assert User.people.active_chiefs().get() == clara


# --- Ending and letting in again ---


def test_a_disabled_account_is_out_at_its_next_request_and_its_old_sessions_stay_ended(client: Client, chief: User):
    tim = cast.translator_account()
    theirs = Client()
    theirs.force_login(tim)
    assert theirs.get("/admin/").status_code == 200
    client.post(address(tim, "disable"), {"reason": "Gone"})
    assert theirs.get("/admin/").status_code == 302
    assert sign_in(Client(), tim) != "/admin/"
    client.post(address(tim, "enable"))
    assert theirs.get("/admin/").status_code == 302
    assert sign_in(Client(), tim) == "/admin/"
    assert [event.what for event in tim.events.all()] == ["enabled", "disabled"]


def test_a_chief_signs_somebody_out_everywhere(client: Client, chief: User):
    tim = cast.translator_account()
    theirs = [Client(), Client()]
    for one in theirs:
        one.force_login(tim)
    client.post(address(tim, "sign-out"))
    assert [one.get("/admin/").status_code for one in theirs] == [302, 302]
    assert client.get("/admin/").status_code == 200


def test_everyone_can_sign_themselves_out_everywhere_else(client: Client):
    tim = cast.translator_account()
    other = Client()
    sign_in(client, tim)
    sign_in(other, tim)
    client.get("/accounts/sessions/")
    assert other.get("/accounts/").status_code == 200
    client.post("/accounts/sessions/")
    assert other.get("/accounts/").status_code == 302
    assert client.get("/accounts/").status_code == 200


def test_a_new_password_ends_the_other_sessions_and_is_told_by_mail(client: Client):
    tim = cast.translator_account()
    other = Client()
    sign_in(client, tim)
    sign_in(other, tim)
    new = {"oldpassword": PASSWORD, "password1": "four other words here", "password2": "four other words here"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    assert other.get("/accounts/").status_code == 302
    assert client.get("/accounts/").status_code == 200
    tasks.mail_notice(**ProcrastinateJob.objects.get().args)
    assert mail.outbox[0].to == ["tim@outlet.example"]
    assert "four other words" not in mail.outbox[0].body


# --- Locked out ---


def test_a_chief_resets_a_password_by_a_link_that_works_once(client: Client, chief: User):
    tim = cast.translator_account()
    theirs = Client()
    theirs.force_login(tim)
    link = the_link(client.post(address(tim, "reset-password"), follow=True))
    assert theirs.get("/admin/").status_code == 302
    assert sign_in(Client(), tim) == ""
    assert client.get(address(tim, "link")).status_code == 302
    somebody = Client()
    form = somebody.get(link, follow=True)
    assert "A new password" in form.content.decode()
    new = {"password1": "four other words here", "password2": "four other words here"}
    assert somebody.post(form.request["PATH_INFO"], new).status_code == 302
    assert sign_in(Client(), tim, "four other words here") == "/admin/"
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()
    job = ProcrastinateJob.objects.filter(task_name="newsroom.tasks.mail_new_password").get()
    assert job.args == {"user_id": tim.pk}


def test_a_reset_leaves_the_second_factor_as_it_was(client: Client, chief: User):
    edith = with_app(cast.editor())
    link = the_link(client.post(address(edith, "reset-password"), follow=True))
    somebody = Client()
    form = somebody.get(link, follow=True)
    new = {"password1": "four other words here", "password2": "four other words here"}
    somebody.post(form.request["PATH_INFO"], new)
    assert sign_in(somebody, edith, "four other words here") == "/accounts/2fa/authenticate/"
    assert edith.second_factors().count() == 1


def test_a_chief_removes_a_lost_second_factor_with_a_reason(client: Client, chief: User):
    edith = with_app(cast.editor())
    theirs = Client()
    theirs.force_login(edith)
    assert client.post(address(edith, "remove-second-factor"), {"reason": ""}).status_code == 422
    client.post(address(edith, "remove-second-factor"), {"reason": "Phone in the river"})
    assert not edith.second_factors().exists()
    assert theirs.get("/accounts/").status_code == 302
    event = AccountEvent.objects.get(account=edith)
    assert (event.what, event.by, event.note) == ("factor_removed", chief, "Phone in the river")
    tasks.mail_notice(**ProcrastinateJob.objects.get().args)
    assert mail.outbox[0].to == [edith.email]
    assert "You can set up a new second factor" in mail.outbox[0].body  # SECOND_FACTOR demands none here


@pytest.mark.parametrize("step", ["reset-password", "remove-second-factor"])
def test_chiefs_do_not_lock_themselves_out(client: Client, chief: User, step: str):
    with_app(chief)
    assert f"/{step}/" not in client.get(address(chief, "change")).content.decode()
    answer = client.post(address(chief, step), {"reason": "x"})
    assert (answer.status_code, "This is your own account" in answer.content.decode()) == (422, True)
    assert client.get("/admin/").status_code == 200
    assert chief.second_factors().exists()
    with_another = address(with_app(cast.chief("carla")), "change")
    assert f"/{step}/" in client.get(with_another).content.decode()


@pytest.mark.parametrize(
    ("demanded_of", "told"), [("publishers", "before anything else"), ("nobody", "can set up a new second factor")]
)
def test_a_chief_is_told_whether_the_person_needs_another_factor(
    client: Client, settings: Any, demanded_of: str, told: str
):
    settings.SECOND_FACTOR = demanded_of
    edith = with_app(cast.editor())
    sign_in_with_code(client, with_app(cast.chief()))
    page = client.post(address(edith, "remove-second-factor"), {"reason": "Phone in the river"}, follow=True)
    assert told in page.content.decode()


def test_a_changed_address_is_told_to_the_old_one(client: Client, chief: User):
    tim = cast.translator_account()
    sent = {"username": "tim", "email": "new@outlet.example", "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0}
    client.post(address(tim, "change"), sent)
    job = ProcrastinateJob.objects.get()
    assert (job.args["to"], "new@outlet.example" in job.args["text"]) == ("tim@outlet.example", True)
    tim.refresh_from_db()
    assert tim.email == "new@outlet.example"
    event = AccountEvent.objects.get(account=tim)
    assert (event.what, event.by, event.note) == ("address", chief, "tim@outlet.example → new@outlet.example")


def test_other_names_are_changed_without_a_mail(client: Client, chief: User):
    tim = cast.translator_account()
    sent = {"username": "tim", "email": "tim@outlet.example", "first_name": "Tim", "events-TOTAL_FORMS": 0}
    client.post(address(tim, "change"), {**sent, "events-INITIAL_FORMS": 0})
    tim.refresh_from_db()
    assert tim.first_name == "Tim"
    assert not ProcrastinateJob.objects.exists()


def test_nobody_changes_the_address_of_somebody_above_them():
    root = User.objects.create_superuser("root", "root@outlet.example", "a long test password")
    with pytest.raises(actions.NotAllowed):
        actions.change_address(root, email="mine@outlet.example", by=cast.chief(), at=cast.NOON)


def test_the_command_resets_a_password_or_a_second_factor():
    edith = with_app(cast.editor())
    out = StringIO()
    call_command("reset_access", "EDITH", stdout=out)
    assert Client().get(out.getvalue().strip().removeprefix("http://127.0.0.1:8000"), follow=True).status_code == 200
    call_command("reset_access", "edith@outlet.example", second_factor=True, stdout=out)
    assert not edith.second_factors().exists()
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("reset_access", "edith", second_factor=True)
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("reset_access", "nobody")


# --- The lists ---


def test_the_lists_take_as_many_queries_however_long_they_are(client: Client, chief: User):
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    cast.editor()
    invite: dict[str, Any] = {"role": role(installation.EDITOR), "by": chief, "at": timezone.now()}
    actions.invite(name="a", **invite)
    paths = ["/admin/newsroom/user/", "/admin/newsroom/invitation/"]
    before = [count(path) for path in paths]
    for number in range(5):
        cast.editor(f"e{number}")
        actions.invite(name=f"n{number}", **invite)
    assert [count(path) for path in paths] == before
