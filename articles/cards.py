"""Articles as lists show them: a title, and within the reuse policy a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.excerpts import extract
from articles.models import Article


@dataclass(frozen=True, slots=True)
class Card:
    """One article in a list: never more of it than its policy's limit."""

    title: str
    url: str
    teaser: str
    section: str
    section_url: str
    translators: list[dict[str, Any]]
    source: str  # the outlet of the original, and the language of the original
    language: str
    published_at: datetime
    is_retracted: bool
    picture: dict[str, Any] | None = None  # `Revision.lead`


def cards(articles: Iterable[Article], *, at: datetime, limit: int) -> list[Card]:
    """Cards of public articles fetched by `with_revisions()`; `limit` is the edition's, an article's own wins."""
    found = []
    for article in articles:
        revision = article.current(at)
        if not revision or not article.published_at:
            continue
        original = revision.original_as_shown or {}
        own_limit = article.reuse_policy.limit if article.reuse_policy else limit
        found.append(
            Card(
                title=revision.title,
                url=article.get_absolute_url(),
                teaser=extract(revision.standfirst, own_limit),
                section=article.section.name if article.section else "",
                section_url=article.section.get_absolute_url() if article.section else "",
                translators=revision.translators,
                source=(original.get("source") or {}).get("name", ""),
                language=original.get("language", ""),
                published_at=article.published_at,
                is_retracted=article.retracted_at is not None,
                picture=revision.lead,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Front:
    """How cards stand on a front page: one leads, some come second, the rest below."""

    lead: Card
    second: list[Card]
    rest: list[Card]


def front(found: list[Card]) -> Front | None:
    """The cards set as a front page; None without any. A retracted article does not lead.

    Beside a lead with a picture there is room for two cards with pictures, or for twice as many without; a lead without
    one stands across the page, over a row of three.
    """
    if not found:
        return None
    lead = next((card for card in found if not card.is_retracted), found[0])
    others = [card for card in found if card is not lead]
    second = 0 if lead.picture else 3
    room = 4 if lead.picture else 0
    while room > 0 and second < len(others):
        room -= 2 if others[second].picture else 1
        second += 1
    return Front(lead, others[:second], others[second:])
