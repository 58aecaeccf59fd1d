from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from articles.models.people import Credit

#: A referrer that no site can have: the reader came from a page of ours.
OWN_SITE = "own"


class ReadCountQuerySet(models.QuerySet["ReadCount"]):
    def between(self, first: date, last: date) -> Self:
        """From the beginning of `first` to the end of `last`."""
        return self.filter(date__range=(first, last))

    def total(self) -> int:
        return self.aggregate(reads=Sum("count"))["reads"] or 0

    def by_day(self) -> dict[date, int]:
        return dict(self.values_list("date").annotate(reads=Sum("count")).order_by("date"))

    def most_read(self) -> models.QuerySet[Any, Any]:
        """Rows with article, title, edition, section, published_at and reads, the most read first."""
        about = {
            "title": F("article__title"),
            "slug": F("article__slug"),
            "edition": F("article__edition"),
            "section": F("article__section__name"),
            "published_at": F("article__published_at"),
        }
        return self.values("article_id", **about).annotate(reads=Sum("count")).order_by("-reads", "article_id")

    def by_referrer(self) -> models.QuerySet[Any, Any]:
        return self.values("referrer").annotate(reads=Sum("count")).order_by("-reads", "referrer")

    def by_section(self) -> models.QuerySet[Any, Any]:
        """An article counts for the section in which it stands now."""
        rows = self.values(edition=F("article__edition"), section=F("article__section__name"))
        return rows.annotate(reads=Sum("count")).order_by("-reads", "edition", "section")

    def by_translator(self) -> models.QuerySet[Any, Any]:
        """An article of two translators counts for both."""
        translated = self.filter(article__credits__role=Credit.Role.TRANSLATOR)
        rows = translated.values(name=F("article__credits__contributor__name"))
        return rows.annotate(reads=Sum("count")).order_by("-reads", "name")


class ReadCount(models.Model):
    """How often an article was opened on a day by readers who came from one site; nothing about the readers."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="read_counts")
    date = models.DateField(_("day"))
    referrer = models.CharField(_("referring site"), max_length=253, blank=True)  # "" is none, OWN_SITE is ours
    count = models.PositiveIntegerField(_("reads"))

    objects = ReadCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("reads")
        verbose_name_plural = _("reads")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "date", "referrer"], name="read_count_once_for_article_day_and_referrer"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="read_count_counts_something"),
        ]
        indexes = [models.Index(fields=["date"], include=["article", "referrer", "count"], name="read_count_by_day")]

    def __str__(self) -> str:
        return f"{self.date}: {self.count}"


class CountedLog(models.Model):
    """How far a web server's log has been counted, so that no line is counted twice.

    A log is known by its first line and by the last one that was counted, whatever its file is called by now; both are
    hashed without the addresses in them.
    """

    first_line = models.CharField(max_length=64)
    last_line = models.CharField(max_length=64)
    position = models.PositiveBigIntegerField()  # bytes, unpacked, up to the end of the last counted line
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first_line", "last_line", "position"], name="counted_log_known_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_line[:8]}: {self.position}"
