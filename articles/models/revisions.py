from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.people import Contributor
from articles.models.pictures import LeadPicture


class RevisionQuerySet(models.QuerySet["Revision"]):
    def public(self, at: datetime) -> Self:
        """The one revision of each public article that readers see at `at`."""
        is_due = Q(pk=F("article__next"), goes_live_at__lte=at)
        none_due = Q(article__next__isnull=True) | Q(article__next__goes_live_at__gt=at)
        return self.filter(
            is_due | (Q(pk=F("article__live")) & none_due),
            article__published_at__lte=at,
            article__taken_down_at__isnull=True,
        )

    def shown_by(self, at: datetime) -> Self:
        """Every version that readers have seen by `at`, the present one among them."""
        return self.filter(goes_live_at__lte=at, article__published_at__lte=at, article__taken_down_at__isnull=True)

    def crediting(self, contributor: Contributor, role: str = "") -> Self:
        """Those that name the contributor, in any role or in `role`."""
        return self.filter(credits__contains=[{"person": contributor.pk} | ({"role": role} if role else {})])


class Revision(LeadPicture):
    """A published state of an article, never changed afterwards; what readers see is always one of these.

    On screen it is called a *version*.
    """

    class KindOfChange(models.TextChoices):
        """How grave a change is. The first four are what editors mostly choose; the rest stand under *more*."""

        TYPO = "typo", _("typo")
        CLARIFICATION = "clarification", _("clarification")
        CORRECTION = "correction", _("correction")
        RETRACTION = "retraction", _("retraction")
        TRANSLATION_CORRECTED = "translation_corrected", _("translation corrected")
        SOURCE_CORRECTED = "source_corrected", _("source corrected")
        UPDATE = "update", _("update")
        EDITORS_NOTE = "editors_note", _("editor’s note")
        FIRST = "first", _("first publication")

    class NoticePlace(models.TextChoices):
        TOP = "top", _("above the text")
        FOOT = "foot", _("below the text")

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = models.TextField(_("text"))
    text = models.TextField(_("policy text of the body"))  # computed from `body` when the revision is made
    credits = models.JSONField(_("credits as shown"), default=list)
    original = models.ForeignKey("articles.Original", on_delete=models.PROTECT, null=True, related_name="+")
    original_as_shown = models.JSONField(_("original as shown"), null=True)
    #: Key → articles.pictures.shown(), the lead's too.
    pictures = models.JSONField(_("pictures as shown"), default=dict, db_default={})
    #: A file's name, once it is drawn.
    social_card = models.CharField(max_length=100, blank=True, default="", db_default="", editable=False)
    kind_of_change = models.CharField(_("kind of change"), max_length=30, choices=KindOfChange)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    notice = models.TextField(_("notice"), max_length=2000, blank=True)
    notice_place = models.CharField(_("where the notice stands"), max_length=10, choices=NoticePlace, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))
    goes_live_at = models.DateTimeField(_("public from"))
    modified_at = models.DateTimeField(_("date of change told to readers"))  # a typo keeps the one before

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "-number"]
        indexes = [
            GinIndex(fields=["credits"], opclasses=["jsonb_path_ops"], name="revision_by_contributor"),
            models.Index(
                F("goes_live_at").desc(), F("id").desc(), condition=Q(number__gt=1), name="revision_newest_changes"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique_in_article"),
            models.CheckConstraint(
                condition=Q(notice="", notice_place="") | (~Q(notice="") & ~Q(notice_place="")),
                name="revision_notice_has_its_place",
                violation_error_message=_("Say where the notice stands."),
            ),
            models.CheckConstraint(
                condition=~Q(kind_of_change="retraction") | ~Q(notice=""),
                name="revision_retraction_has_a_notice",
                violation_error_message=_("A retraction tells readers why."),
            ),
            LeadPicture.focus_constraint("revision_lead_focus_is_a_point"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"

    def credits_at(self, place: str) -> list[dict[str, Any]]:
        """The credits shown at "top" or "end": dictionaries with role, name and slug, in order."""
        return [credit for credit in self.credits if credit["place"] in (place, "both")]

    @property
    def lead(self) -> dict[str, Any] | None:
        """The lead picture as it is shown: `articles.pictures.Shown` with alt, caption, and the focus of this article."""
        shown: dict[str, Any] | None = self.pictures.get(self.lead_picture_id)
        if not shown:
            return None
        return shown | {
            "alt": self.lead_alt,
            "caption": self.lead_caption,
            "focus": self.lead_focus or shown["focus"],
        }

    @property
    def translators(self) -> list[dict[str, Any]]:
        return [credit for credit in self.credits if credit["role"] == "translator"]
