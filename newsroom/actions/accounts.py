from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from newsroom import tasks
from newsroom.actions.errors import LastChief, NotAllowed, NothingToDo, YourOwnAccount
from newsroom.models import AccountEvent, User
from newsroom.models.accounts import CHIEF_EDITOR

What = AccountEvent.What


@transaction.atomic
def give_role(user: User, *, role: Group, by: User | None, at: datetime) -> User:
    """Give the role instead of those that the person has. Its rights count from the next request on."""
    _demand(by, user)
    if by is not None and not by.may_give(role):
        raise NotAllowed
    if list(user.groups.all()) == [role] and user.is_staff:
        raise NothingToDo
    if role.name != CHIEF_EDITOR and not user.is_superuser:
        _keep_a_chief(user)
    user.groups.set([role])
    User.objects.filter(pk=user.pk).update(is_staff=True)
    return _done(user, What.ROLE, by=by, at=at, note=role.name)


@transaction.atomic
def disable(user: User, *, by: User | None, at: datetime, reason: str = "") -> User:
    """Let this person in no more, and end what they have open; what they did stays theirs."""
    _demand(by, user)
    _keep_a_chief(user)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise NothingToDo
    _end_sessions(user)
    return _done(user, What.DISABLED, by=by, at=at, note=reason)


@transaction.atomic
def enable(user: User, *, by: User | None, at: datetime) -> User:
    _demand(by, user)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise NothingToDo
    return _done(user, What.ENABLED, by=by, at=at)


@transaction.atomic
def end_sessions(user: User, *, by: User | None, at: datetime) -> User:
    """Sign this person out everywhere. Everyone may do so for themselves."""
    if by != user:
        _demand(by, user)
    _end_sessions(user)
    return _done(user, What.SESSIONS_ENDED, by=by, at=at)


@transaction.atomic
def reset_password(user: User, *, by: User | None, at: datetime) -> User:
    """Make the old password useless and end all sessions; `links.new_password(user)` is how a new one is chosen."""
    _demand_of_another(by, user)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    _end_sessions(user)
    tasks.mail_new_password.defer(user_id=user.pk)
    return _done(user, What.PASSWORD_RESET, by=by, at=at)


@transaction.atomic
def change_address(user: User, *, email: str, by: User | None, at: datetime) -> User:
    """Write to another address from now on, and tell the old one: the new one can have the password reset."""
    _demand(by, user)
    old = User.objects.select_for_update().get(pk=user.pk).email
    if old == email:
        raise NothingToDo
    User.objects.filter(pk=user.pk).update(email=email)
    _tell(user, _("Your e-mail address was changed"), _("We write to %(email)s from now on.") % {"email": email}, old)
    return _done(user, What.ADDRESS, by=by, at=at, note=f"{old} → {email}")


def ask_for_new_password(user: User) -> None:
    """Somebody says they have forgotten it: mail them the link, and leave everything as it is."""
    tasks.mail_new_password.defer(user_id=user.pk)


@transaction.atomic
def note_second_factor(user: User, *, at: datetime) -> User:
    """They have set one up: every session ends that has not shown it, for one may be a stranger's."""
    _end_sessions(user)
    return _done(user, What.FACTOR_ADDED, by=user, at=at)


@transaction.atomic
def remove_second_factor(user: User, *, by: User | None, at: datetime, reason: str) -> User:
    """For a lost phone: the person signs in by password, and first sets up another factor if one is demanded."""
    _demand_of_another(by, user)
    deleted, _kinds = Authenticator.objects.filter(user=user).delete()
    if not deleted:
        raise NothingToDo
    _end_sessions(user)
    sentence = (
        _("You sign in by password now, and set up a new second factor before anything else.")
        if user.must_have_second_factor
        else _("You sign in by password alone now. You can set up a new second factor under “Your account”.")
    )
    _tell(user, _("Your second factor was removed"), sentence)
    return _done(user, What.FACTOR_REMOVED, by=by, at=at, note=reason)


def _demand(by: User | None, user: User) -> None:
    """`by` None is a command: whoever runs it has the server."""
    if by is not None and not by.may_change(user):
        raise NotAllowed


def _demand_of_another(by: User | None, user: User) -> None:
    """What helps others would lock oneself out, or go round what the pages of one's own account ask for."""
    if by == user:
        raise YourOwnAccount
    _demand(by, user)


def _keep_a_chief(user: User) -> None:
    """Refuse what would leave nobody who can let others in.

    Two chiefs may act on each other: the second waits for one row, and only then asks who is chief.
    """
    Group.objects.select_for_update().get(name=CHIEF_EDITOR)
    if list(User.people.active_chiefs().values_list("pk", flat=True)) == [user.pk]:
        raise LastChief


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)


def _tell(user: User, subject: str, sentence: str, address: str = "") -> None:
    text = "\n\n".join(
        [
            _("Hello %(name)s,") % {"name": user},
            sentence,
            _("If this is a surprise to you, tell a chief editor at once."),
        ]
    )
    tasks.mail_notice.defer(to=address or user.email, subject=str(subject), text=f"{text}\n")


def _done(user: User, what: What, *, by: User | None, at: datetime, note: str = "") -> User:
    AccountEvent.objects.create(account=user, what=what, by=by, at=at, note=note[:500])
    user.refresh_from_db()
    return user
