"""A page of results: what is shown of each article, and never more of it than its policy allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.cards import Card, cards
from articles.excerpts import Piece, Place, around, folded, marked
from articles.models import Article, Revision
from articles.search.places import places
from articles.search.questions import Meaning

LENGTH = 260  # characters of an article that a page of results shows, where the policy allows as many


@dataclass(frozen=True, slots=True)
class Result:
    card: Card
    title: list[Piece]
    extract: list[Piece]


def results(numbers: Sequence[int], meaning: Meaning, edition: str, *, at: datetime, limit: int) -> list[Result]:
    """The articles of these numbers in this order; `limit` is the edition's, an article's own wins."""
    found = Article.objects.public(at).filter(pk__in=numbers).with_texts().in_bulk()
    articles = [found[number] for number in numbers if number in found]
    shown = [(article, revision) for article in articles if (revision := article.current(at))]
    texts = [text for _article, revision in shown for text in _texts(revision)]
    hits = places(texts, meaning.sought, edition)
    return [
        Result(
            card=cards([article], at=at, limit=limit)[0],
            title=marked(texts[3 * number], hits[3 * number]),
            extract=_extract(
                texts[3 * number + 1 : 3 * number + 3], hits[3 * number + 1 : 3 * number + 3], _limit(article, limit)
            ),
        )
        for number, (article, _revision) in enumerate(shown)
    ]


def _texts(revision: Revision) -> tuple[str, str, str]:
    return revision.title, folded(revision.standfirst), revision.text


def _limit(article: Article, limit: int) -> int:
    return min(LENGTH, article.reuse_policy.limit if article.reuse_policy else limit)


def _extract(texts: Sequence[str], hits: Sequence[Sequence[Place]], limit: int) -> list[Piece]:
    """From the standfirst or from the body, whichever says more of what is sought; the standfirst if both do alike."""
    standfirst, body = (len({place.term for place in found}) for found in hits)
    chosen = 1 if body > standfirst or not texts[0] else 0
    return around(texts[chosen], hits[chosen], limit)
