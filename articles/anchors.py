"""Words of a text by quote, context and position, and where they stand in its later versions.

Positions are code points of policy text (`articles.text`), the end exclusive; the quote and its context on both sides
are those of the W3C's Web Annotation model (TextQuoteSelector, TextPositionSelector). What is carried from version to
version may be lost, but is never said to stand where it does not: only `State.is_certain` is good for one click.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from articles.movements import Movement, is_once, joins

__all__ = [
    "CONTEXT",
    "LONGEST_QUOTE",
    "Anchor",
    "Movement",
    "NotInText",
    "Place",
    "State",
    "carry",
    "describe",
    "find",
    "places_of",
    "widen",
    "widen_until_unique",
]

LONGEST_QUOTE = 300  # code points
CONTEXT = 64  # code points kept on each side
#: How alike the context has to be for words of their own to be looked at in another place, and the whole for similar ones.
_ALIKE, _SIMILAR = 0.6, 0.8
_NEAR = 32  # characters of context that are compared
_TELLING = 4  # characters of context that are no chance
_LONGEST = 1000  # characters that may have become of a quote
_RARE = 5  # letters of a word that, standing once, is no chance
_MANY = 10  # places that an editor chooses from


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

    Context, and `near` (where the sender believes it to begin), only choose among equal words. A sender may have counted
    otherwise or cut the context short, so the context that agrees much further decides, and of equal contexts the place
    that is much nearer. Raises NotInText.
    """
    places = places_of(quote, text)
    if len(places) > 1:
        agreed = {place: _agreed(text, place, prefix, suffix) for place in places}
        first, second = sorted(agreed.values(), reverse=True)[:2]
        if first == len(prefix) + len(suffix) or first - second >= _TELLING:
            places = [place for place in places if agreed[place] == first]
    if len(places) > 1 and near is not None:
        nearest, next_one, *_rest = sorted(places, key=lambda place: abs(place[0] - near))
        if 2 * abs(nearest[0] - near) < abs(next_one[0] - near):
            places = [nearest]
    if len(places) != 1:
        raise NotInText(tuple(places))
    return describe(text, *places[0])


def places_of(quote: str, text: str) -> list[tuple[int, int]]:
    """All places of the quote, overlapping ones too, in order."""
    places, start = [], text.find(quote) if quote else -1
    while start >= 0:
        places.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return places


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends, and with the whole of each word, and of each letter, that it cuts."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return start, end
    while joins(text, start):
        start -= 1
    while joins(text, end):
        end += 1
    return start, end


def widen_until_unique(text: str, start: int, end: int) -> tuple[int, int]:
    """The range, widened by whole words to either side until its words stand once in the text.

    It does not grow beyond LONGEST_QUOTE: the context tells such words apart.
    """
    start, end = widen(text, start, end)
    whole = start, end
    while start < end and not is_once(text[start:end], text):
        left, _end = widen(text, max(0, start - 2), end)
        _start, right = widen(text, start, min(len(text), end + 2))
        if right - left > LONGEST_QUOTE or (left, right) == (start, end):
            return whole
        start, end = left, right
    return start, end


def carry(anchor: Anchor, place: Place, movement: Movement, suggestion: str = "") -> Place:
    """Where `anchor`, which stands at `place` in the movement's old version, stands in its new one.

    Only words that were where they are said to be, and were kept there, stay certain. Everything else is an editor's to
    confirm: it is looked for as it was in other places, then as what was made of it, then as something like it.
    """
    if place.state == State.WHOLE:
        return place
    if place.start is None or place.end is None:
        return _elsewhere(anchor, movement) or Place(State.GONE)
    kept = movement.of(place.start, place.end)
    if fixed := _fixed(place.start, place.end, movement, suggestion):
        return Place(State.FIXED, *fixed)
    if kept and place.state != State.SEVERAL:
        return Place(State.MAPPED if place.state.is_certain else place.state, *kept)
    here = anchor
    if movement.old[place.start : place.end] == anchor.quote:
        here = describe(movement.old, place.start, place.end)
    found = (
        _elsewhere(here, movement, _SIMILAR)
        or _made_of_it(here, movement)
        or _elsewhere(here, movement)
        or _like_it(here, movement)
        or _perhaps(here, movement)
    )
    return found or Place(State.GONE)


def _agreed(text: str, place: tuple[int, int], prefix: str, suffix: str) -> int:
    """How many characters next to the place agree with the context."""
    start, end = place
    before, after = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
    return _same(prefix[::-1], before[::-1]) + _same(suffix, after)


