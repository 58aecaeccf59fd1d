from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """What somebody wrote to us through the form of the contact page; kept before any mail is sent."""

    class To(models.TextChoices):
        NEWSROOM = "newsroom", _("the newsroom")
        CORRECTIONS = "corrections", _("corrections")
        PERMISSIONS = "permissions", _("permission to reprint")

    key = models.UUIDField(unique=True, editable=False)  # made with the form, so that a form sent twice is one letter
    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    to = models.CharField(_("to"), max_length=20, choices=To)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"))
    about = models.CharField(_("about"), max_length=500, blank=True)
    text = models.TextField(_("text"), max_length=10_000)
    received_at = models.DateTimeField(_("received"))
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.email} → {self.get_to_display()}"
