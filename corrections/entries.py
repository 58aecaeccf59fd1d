"""Corrections as the public log shows them: in a list, on a page of their own, in feeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst

from articles.differences import Piece, compare_texts
from articles.excerpts import changes
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
    pieces: Sequence[Piece]
    thanked: Sequence[str]
    withdrawn_at: datetime | None


def entries(corrections: Iterable[Correction], edition: Edition, at: datetime) -> list[Entry]:
    """Entries of corrections fetched by `with_articles()`.

    The notice is the outlet's own word; the sentences are the article's, and all that is shown of one article together
    stays within its limit.
    """
    room: dict[int, int] = {}
    return [_entry(correction, edition, at, room) for correction in corrections]


def _entry(correction: Correction, edition: Edition, at: datetime, room: dict[int, int]) -> Entry:
    article, revision = correction.article, correction.revision
    policy = article.reuse_policy
    left = room.setdefault(article.pk, policy.limit if policy else edition.policy["limit"])
    is_told = correction.before or correction.after
    pieces = changes(compare_texts(correction.before, correction.after), left) if is_told else []
    room[article.pk] = left - sum(len(piece.text) for piece in pieces) - 1  # two extracts are a space apart
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
        pieces=pieces,
        thanked=correction.thanked,
        withdrawn_at=correction.withdrawn_at,
    )
