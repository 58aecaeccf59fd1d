from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F

from newsroom import tasks
from newsroom.actions.errors import AlreadyDecided, AlreadyInvited, LinkNotGood, NotAllowed
from newsroom.models import AccountEvent, Invitation, User

#: How long an invitation can be accepted: long enough for a holiday's mail, short enough for a lost one.
GOOD_FOR = timedelta(days=7)


@transaction.atomic
def invite(*, name: str, role: Group, by: User | None, at: datetime, email: str = "") -> Invitation:
    """Make a link by which one person gets an account; mailed, too, where there is an address. `by` None: a command."""
    if by is not None and not by.may_give(role):
        raise NotAllowed
    if email and User.objects.filter(email__iexact=email).exists():
        raise AlreadyInvited(email)
    invitation = Invitation.objects.create(
        name=name, email=email, role=role, invited_by=by, invited_at=at, expires_at=at + GOOD_FOR
    )
    _mail(invitation)
    return invitation


@transaction.atomic
def renew(invitation: Invitation, *, by: User | None, at: datetime) -> Invitation:
    """Give it a new link and its full time again, on the word of `by`; the old link opens nothing any more."""
    if by is not None and not by.may_give(invitation.role):
        raise NotAllowed
    changed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        serial=F("serial") + 1, invited_by=by, expires_at=at + GOOD_FOR, mailed_at=None
    )
    if not changed:
        raise AlreadyDecided
    invitation.refresh_from_db()
    _mail(invitation)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User | None, at: datetime) -> Invitation:
    if by is not None and not by.may_give(invitation.role):
        raise NotAllowed
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at):
        raise AlreadyDecided
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, username: str, email: str, password: str, at: datetime) -> User:
    """Make the account that was promised. Of two who open one link at once, one gets it.

    Raises LinkNotGood; IntegrityError where the name or address was taken since the form looked.
    """
    open_now = Invitation.objects.open(at).filter(pk=invitation.pk, serial=invitation.serial)
    if not (invitation.is_backed and open_now.update(accepted_at=at)):
        raise LinkNotGood
    first, _space, last = invitation.name.rpartition(" ")
    user: User = User.objects.create_user(
        username, email, password, first_name=first or last, last_name=last if first else "", is_staff=True
    )
    user.groups.add(invitation.role)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    AccountEvent.objects.create(account=user, what=AccountEvent.What.JOINED, by=invitation.invited_by, at=at)
    return user


def _mail(invitation: Invitation) -> None:
    if invitation.email:
        tasks.mail_invitation.defer(invitation_id=invitation.pk, serial=invitation.serial)
