from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountEvent(models.Model):
    """Something that was done to an account, by whom and why: written with it, and never changed."""

    class What(models.TextChoices):
        JOINED = "joined", _("made by an invitation")
        ROLE = "role", _("given another role")
        ADDRESS = "address", _("e-mail address changed")
        PASSWORD_RESET = "password_reset", _("password reset")
        FACTOR_ADDED = "factor_added", _("second factor set up")
        FACTOR_REMOVED = "factor_removed", _("second factor removed")
        SESSIONS_ENDED = "sessions_ended", _("signed out everywhere")
        DISABLED = "disabled", _("disabled")
        ENABLED = "enabled", _("enabled again")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(_("what"), max_length=20, choices=What)
    note = models.CharField(_("why"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,  # nobody: by a command on the server
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("what happened to this account")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.get_what_display())
