"""What answers a question: the articles found, ranked, counted, narrowed.

A word that stands in every second article is the trap of ranking: to rank is to read the long vector of each hit. So the
hits are first cut down by the indexes alone: the newest that have the words in title, names or standfirst, and
the newest that have them anywhere. Only those are ranked. Newest first needs no rank, and goes through all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchRank
from django.db import connection, transaction
from django.db.models import F, FloatField, Func

from articles.models import SearchEntry
from articles.models.search import SearchEntryQuerySet, Tsquery
from articles.search.questions import Meaning

RANKED = 200  # of each kind
COUNTED = 10_000  # more are "more than"
_WEIGHTS = [0.05, 0.3, 0.5, 1.0]  # body, standfirst, names, title
#: Something this much older counts a third as much: recency decides between equals. The factor does not change with the
#: day of the search, so that pages fit together.
_AGE = 40 * 365.25 * 86_400


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
        self.meaning = meaning
        self.scope = (narrowing or Narrowing()).apply(SearchEntry.objects.public(at).in_edition(edition))
        self.entries = self.scope.matching(meaning.tsquery)

    def count(self, most: int = COUNTED) -> int:
        """How many there are, counted no further than one more than `most`."""
        return self.entries.values("pk")[: most + 1].count()

    def exist(self) -> bool:
        return self.entries.exists()

    def newest(self, behind: int | None = None) -> SearchEntryQuerySet:
        """All of them, the newest first; `behind` is the number of the article after which a page begins."""
        found = self.entries.newest_first()
        return found.behind(behind) if behind is not None else found

    def ranked(self) -> list[Hit]:
        """The best of the candidates first."""
        newest = self.entries.newest_first().values("pk")[:RANKED]
        # What has all words in its head has them; only what must not be there may still stand in the body.
        titled = (self.entries if self.meaning.excludes else self.scope).matching_head(self.meaning.tsquery)
        candidates = newest.union(titled.newest_first().values("pk")[:RANKED])
        rank = SearchRank(F("vector"), Tsquery(self.meaning.tsquery), weights=_WEIGHTS)
        rows = (
            SearchEntry.objects.filter(pk__in=candidates)
            .annotate(score=rank * _Freshness("published_at"))
            .values_list("article_id", "score", "published_at", "people", "article__section_id")
        )
        hits = [Hit(*row) for row in rows]  # type: ignore[arg-type]  # a constraint: public entries have their date
        return sorted(hits, key=lambda hit: (-hit.score, -hit.article))


#: A vector lies outside its row, and the planner does not reckon what it costs to look into one: for a common word it would
#: look into all. What it may not do here leaves it the bitmaps of the indexes, which never do.
_PLANS = "; ".join(
    f"SET LOCAL {setting} = off"
    for setting in ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan", "enable_gathermerge", "jit")
)


@contextmanager
def by_index() -> Iterator[None]:
    """Have words be found by their indexes, whatever the planner thinks of it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLANS)
        yield


def after(hits: Sequence[Hit], mark: str) -> list[Hit] | None:
    """The hits behind `mark`; None if it is no mark of ours."""
    score, _sign, article = mark.partition("~")
    try:
        last = (-float.fromhex(score), -int(article))
    except (ValueError, OverflowError):
        return None
    return [hit for hit in hits if (-hit.score, -hit.article) > last]
