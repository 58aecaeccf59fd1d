from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _


class Outlet(models.Model):
    """The organisation that publishes. There is one; its names and wordings by language are in its editions."""

    name = models.CharField(_("name"), max_length=100)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    contact = models.EmailField(_("address for letters"), blank=True)
    corrections = models.EmailField(_("address for corrections"), blank=True)
    security = models.EmailField(
        _("address for reports of weaknesses"),
        blank=True,
        default="",
        db_default="",  # the version before writes the outlet too, while a site is upgraded
        help_text=_(
            "Stands openly at /.well-known/security.txt, where people look who have found a hole in the site. While it "
            "is empty, there is no such file, and they do not know whom to tell."
        ),
    )

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlet")
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="outlet_is_one",
                violation_error_message=_("There is only one outlet."),
            )
        ]

    def __str__(self) -> str:
        return self.name


def _rows(queryset: models.QuerySet[Any], **fields: Any) -> ArraySubquery:
    return ArraySubquery(queryset.values(row=JSONObject(**fields)))


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_use(self) -> EditionQuerySet:
        """Without those that EDITIONS names no more: their addresses lead nowhere."""
        return self.filter(code__in=settings.EDITIONS)

    def furnished(self) -> EditionQuerySet:
        """With everything that stands around the text of any page, in the same one query.

        The rows arrive as dictionaries; `Edition`'s properties give them their names.
        """
        from newsroom.models.pages import POLICIES, Page
        from newsroom.models.policy import ReusePolicy, ReuseTerms

        mine = {"edition": OuterRef("pk")}
        rule = ReuseTerms.objects.filter(policy=OuterRef("pk"), edition=OuterRef(OuterRef("pk"))).values("rule")[:1]
        rows: dict[str, Any] = {
            "outlet_rows": _rows(
                Outlet.objects.all(), name="name", legal_name="legal_name", contact="contact", corrections="corrections"
            ),
            "policy_rows": _rows(
                ReusePolicy.objects.filter(is_default=True),
                limit="limit",
                holder="holder",
                first_year="first_year",
                contact="contact",
                rule=models.Subquery(rule),
            ),
            "block_rows": _rows(
                Block.objects.filter(**mine, is_shown=True), place="place", heading="heading", body="body"
            ),
            "follow_rows": _rows(
                FollowLink.objects.filter(**mine).order_by("position", "pk"), label="label", url="url"
            ),
            "funder_rows": _rows(
                FunderAcknowledgement.objects.filter(**mine, funder__is_shown=True).order_by(
                    "funder__position", "funder"
                ),
                name="funder__name",
                url="funder__url",
                text="text",
            ),
            "page_rows": _rows(
                Page.objects.filter(**mine, position__isnull=False).order_by("position", "title"),
                slug="slug",
                title="title",
            ),
            "policy_page_rows": _rows(Page.objects.filter(**mine, slug__in=POLICIES).order_by("slug"), slug="slug"),
            "edition_rows": ArraySubquery(
                Edition.objects.in_use()
                .order_by("position", "code")
                .values(row=JSONObject(code="code", language="language_name"))
            ),
        }
        return self.annotate(**rows)


class Edition(models.Model):
    """The outlet in one language: what it is called there, and every wording that surrounds its articles.

    Which editions exist is a setting (EDITIONS), because addresses depend on it; the rows are made by `migrate`.
    """

    code = models.CharField(_("code"), max_length=10, primary_key=True)
    name = models.CharField(_("name of the outlet"), max_length=100)
    tagline = models.CharField(_("line under the name"), max_length=200, blank=True)
    language_name = models.CharField(
        _("name of the language"), max_length=50, help_text=_("In the language itself, such as “Українська”.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = EditionQuerySet.as_manager()

    # Filled by `furnished()`.
    outlet_rows: list[dict[str, Any]]
    policy_rows: list[dict[str, Any]]
    block_rows: list[dict[str, Any]]
    follow_rows: list[dict[str, Any]]
    funder_rows: list[dict[str, Any]]
    page_rows: list[dict[str, Any]]
    policy_page_rows: list[dict[str, Any]]
    edition_rows: list[dict[str, Any]]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def outlet(self) -> dict[str, Any]:
        return self.outlet_rows[0] if self.outlet_rows else {"name": self.name, "contact": "", "corrections": ""}

    @property
    def policy(self) -> dict[str, Any]:
        """The policy that applies where an article has none of its own; shortest extracts where nobody set one."""
        default = {"limit": 500, "holder": self.name, "first_year": None, "contact": "", "rule": ""}
        return self.policy_rows[0] if self.policy_rows else default

    @property
    def blocks(self) -> dict[str, dict[str, Any]]:
        return {row["place"]: row for row in self.block_rows}


class Block(models.Model):
    """A wording that stands at a fixed place of the public pages, such as the appeal under each article."""

    class Place(models.TextChoices):
        APPEAL = "appeal", _("appeal under an article")
        CORRECTIONS = "corrections", _("suggest a correction")
        AD_NOTICE = "ad_notice", _("notice about ad blockers")
        FOLLOW = "follow", _("follow us")
        FOOTER = "footer", _("first words of the footer")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    place = models.CharField(_("place"), max_length=20, choices=Place)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    is_shown = models.BooleanField(_("shown"), default=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["edition", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "place"],
                name="block_once_per_place_of_an_edition",
                violation_error_message=_("This edition already has a wording at this place."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()} ({self.edition_id})"


class FollowLink(models.Model):
    """One line of *Follow us*: a channel of ours elsewhere, as a plain link."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="follow_links", verbose_name=_("edition")
    )
    label = models.CharField(_("name"), max_length=50)
    url = models.URLField(_("link"), max_length=500)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("follow link")
        verbose_name_plural = _("follow links")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class Funder(models.Model):
    """Who pays for the work beside patrons, acknowledged in the footer of every page."""

    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("link"), max_length=500, blank=True)
    is_shown = models.BooleanField(_("acknowledged now"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class FunderAcknowledgement(models.Model):
    """The sentence by which a funder is acknowledged in one edition."""

    funder = models.ForeignKey(Funder, on_delete=models.CASCADE, related_name="acknowledgements")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    text = models.CharField(_("acknowledgement"), max_length=500)

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [
            models.UniqueConstraint(fields=["funder", "edition"], name="funder_acknowledged_once_per_edition")
        ]

    def __str__(self) -> str:
        return self.text
