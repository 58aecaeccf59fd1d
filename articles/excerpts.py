"""The only place that shortens a text. Whatever shows less than the whole article asks here for its part.

The limit counts code points of policy text (`articles.text`), the mark "…" included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

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


class Compared(Protocol):
    """A run of words of a comparison; see `articles.differences.Piece`, a dataclass."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


Run = TypeVar("Run", bound=Compared)


def changes(pieces: Sequence[Run], limit: int) -> list[Run]:
    """A comparison within `limit` characters: what came and what went whole, with as much around it as there is room for.

    Nothing where what changed is too long by itself.
    """
    if sum(len(piece.text) for piece in pieces) <= limit:
        return list(pieces)
    around = [number for number, piece in enumerate(pieces) if piece.kind == "same"]
    room = limit - sum(len(piece.text) for piece in pieces if piece.kind != "same")
    least = len(MARK) + 2  # with a space on both sides
    if room < least * len(around):
        return []
    shown = list(pieces)
    by_length = sorted(around, key=lambda number: len(pieces[number].text))
    for done, number in enumerate(by_length):  # what the short ones leave is for the long ones
        share = room // (len(by_length) - done)
        text = _context(pieces[number].text, share, begins=number > 0, ends=number < len(pieces) - 1)
        shown[number] = replace(shown[number], text=text)  # type: ignore[type-var]
        room -= len(text)
    return shown


def _context(text: str, room: int, *, begins: bool, ends: bool) -> str:
    """What stays of words between changes: their beginning if a change stands before them, their end if one follows."""
    if len(text) <= room:
        return text
    room -= len(MARK) + 2
    for_end = room // 2 if begins and ends else room if ends else 0
    first, last = room - for_end if begins else 0, len(text) - for_end
    while first > 0 and text[first] != " ":  # never within a word
        first -= 1
    while last < len(text) and text[last - 1] != " ":
        last += 1
    beginning, end = text[:first].rstrip(), text[last:].lstrip()
    return (f"{beginning} " if beginning or begins else "") + MARK + (f" {end}" if end or ends else "")
