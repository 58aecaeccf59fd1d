"""How others find words again in a changed text, written anew from what they say of it."""

from __future__ import annotations

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from articles.anchors import Anchor

Range = tuple[int, int]
_CONTEXT = 32


def hypothesis(anchor: Anchor, text: str) -> Range | None:
    """The Hypothesis client: exact places, else the most similar with at most half the letters wrong; never “gone” if any.

    The best by (50 · quote + 20 · prefix + 20 · suffix + 2 · position) / 92 is taken, however low it is.
    """
    places = [(start, start + len(anchor.quote)) for start in _exact(anchor.quote, text)]
    places = places or _similar(anchor.quote, text, min(256, len(anchor.quote) // 2))
    return max(places, key=lambda place: _score(anchor, text, place), default=None)


def rapidfuzz(anchor: Anchor, text: str) -> Range | None:
    """`partial_ratio` alone, from 80 on: the quote without its context."""
    found = fuzz.partial_ratio_alignment(anchor.quote, text, score_cutoff=80)
    return (found.dest_start, found.dest_end) if found else None


def _score(anchor: Anchor, text: str, place: Range) -> float:
    start, end = place
    quote = 1 - Levenshtein.distance(anchor.quote, text[start:end]) / len(anchor.quote)
    prefix = _context(anchor.prefix[-_CONTEXT:], text[max(0, start - _CONTEXT) : start])
    suffix = _context(anchor.suffix[:_CONTEXT], text[end : end + _CONTEXT])
    position = 1 - abs(start - anchor.start) / len(text)
    return (50 * quote + 20 * prefix + 20 * suffix + 2 * position) / 92


def _context(wanted: str, found: str) -> float:
    if not wanted:
        return 1.0
    return 1 - min(len(wanted), Levenshtein.distance(wanted, found)) / len(wanted) if found else 0.0


def _exact(quote: str, text: str) -> list[int]:
    found, start = [], text.find(quote)
    while start >= 0:
        found.append(start)
        start = text.find(quote, start + 1)
    return found


def _similar(quote: str, text: str, most: int) -> list[Range]:
    """The places with the fewest letters wrong, by Myers' algorithm: a column of the distance table is two numbers."""
    ends = _ends(quote, text, most)
    found = []
    for end, errors in ends:
        first = max(0, end - len(quote) - errors)
        starts = _ends(quote[::-1], text[first:end][::-1], errors)
        found += [(end - length, end) for length, _errors in starts[:1]]
    return found


def _ends(quote: str, text: str, most: int) -> list[tuple[int, int]]:
    """Where the best matches end, with the number of their errors."""
    full, last = (1 << len(quote)) - 1, 1 << (len(quote) - 1)
    masks: dict[str, int] = {}
    for number, letter in enumerate(quote):
        masks[letter] = masks.get(letter, 0) | 1 << number
    plus, minus, errors = full, 0, len(quote)
    best = most
    found: list[tuple[int, int]] = []
    for number, letter in enumerate(text):
        mask = masks.get(letter, 0)
        vertical = mask | minus
        across = (((mask & plus) + plus) ^ plus) | mask
        more, less = minus | ~(across | plus) & full, plus & across
        errors += bool(more & last) - bool(less & last)
        more, less = more << 1 & full, less << 1 & full
        plus, minus = less | ~(vertical | more) & full, more & vertical
        if errors < best:
            best, found = errors, []
        if errors == best:
            found.append((number + 1, errors))
    return found