def _same(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((n for n in range(length) if one[n] != other[n]), length)


def _fixed(start: int, end: int, movement: Movement, suggestion: str) -> tuple[int, int] | None:
    """Where what was suggested stands now, if that is where the words stood and it did not stand there before."""
    if not suggestion or _reading(movement.old, start, end, suggestion):
        return None
    return _reading(movement.new, *movement.around(start, end), suggestion)


def _reading(text: str, start: int, end: int, words: str) -> tuple[int, int] | None:
    """Where `words` stand in the text with [start, end) in them, or as most of it."""
    room = max(0, start - len(words))
    for first, last in places_of(words, text[room : end + len(words)]):
        first, last = first + room, last + room
        is_most = start <= first and last <= end and 2 * len(words) >= end - start
        if (is_most or (first <= start and end <= last)) and not joins(text, first) and not joins(text, last):
            return first, last
    return None


def _elsewhere(anchor: Anchor, movement: Movement, alike: float = 0.0) -> Place | None:
    """The same words where their surroundings, or their length, say that they are meant.

    `alike` is what the surroundings on both sides have to reach together.
    """
    text = movement.new
    probable = movement.probably(anchor.start, anchor.end) if _stands(anchor, movement.old) else None
    around = anchor.prefix + anchor.quote + anchor.suffix
    edges = len(anchor.prefix), len(anchor.prefix) + len(anchor.quote)
    cuts = joins(around, edges[0]), joins(around, edges[1])
    ranked = []
    for place in places_of(anchor.quote, text):
        if joins(text, place[0]) > cuts[0] or joins(text, place[1]) > cuts[1]:
            continue
        sides = _likeness(anchor, text, *place)
        ranked.append((sum(sides) / 2 + 0.2 * (place == probable), max(sides), place))
    ranked.sort(key=lambda each: (-each[0], abs(each[2][0] - anchor.start)))
    meant = [each for each in ranked if each[1] >= _ALIKE]
    if not meant and len(ranked) == 1 and len(anchor.quote) >= 20:
        meant = ranked
    if not meant or meant[0][0] < alike:
        return None
    if len(meant) == 1 or meant[0][0] - meant[1][0] >= 0.2:
        return Place(State.MOVED, *meant[0][2])
    candidates = tuple(place for _score, _best, place in meant[:_MANY])
    return Place(State.SEVERAL, *candidates[0], candidates=candidates)


def _stands(anchor: Anchor, text: str) -> bool:
    return text[anchor.start : anchor.end] == anchor.quote


def _likeness(anchor: Anchor, text: str, start: int, end: int) -> tuple[float, float]:
    """How like the context on either side is, from 0 to 1; by insertions, deletions and substitutions."""
    sides = (
        (anchor.prefix[-_NEAR:], text[max(0, start - _NEAR) : start]),
        (anchor.suffix[:_NEAR], text[end : end + _NEAR]),
    )
    before, after = (Levenshtein.normalized_similarity(one, other) if one else 1.0 for one, other in sides)
    return before, after


def _made_of_it(anchor: Anchor, movement: Movement) -> Place | None:
    """What stands now between that which was kept on both sides of the words, if it was made of them."""
    if not _stands(anchor, movement.old):
        return None
    text, words = movement.new, anchor.quote
    start, end = movement.around(anchor.start, anchor.end)
    if text[start:end] == words:
        return Place(State.MOVED, start, end)
    remains = movement.remains(anchor.start, anchor.end)
    if remains and 2 * remains[2] >= len(words):
        # What came at either edge belongs to it if it is no more than what went there may have become.
        room = 2 * (len(words) - remains[2]) + _TELLING
        if remains[2] < 0.85 * len(words) and (remains[0] - start > room or end - remains[1] > room):
            return None
        first = start if remains[0] - start <= room else remains[0]
        last = end if end - remains[1] <= room else remains[1]
        if whole := _whole(anchor, text, max(0, first - len(words)), last + len(words)):
            return whole
        return Place(State.CHANGED, *widen(text, first, last)) if last - first <= _LONGEST else None
    start, end = widen(text, start, end)
    if len(text[start:end]) <= 2 * len(words) + 20 and Levenshtein.normalized_similarity(words, text[start:end]) >= 0.5:
        return Place(State.CHANGED, start, end)
    return None


def _whole(anchor: Anchor, text: str, first: int, last: int) -> Place | None:
    """The words as they were between two places, where the difference took one end of them for another's."""
    within = [
        (start + first, end + first)
        for start, end in places_of(anchor.quote, text[first:last])
        if not joins(text, start + first) and not joins(text, end + first)
    ]
    return Place(State.MOVED, *within[0]) if len(within) == 1 else None


def _like_it(anchor: Anchor, movement: Movement) -> Place | None:
    """Similar words in similar surroundings, where no other place is nearly as much like it."""
    if len(anchor.quote) < 12:
        return None
    text = movement.new
    found = _best(anchor, text, 0, len(text))
    if found is None or found[0] < _SIMILAR:
        return None
    score, start, end = found
    others = [_best(anchor, text, 0, start), _best(anchor, text, end, len(text))]
    if any(other and other[0] > score - 0.1 for other in others):
        return None
    return Place(State.SUGGESTED, start, end)


def _perhaps(anchor: Anchor, movement: Movement) -> Place | None:
    """The same words amid others: where the difference puts them, or where they stand once in either version."""
    if not _stands(anchor, movement.old):
        return None
    if place := movement.probably(anchor.start, anchor.end):
        return Place(State.MOVED, *place)
    if len(anchor.quote) >= _RARE and is_once(anchor.quote, movement.old) and is_once(anchor.quote, movement.new):
        start = movement.new.index(anchor.quote)
        end = start + len(anchor.quote)
        if not joins(movement.new, start) and not joins(movement.new, end):
            return Place(State.MOVED, start, end)
    return None


def _best(anchor: Anchor, text: str, first: int, last: int) -> tuple[float, int, int] | None:
    """The most similar words between two places, with how like they and their surroundings are: (score, start, end).

    The weights are those of the Hypothesis client: 50 for the words, 20 for the context on each side, 2 for the place.
    """
    found = fuzz.partial_ratio_alignment(anchor.quote, text[first:last], score_cutoff=60)
    if found is None or found.dest_start == found.dest_end:
        return None
    start, end = widen(text, first + found.dest_start, first + found.dest_end)
    words = Levenshtein.normalized_similarity(anchor.quote, text[start:end])
    near = 1 - abs(start - anchor.start) / len(text)
    score = (50 * words + 20 * sum(_likeness(anchor, text, start, end)) + 2 * near) / 92
    return score, start, end
