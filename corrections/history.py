"""What became of an article since it was published, version by version, for readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.text import capfirst

from articles.differences import Comparison, between
from articles.models import Article, Revision
from corrections.models import Correction, Redaction

PER_PAGE = 50  # changes; each is compared anew


@dataclass(frozen=True, slots=True)
class Change:
    """One version after the first: what readers were told of it, and what differs from the one before."""

    revision: Revision
    label: str
    comparison: Comparison
    correction: Correction | None

    @property
    def at(self) -> datetime:
        return self.revision.goes_live_at

    @property
    def is_typo(self) -> bool:
        return self.revision.kind_of_change == Revision.KindOfChange.TYPO


@dataclass(frozen=True, slots=True)
class History:
    """The versions that readers have seen and the removals from them, the newest first."""

    first: Revision
    current: Revision
    events: Sequence[Change | Redaction]
    changes: int  # in all
    older: int | None  # the version before which the next page goes on

    def since(self, revision: Revision) -> Comparison:
        """What differs in the current version from an earlier one."""
        return between(revision, self.current)


def history_of(article: Article, revisions: Sequence[Revision], before: Revision | None = None) -> History:
    """The history of an article with these public versions, the oldest first; by two queries.

    Of a long one a page at a time: the newest changes and the removals, then what came `before` a version.
    """
    earlier = [revision for revision in revisions if before is None or revision.number < before.number]
    shown = earlier[-PER_PAGE - 1 :]
    corrections = {row.revision_id: row for row in Correction.objects.filter(article=article, revision__in=shown)}
    events: list[Change | Redaction] = [
        Change(
            revision=revision,
            label=capfirst(revision.get_kind_of_change_display()),
            comparison=between(previous, revision),
            correction=corrections.get(revision.pk),
        )
        for previous, revision in pairwise(shown)
    ]
    if before is None:
        events += Redaction.objects.filter(article=article)
    events.sort(key=_moment, reverse=True)
    older = shown[1].number if len(earlier) > len(shown) else None
    return History(revisions[0], revisions[-1], events, len(revisions) - 1, older)


def _moment(event: Change | Redaction) -> tuple[datetime, int]:
    """When it became public; of changes at one moment the later version is the newer."""
    return (event.at, event.revision.number) if isinstance(event, Change) else (event.made_at, 0)
