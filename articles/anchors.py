"""Words of a text by quote, context and position, and where they stand in its later versions.

Positions are code points of policy text (`articles.text`), the end exclusive; the quote and its context on both sides
are those of the W3C's Web Annotation model (TextQuoteSelector, TextPositionSelector). What is carried from version to
version may be lost, but is never said to stand where it does not: only `State.is_certain` is good for one click.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_QUOTE = 300  # code points
CONTEXT = 64  # code points kept on each side
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


class State(models.TextChoices):
    """What is known of where the words stand now."""

    CURRENT = "current", _("in the version that the reader saw")
    MAPPED = "mapped", _("unchanged since")
    MOVED = "moved", _("the same words in another place")
    SEVERAL = "several", _("the same words in several places")
    SUGGESTED = "suggested", _("similar words")
    CHANGED = "changed", _("edited since")
    FIXED = "fixed", _("already as suggested")
    GONE = "gone", _("no longer in the text")
    WHOLE = "whole", _("the article as a whole")

    @property
    def is_certain(self) -> bool:
        return self in (State.CURRENT, State.MAPPED)


class NotInText(Exception):
    """The quote does not stand in the text, or (`places`) stands there more than once and nothing tells which is meant."""

    def __init__(self, places: tuple[tuple[int, int], ...] = ()) -> None:
        super().__init__()
        self.places = places


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words in one version: `text[start:end] == quote`, with up to CONTEXT code points on each side."""

    quote: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchor stands in another version; `candidates` where an editor has to choose, the likeliest first."""

    state: State
    start: int | None = None
    end: int | None = None
    candidates: tuple[tuple[int, int], ...] = ()


def describe(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`. Raises ValueError for an empty or an enormous range."""
    if not 0 <= start < end <= len(text) or end - start > LONGEST_QUOTE:
        raise ValueError(f"No quote stands between {start} and {end} of {len(text)}.")
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


def find(text: str, quote: str, prefix: str = "", suffix: str = "", near: int | None = None) -> Anchor:
    """The anchor of a quote that somebody sent, in the very version that they saw: exactly there or not at all.

    Context, and `near` (where the sender believes it to begin), only choose among equal words. Raises NotInText.
    """
    places = [(match.start(), match.end()) for match in re.finditer(f"(?={re.escape(quote)})", text)] if quote else []
    places = [(start, start + len(quote)) for start, _end in places]
    if len(places) > 1:
        here = [
            (start, end)
            for start, end in places
            if (text[:start].endswith(prefix) and text[end:].startswith(suffix) and (prefix or suffix))
        ]
        places = here or places
    if len(places) > 1:
        places = [(start, end) for start, end in places if start == near] or places
    if len(places) != 1:
        raise NotInText(tuple(places))
    return describe(text, *places[0])


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends, and with the whole of each word that it cuts."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and _is_word(text[start]) and _is_word(text[start - 1]):
        start -= 1
    while start < end < len(text) and _is_word(text[end - 1]) and _is_word(text[end]):
        end += 1
    return start, end


class Movement:
    """What became of each place of one version in the next. Made once for all that is carried over one change."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        before, after = _with_places(old), _with_places(new)
        matcher = SequenceMatcher(None, [w for w, _s in before], [w for w, _s in after], autojunk=False)
        self.kept = [
            (before[i][1], after[j][1], sum(len(w) for w, _s in before[i : i + n]))
            for i, j, n in matcher.get_matching_blocks()
            if n
        ]

    def of(self, start: int, end: int) -> tuple[int, int] | None:
        """Where [start, end) stands in the new version, if every character of it was kept in one piece; else None."""
        for old, new, length in self.kept:
            if old <= start and end <= old + length:
                return start - old + new, end - old + new
        return None


def carry(anchor: Anchor, place: Place, movement: Movement, suggestion: str = "") -> Place:
    """Where `anchor`, which stands at `place` in the movement's old version, stands in its new one."""
    if place.state == State.WHOLE:
        return place
    is_certain = place.state.is_certain and place.start is not None and place.end is not None
    if is_certain and (kept := movement.of(place.start, place.end)):  # type: ignore[arg-type]
        return Place(State.MAPPED, *kept)
    try:
        found = find(movement.new, anchor.quote, anchor.prefix, anchor.suffix)
    except NotInText as error:
        if error.places:
            return Place(State.SEVERAL, *error.places[0], candidates=error.places)
        is_fixed = suggestion and suggestion in movement.new and suggestion not in movement.old
        return Place(State.FIXED if is_fixed else State.GONE)
    return Place(State.MOVED, found.start, found.end)


def _is_word(character: str) -> bool:
    return character.isalnum() or character in "'’ʼ-"


def _with_places(text: str) -> list[tuple[str, int]]:
    return [(match[0], match.start()) for match in _TOKENS.finditer(text)]
