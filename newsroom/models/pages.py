from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Page(models.Model):
    """A page that editors write: about, contact, masthead, privacy and the like."""

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="pages", verbose_name=_("edition")
    )
    slug = models.CharField(
        _("address"),
        max_length=80,
        validators=[
            RegexValidator(
                r"^[a-z0-9-]+(/[a-z0-9-]+)*$",
                _(
                    "Use small Latin letters, digits and hyphens; “/” puts a page under another, as in “support/other-ways”."
                ),
            )
        ],
        help_text=_("Use the same address in every edition, and readers can change from one language to the other."),
    )
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    position = models.PositiveSmallIntegerField(
        _("place in the footer"), null=True, blank=True, help_text=_("Smaller numbers first; empty: not in the footer.")
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["edition", "position", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="page_address_unique_in_edition",
                violation_error_message=_("This edition already has a page at this address."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("site:page", args=[self.slug], current_app=self.edition_id)
