"""Corrections that the same text in another edition may need, too, as its editors see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.differences import Piece, compare_texts
from articles.models import Article
from corrections.models import FollowUp

SHOWN = 12  # on the editors' first page


@dataclass(frozen=True, slots=True)
class Row:
    """One of them, with the difference in the sentence that was changed; `pieces` is empty where it was more than one."""

    follow_up: FollowUp
    pieces: list[Piece]


def follow_ups(user: Any, at: datetime, article: Article | None = None) -> list[Row]:
    """What waits for `user`, the oldest first: about `article`, or about any article that they may edit."""
    found = FollowUp.objects.waiting(at).for_editor(user)
    if article:
        found = found.filter(article=article)
    found = found.select_related("article__edition", "correction__article__edition", "correction__revision")
    long = [f"{path}__{name}" for path in ("article", "correction__article") for name in ("body", "standfirst")]
    found = found.defer(*long, "correction__revision__body", "correction__revision__text")
    return [Row(each, _pieces(each)) for each in found.order_by("pk")[: None if article else SHOWN]]


def _pieces(follow_up: FollowUp) -> list[Piece]:
    correction = follow_up.correction
    return compare_texts(correction.before, correction.after) if correction.before or correction.after else []
