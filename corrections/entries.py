"""Corrections as the public log shows them: in a list, on a page of their own, in feeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst

from articles.differences import Piece, compare_texts
from articles.excerpts import changes, folded
from articles.models import Article
from corrections.models import Correction
from newsroom.models import Edition


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction: what readers were told, and within the reuse policy the sentence that was changed."""

    number: int
    url: str
    kind: str
    label: str
    at: datetime
    title: str
    article: Article
    notice: str
    limit: int  # characters of the article that may be shown of it
    pieces: Sequence[Piece]
    thanked: Sequence[str]
    withdrawn_at: datetime | None


def entries(corrections: Iterable[Correction], edition: Edition, at: datetime) -> list[Entry]:
    """Entries of corrections fetched by `with_articles()`.

    A notice is told whole, but may quote the article: all notices on a page of one article are taken from its limit, and
    its sentences are shown in what they leave.
    """
    corrections, room = list(corrections), dict[int, int]()
    for correction in corrections:
        left = room.setdefault(correction.article_id, _limit(correction, edition))
        room[correction.article_id] = (
            left - len(folded(correction.revision.notice)) - 1
        )  # two extracts are a space apart
    return [_entry(correction, edition, at, room) for correction in corrections]


def _entry(correction: Correction, edition: Edition, at: datetime, room: dict[int, int]) -> Entry:
    article, revision = correction.article, correction.revision
    is_told = correction.before or correction.after
    pieces = changes(compare_texts(correction.before, correction.after), room[article.pk]) if is_told else []
    room[article.pk] -= sum(len(piece.text) for piece in pieces) + 1
    shown = article.current(at) or revision
    return Entry(
        number=correction.pk,
        url=correction.get_absolute_url(),
        kind=revision.kind_of_change,
        label=capfirst(revision.get_kind_of_change_display()),
        at=revision.goes_live_at,
        title=shown.title,
        article=article,
        notice=revision.notice,
        limit=_limit(correction, edition),
        pieces=pieces,
        thanked=correction.thanked,
        withdrawn_at=correction.withdrawn_at,
    )


def _limit(correction: Correction, edition: Edition) -> int:
    policy = correction.article.reuse_policy
    limit: int = policy.limit if policy else edition.policy["limit"]
    return limit
