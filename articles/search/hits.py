"""What answers a question: the articles found, ranked, counted, narrowed.

A word that stands in every second article is the trap of ranking: to rank is to read the long vector of each hit. So the
hits are first cut down by the indexes alone: the newest that have the words in title, names or standfirst, and, where
those leave room, the newest that have them anywhere. Only those are ranked. Newest first needs no rank, and goes through
all.

To find the newest of 50,000 hits is to visit them all, so they are sought among the latest entries first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, Func

from articles.models import SearchEntry
from articles.models.search import SearchEntryQuerySet, Tsquery
from articles.search.questions import Meaning

RANKED = 130  # articles; eleven pages
LATEST = 800  # entries among which a common word is sought first
COUNTED = 1_000  # more are "more than"
_WEIGHTS = [0.05, 0.3, 0.5, 1.0]  # body, standfirst, names, title
#: Something this much older counts a third as much: recency decides between equals. The factor does not change with the
#: day of the search, so that pages fit together.
_AGE = 40 * 365.25 * 86_400


_MARK = re.compile(r"0x[01]\.[0-9a-f]{1,13}p[+-][0-9]{1,4}~[0-9]{1,18}")


class _Freshness(Func):
    template = f"exp(extract(epoch FROM %(expressions)s) / {_AGE:.0f})"
    output_field = FloatField()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the hits are narrowed to; an empty value narrows nothing."""

    section: str = ""
    topic: str = ""
    person: int = 0
    year: int = 0

    def apply(self, entries: SearchEntryQuerySet) -> SearchEntryQuerySet:
        if self.section:
            entries = entries.filter(article__section__slug=self.section)
        if self.topic:
            entries = entries.filter(article__topics__slug=self.topic)
        if self.person:
            entries = entries.among_found_naming(self.person)
        if self.year:
            entries = entries.filter(published_at__year=self.year)
        return entries


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found, with what its page of results is sorted and narrowed by."""

    article: int
    score: float
    published_at: datetime
    people: list[int]
    section: int | None

    @property
    def mark(self) -> str:
        """Where the next page goes on; `float.hex` loses nothing."""
        return f"{self.score.hex()}~{self.article}"


class Hits:
    """The public entries that answer a question in an edition at a moment."""

    def __init__(self, meaning: Meaning, edition: str, at: datetime, narrowing: Narrowing | None = None) -> None:
        self.meaning, self.edition, self.at = meaning, edition, at
        self.scope = (narrowing or Narrowing()).apply(SearchEntry.objects.public(at).in_edition(edition))
        self.entries = self.scope.matching(meaning.tsquery)

    def count(self, most: int = COUNTED) -> int:
        """How many there are, counted no further than one more than `most`."""
        return self.entries.values("pk")[: most + 1].count()

    def exist(self) -> bool:
        return self.count(1) > 0

    def stand_above(self) -> bool:
        """Whether a title, a name or a standfirst has the words."""
        return self.scope.matching_head(self.meaning.tsquery).exists()

    def newest(self, count: int, horizon: datetime | None, behind: int | None = None) -> list[int]:
        """The numbers of the newest articles among them; `behind` is the article after which a page begins."""
        entries = self.entries.behind(behind, self.at) if behind is not None else self.entries
        return _newest(entries, "article_id", count, horizon)

    def ranked(self, horizon: datetime | None) -> list[Hit]:
        """The best of the candidates first."""
        # What has all words in its head has them; only what must not be there may still stand in the body.
        titled = (self.entries if self.meaning.excludes else self.scope).matching_head(self.meaning.tsquery)
        candidates = _newest(titled, "pk", RANKED, None)
        if len(candidates) < RANKED:
            anywhere = _newest(self.entries, "pk", RANKED, horizon)
            candidates = list(dict.fromkeys([*candidates, *anywhere]))[:RANKED]
        rank = SearchRank(F("vector"), Tsquery(self.meaning.tsquery), weights=_WEIGHTS)
        rows = (
            SearchEntry.objects.filter(pk__in=candidates)
            .annotate(score=rank * _Freshness("published_at"))
            .values_list("article_id", "score", "published_at", "people", "article__section_id")
        )
        hits = [Hit(*row) for row in rows]  # type: ignore[arg-type]  # a constraint: public entries have their date
        return sorted(hits, key=lambda hit: (-hit.score, -hit.article))


def horizon(edition: str, behind: int | None = None) -> datetime | None:
    """Since when the `LATEST` entries have been published, or those behind an article; None where there are not as many.

    To be asked outside `by_index`: the index of dates is walked along.
    """
    dated = SearchEntry.objects.in_edition(edition).filter(published_at__isnull=False)
    if behind is not None:
        moment = dated.filter(article=behind).values_list("published_at", flat=True).first()
        dated = dated.filter(published_at__lte=moment) if moment else dated
    dates = dated.order_by("-published_at").values_list("published_at", flat=True)
    return next(iter(dates[LATEST : LATEST + 1]), None)


def _newest(entries: SearchEntryQuerySet, name: str, count: int, horizon: datetime | None) -> list[int]:
    """First among the latest entries only, where a common word stands often enough; else among all."""
    found = entries.newest_first().values_list(name, flat=True)
    recent = list(found.filter(published_at__gt=horizon)[:count]) if horizon else []
    return recent if len(recent) == count else list(found[:count])


def after(hits: Sequence[Hit], mark: str) -> list[Hit] | None:
    """The hits behind `mark`; None if it is no mark of ours."""
    if not _MARK.fullmatch(mark):
        return None
    score, _sign, article = mark.partition("~")
    try:
        last = (-float.fromhex(score), -int(article))
    except OverflowError:
        return None
    return [hit for hit in hits if (-hit.score, -hit.article) > last]
