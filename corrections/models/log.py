from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: datetime) -> Self:
        """What the log shows at `at`: of articles that readers can open, once the version is theirs."""
        return self.filter(
            revision__goes_live_at__lte=at, article__published_at__lte=at, article__taken_down_at__isnull=True
        )

    def made_by_reports(self) -> Self:
        """Those of an applied report, withdrawn or not: they alone can be undone."""
        return self.filter(Q(reports__isnull=False) | Q(withdrawn_at__isnull=False)).distinct()

    def in_edition(self, code: str) -> Self:
        return self.filter(article__edition=code)

    def without_typos(self) -> Self:
        return self.exclude(revision__kind_of_change="typo")

    def newest_first(self) -> Self:
        """By the moment at which each became public; the condition is that of the index over it."""
        return self.filter(revision__number__gt=1).order_by("-revision__goes_live_at", "-revision_id")

    def older_than(self, number: int) -> Self:
        """What comes after the correction `number` when the newest come first."""
        other = Correction.objects.filter(pk=number)
        moment, revision = Subquery(other.values("revision__goes_live_at")), Subquery(other.values("revision"))
        return self.filter(
            Q(revision__goes_live_at__lt=moment) | Q(revision__goes_live_at=moment, revision_id__lt=revision)
        )

    def with_articles(self) -> Self:
        """With what their list shows of the articles, without their long texts."""
        long = [f"article__{name}__{field}" for name in ("live", "next") for field in ("body", "text", "pictures")]
        found = self.select_related("article__live", "article__next", "article__reuse_policy", "revision")
        return found.defer("article__body", "revision__body", "revision__text", "revision__pictures", *long)


class Correction(models.Model):
    """A published change to an article, as the public log keeps it: one for each version after the first.

    Its number, by which the public knows it, is its key. How grave it is, what readers are told and since when stand
    on its revision.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="corrections")
    revision = models.OneToOneField("articles.Revision", on_delete=models.CASCADE, related_name="correction")
    #: The sentence that was changed, in the version before and in this one; empty where more than one place changed.
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    # Where `after` stands in the article's present version, while that is certain.
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    thanked = models.JSONField(_("thanked by name"), default=list)  # names of readers who agreed to it
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)  # undone: the words before it stand again
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__lt=models.F("end")), name="correction_place_has_both_ends"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("site:correction", args=[self.pk], current_app=self.article.edition_id)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def waiting(self, at: datetime) -> Self:
        """What nobody has seen to yet, of corrections that readers know at `at` and that still stand."""
        return self.filter(
            seen_to_at=None,
            correction__revision__goes_live_at__lte=at,
            correction__withdrawn_at=None,
            correction__article__taken_down_at=None,
            article__taken_down_at=None,
        )

    def for_editor(self, user: Any) -> Self:
        """Those about articles that `user` may edit."""
        return self.filter(article__in=Article.objects.editable_by(user))


class FollowUp(models.Model):
    """A correction that the same text in another edition may need, too, for its editors to look at."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="follow_ups")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="follow_ups")
    seen_to_at = models.DateTimeField(_("seen to"), null=True)
    seen_to_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction in another edition")
        verbose_name_plural = _("corrections in other editions")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["correction", "article"], name="follow_up_once_for_an_article")]
        indexes = [models.Index(fields=["article"], condition=Q(seen_to_at=None), name="follow_up_open")]

    def __str__(self) -> str:
        return f"{self.correction} → {self.article}"


class Redaction(models.Model):
    """Words that a chief had removed from all that the public can see of an article's past. The words are not kept."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="redactions")
    reason = models.CharField(_("reason told to readers"), max_length=500)
    places = models.PositiveIntegerField(_("places"))
    made_at = models.DateTimeField(_("removed"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("removal from the history")
        verbose_name_plural = _("removals from the history")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.reason
