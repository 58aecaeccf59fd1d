from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.core import signing
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES = {"open": _("open"), "accepted": _("accepted"), "withdrawn": _("withdrawn"), "expired": _("too old")}

_signer = signing.Signer(salt="newsroom.invitation")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)

    def by_link(self, key: str) -> Invitation | None:
        """The invitation that the last part of a link names; None for what is no link of ours, or a renewed one's."""
        try:
            number, serial = (int(part) for part in _signer.unsign(key).split("."))
        except (signing.BadSignature, ValueError):
            return None
        return self.filter(pk=number, serial=serial).first()


class Invitation(models.Model):
    """A link by which one person makes an account with one role, once.

    The link is signed, so that nothing which opens it is kept here; renewing counts `serial` up and ends older links.
    """

    name = models.CharField(pgettext_lazy("a person", "Name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    role = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", verbose_name=_("role"))
    serial = models.PositiveIntegerField(default=1, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn_not_both"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return _signer.sign(f"{self.pk}.{self.serial}")

    @property
    def is_decided(self) -> bool:
        return bool(self.accepted_at or self.withdrawn_at)

    @property
    def is_backed(self) -> bool:
        """Whether whoever invited could still do so: nobody leaves themselves a way back in."""
        by = self.invited_by
        return by is None or (by.is_active and by.may_give(self.role))

    def link(self) -> str:
        """What the invited person opens: for their eyes only."""
        return settings.SITE_URL + reverse("invitation", args=[self.key])

    def state(self, at: datetime) -> str:
        """One of `STATES`."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "open" if self.expires_at > at else "expired"
