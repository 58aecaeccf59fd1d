from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def known_language(code: str) -> None:
    """Refuse what is no language's code: readers are told the language, and browsers by it how to speak the title."""
    try:
        if Locale.parse("en").languages.get(code.split("-")[0].lower()):
            Locale.parse(code, sep="-")
            return
    except (ValueError, UnknownLocaleError):
        pass
    raise ValidationError(
        _("“%(code)s” is no language’s code. Write it like “de”, “pl” or “pt-BR”."), params={"code": code}
    )


class Source(models.Model):
    """An outlet that we translate from, and what it lets us do."""

    class Right(models.TextChoices):
        UNKNOWN = "unknown", _("not asked yet")
        GRANTED = "granted", _("granted to us")
        LICENCE = "licence", _("under an open licence")
        REFUSED = "refused", _("refused")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name"), max_length=120, unique=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    right = models.CharField(_("our right to translate"), max_length=20, choices=Right, default=Right.UNKNOWN)
    right_note = models.TextField(
        _("where that is written"), blank=True, help_text=_("A letter, a licence, a conversation and its date.")
    )
    right_ends_date = models.DateField(_("the right ends on"), null=True, blank=True)
    credit_line = models.CharField(
        _("credit line"),
        max_length=300,
        blank=True,
        help_text=_("The words that this outlet requires, shown as they are."),
    )
    may_pass_on = models.BooleanField(
        _("we may let others reprint"),
        default=False,
        help_text=_("No permission of ours can give what this outlet does not let us pass on."),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def lets_us_translate(self, on: date) -> bool:
        in_time = self.right_ends_date is None or on <= self.right_ends_date
        return self.right in (self.Right.GRANTED, self.Right.LICENCE) and in_time


class Original(models.Model):
    """The text that was translated. One original may have a translation in each edition."""

    title = models.CharField(_("title"), max_length=300, help_text=_("In its own language."))
    author = models.CharField(_("author"), max_length=200, blank=True)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    language = models.CharField(
        _("language"), max_length=10, validators=[known_language], help_text=_("Its code, such as “de” or “pl”.")
    )
    published_date = models.DateField(_("published"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="originals", verbose_name=_("source"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=~models.Q(url=""),
                name="original_known_once_by_its_link",
                violation_error_message=_("This original is already here; choose it from the list."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.source or self.language})"
