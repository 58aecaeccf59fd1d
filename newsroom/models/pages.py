from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

#: What may stand between the slashes of a page's address.
ADDRESS = r"[a-z0-9-]+(/[a-z0-9-]+)*"

#: Pages at these addresses are the outlet's policies; programs are told of them by schema.org's names.
POLICIES = {
    "corrections-policy": "correctionsPolicy",
    "principles": "publishingPrinciples",
    "ethics": "ethicsPolicy",
    "masthead": "masthead",
    "funding": "ownershipFundingInfo",
    "fact-checking": "verificationFactCheckingPolicy",
    "unnamed-sources": "unnamedSourcesPolicy",
    "diversity": "diversityPolicy",
    "feedback": "actionableFeedbackPolicy",
}


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
                f"^{ADDRESS}$",
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

    def clean(self) -> None:
        if self.edition_id in settings.EDITIONS and not self._is_reached():
            raise ValidationError(
                {"slug": _("Something else of the site stands at this address, so nobody would see the page.")}
            )

    def _is_reached(self) -> bool:
        """Whether the page's address leads to this page, and not to another view or edition."""
        try:
            path = self.get_absolute_url()
        except NoReverseMatch:
            return True  # no address at all: the field says so
        try:
            resolve(path.rstrip("/"))
        except Resolver404:
            match = resolve(path)
            return match.view_name == f"{self.edition_id}:page" and match.kwargs == {"slug": self.slug}
        return False  # such as /healthz
