from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailText(models.Model):
    """The words of one kind of mail in one edition, where editors have written their own (`newsroom.mail_texts`)."""

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("edition")
    )
    name = models.CharField(_("mail"), max_length=50)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=5000)

    class Meta:
        verbose_name = _("words of a mail")
        verbose_name_plural = _("words of mails")
        ordering = ["name", "edition"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="mail_text_once_in_an_edition")]

    def __str__(self) -> str:
        return self.subject
