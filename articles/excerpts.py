"""The only place that shortens a text. Whatever shows less than the whole article asks here for its part.

The limit counts code points of policy text (`articles.text`), the mark "…" included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.text import INVISIBLE

MARK = "…"
_WORD_END = re.compile(r"\s+\S*$")


def folded(text: str) -> str:
    """Words with single spaces between them and nothing that nobody sees, as the policy counts."""
    return " ".join("".join(c for c in text if c not in INVISIBLE).split())


def extract(text: str, limit: int) -> str:
    """`text` if it is within `limit` characters, else its beginning, ended at a word and marked with "…".

    The result is never longer than `limit`. White space is folded as the policy counts it.
    """
    text = folded(text)
    if len(text) <= limit:
        return text
    room = text[: max(limit - len(MARK), 0)]
    if text[len(room)] != " ":
        room = _WORD_END.sub("", room) if " " in room else room
    return (room.rstrip(" ,;:–—-") + MARK)[:limit]


def opening(standfirst: str, text: str, limit: int) -> tuple[str, str]:
    """The standfirst and as much of the text's beginning as fits, together at most `limit` characters."""
    standfirst = extract(standfirst, limit)
    room = limit - len(standfirst) - 1  # two paragraphs are a space apart
    enough = 80  # a shorter piece of the text says nothing
    return standfirst, extract(text, room) if room >= enough else ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a reader sought stands at [start, end) of a text; `term` is its number where several things are sought."""

    start: int
    end: int
    term: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an extract; `is_hit` where it is what a reader sought."""

    text: str
    is_hit: bool = False


def marked(text: str, places: Sequence[Place]) -> list[Piece]:
    """The whole of a title, which does not count, in pieces."""
    return list(_pieces(text, places, 0, len(text)))


def around(text: str, places: Sequence[Place], limit: int) -> list[Piece]:
    """The part of `text`, folded already, where most of what is sought stands: at most `limit` characters, "…" included.

    It begins a few words before the first place and ends at a word; without places it is the beginning of the text.
    """
    if len(text) <= limit:
        return marked(text, places)
    room = limit - 2 * len(MARK) - 1
    if not places or room <= 0:
        return [Piece(extract(text, limit))]
    before = room // 4
    first = max(places, key=lambda place: _terms_within(places, place.start, place.start + room - before))
    start = _word_start(text, max(0, first.start - before), first.start)
    end = _word_end(text, start, min(len(text), start + room))
    begun = [Piece(MARK)] if start else []
    if end == len(text):
        return [*begun, *_pieces(text, places, start, end)]
    shown = text[start:end].rstrip(" ,;:–—-")
    broken = Piece(f" {MARK}" if shown.endswith((".", "!", "?")) else MARK)
    return [*begun, *_pieces(text, places, start, start + len(shown)), broken]


def _terms_within(places: Sequence[Place], start: int, end: int) -> int:
    return len({place.term for place in places if start <= place.start and place.end <= end})


def _word_start(text: str, earliest: int, latest: int) -> int:
    """The first place from `earliest` on at which a word begins, at the latest `latest`."""
    if earliest == 0:
        return 0
    space = text.find(" ", earliest - 1, latest)
    return latest if space < 0 else space + 1


def _word_end(text: str, start: int, end: int) -> int:
    """The last place up to `end` at which a word has ended; `end` where one word fills all of it."""
    if end == len(text) or text[end] == " ":
        return end
    space = text.rfind(" ", start, end)
    return end if space <= start else space


def _pieces(text: str, places: Sequence[Place], start: int, end: int) -> Iterator[Piece]:
    at = start
    for place in places:
        if place.start < at or place.end > end:
            continue
        if place.start > at:
            yield Piece(text[at : place.start])
        yield Piece(text[place.start : place.end], is_hit=True)
        at = place.end
    if at < end:
        yield Piece(text[at:end])
