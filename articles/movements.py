"""What became of each place of a text in its next version.

A difference is computed in words: common ends first, then runs of words that stand once in either text (so that a
paragraph is never matched with its look-alike), and only between those the longest common subsequence. Such a matching
still pairs short words by chance. `Movement.of` therefore believes only what has its surroundings with it.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

#: Scripts that are written without spaces between words: each letter is a token.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DENSE = re.compile(f"[{_SPACELESS}]")
_TOKENS = re.compile(rf" ?(?:[{_SPACELESS}]|[^\W{_SPACELESS}]+|[^\w\s])|\s")
#: How many tokens in a row must stand once in either text to be matched, the surest first.
_ROWS = (8, 4, 2, 1)
#: What stands within words, between letters: apostrophes and hyphens as people write them.
_WITHIN = "'’ʼ‘`-\u2010\u2011"
_LETTER = re.compile(rf"[^\W{_SPACELESS}]|[\u0300-\u036f]")
#: What belongs to the character before it: accents, vowel signs, joiners, variants, the skin of an emoji.
_CONTINUES = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
_LARGEST = 16_000_000  # pairs of tokens that the common subsequence is asked of; a table of 2 MB
_NEAR = 64  # characters of context that tell a place from its like
_CHANCE = 8  # characters of it that are
_OPENING = "([{«“„‚‘¿¡"
_SUPPORT = 24  # characters kept in one piece that are no chance


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that were kept in one piece: `old[start:start + length] == new[to:to + length]`."""

    start: int
    to: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def to_end(self) -> int:
        return self.to + self.length


class Movement:
    """What became of each place of one version in the next. Made once for all that is carried over one change."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.kept = _runs(old, new)
        self._starts = [run.start for run in self.kept]

    def of(self, start: int, end: int) -> tuple[int, int] | None:
        """Where [start, end) stands in the new version, if all of it was kept in one piece and that is certain.

        It is where no other matching of the two texts could say something else: enough was kept with it, and the text
        from there to either edge of what was kept stands once in both versions; or to one edge, if on the other side
        the same words are not also among those that came or went there.
        """
        place = self.probably(start, end)
        if place is None or self.old == self.new:
            return place
        run = self.kept[self._at(start)]
        if not _is_supported(self.old[start:end], self.old[run.start : run.end]) or self._is_of_others(start, end, run):
            return None
        # A letter or two at the edge may be kept by chance, and must not be what makes the rest stand once.
        first = min(start, run.start + _CHANCE) if run.start else 0
        last = max(end, run.end - _CHANCE) if run.end < len(self.old) else run.end
        is_left = self._is_once(max(first, start - _NEAR), end) or self._is_once(first, end)
        is_right = self._is_once(start, min(last, end + _NEAR)) or self._is_once(start, last)
        if is_left and is_right:
            return place
        if is_left:
            is_clear = _weight(self.old[start : run.end]) < _SUPPORT and not self._is_after(run, self.old[start:end])
        else:
            is_clear = _weight(self.old[run.start : end]) < _SUPPORT and not self._is_before(run, self.old[start:end])
        return place if (is_left or is_right) and is_clear else None

    def probably(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the difference has [start, end), all of it in one piece; it may be wrong where words repeat."""
        number = self._at(start)
        if number < 0 or start >= end or self.kept[number].end < end:
            return None
        run = self.kept[number]
        place = start - run.start + run.to, end - run.start + run.to
        return place if all(map(self._is_same_edge, (start, end), place)) else None

    def around(self, start: int, end: int) -> tuple[int, int]:
        """What stands in the new version between what was kept before [start, end) and what was kept after it."""
        before = bisect_right(self._firm_starts, start) - 1
        if before < 0:
            first = 0
        elif self._firm[before].end > start:
            first = start - self._firm[before].start + self._firm[before].to
        else:
            first = self._firm[before].to_end
        after = bisect_left(self._firm_starts, end) - 1
        if after >= 0 and self._firm[after].end >= end:
            last = end - self._firm[after].start + self._firm[after].to
        else:
            last = self._firm[after + 1].to if after + 1 < len(self._firm) else len(self.new)
        return first, max(first, last)

    def remains(self, start: int, end: int) -> tuple[int, int, int] | None:
        """The range in the new version from the first to the last that was kept of [start, end), and how much was kept."""
        number = max(0, bisect_right(self._firm_starts, start) - 1)
        kept = []
        for run in self._firm[number:]:
            if run.start >= end:
                break
            first, last = max(start, run.start), min(end, run.end)
            if first < last:
                kept.append((first - run.start + run.to, last - run.start + run.to))
        if not kept:
            return None
        return kept[0][0], kept[-1][1], sum(last - first for first, last in kept)

    @cached_property
    def _firm(self) -> list[Run]:
        """What was kept without short words that were matched by chance amid all that was rewritten."""
        return _firm(self.kept, len(self.old), len(self.new))

    @cached_property
    def _firm_starts(self) -> list[int]:
        return [run.start for run in self._firm]

    def _at(self, start: int) -> int:
        """The number of the run that holds the character `start` or comes before it; -1 for none."""
        return bisect_right(self._starts, start) - 1

    def _is_once(self, start: int, end: int) -> bool:
        words = self.old[start:end]
        return is_once(words, self.old) and is_once(words, self.new)

    def _is_after(self, run: Run, words: str) -> bool:
        """Whether the same words also came or went between this run and what was kept for sure after it."""
        number = bisect_left(self._firm_starts, run.end)
        last = self._firm[number] if number < len(self._firm) else Run(len(self.old), len(self.new), 0)
        return words in self.old[run.end : last.start] or words in self.new[run.to_end : last.to]

    def _is_before(self, run: Run, words: str) -> bool:
        number = bisect_left(self._firm_starts, run.start) - 1
        first = self._firm[number] if number >= 0 else Run(0, 0, 0)
        return words in self.old[first.end : run.start] or words in self.new[first.to_end : run.to]

    def _is_of_others(self, start: int, end: int, run: Run) -> bool:
        """Whether it begins with a sign that ended what went, or ends with one that began it."""
        is_first = start == run.start > 0 and not self.old[start].isalnum() and self.old[start] not in _OPENING
        return is_first or (end == run.end < len(self.old) and self.old[end - 1] in _OPENING)

    def _is_same_edge(self, place: int, to: int) -> bool:
        """Whether a word that ended here still does, and one that went on goes on alike: “cat” is not in “cats”."""
        if not _is_cut(self.old, place):
            return not _is_cut(self.new, to)
        return _is_cut(self.new, to) and self.old[place - 1 : place + 1] == self.new[to - 1 : to + 1]


def _is_supported(words: str, kept: str) -> bool:
    """Whether enough was kept with the words, or they say enough by themselves."""
    if len(kept) >= 3 * _SUPPORT:
        return True
    return _weight(kept) >= min(2 * _SUPPORT, max(_SUPPORT, _weight(words) + _SUPPORT // 2))


def _weight(words: str) -> int:
    """How many letters would say as much; scripts without spaces say in one what takes others three."""
    return len(words) + 2 * len(_DENSE.findall(words))


def joins(text: str, place: int) -> bool:
    """Whether the characters on both sides of `place` belong to one word or to one letter."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if after in _WITHIN:
        return _is_letter(before) and _is_letter(text[place + 1 : place + 2])
    if before in _WITHIN:
        return _is_letter(after) and _is_letter(text[place - 2 : place - 1])
    return _is_cut(text, place)


def _is_cut(text: str, place: int) -> bool:
    """Whether letters stand on both sides, or parts of one letter."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if _CONTINUES.match(after) or before == "\u200d":
        return True
    return _is_letter(before) and _is_letter(after)


def _is_letter(character: str) -> bool:
    return bool(_LETTER.match(character))


def is_once(words: str, text: str) -> bool:
    found = text.find(words)
    return found >= 0 and text.find(words, found + 1) < 0


# --- The difference ---


def _runs(old: str, new: str) -> list[Run]:
    """What was kept, in order of both texts; runs are as long as can be."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    # Policy text is made of tokens whole, so their lengths say where they stand.
    old_places, new_places = _places(before), _places(after)
    numbers: dict[str, int] = {}
    first = [numbers.setdefault(token, len(numbers)) for token in before]
    second = [numbers.setdefault(token, len(numbers)) for token in after]
    found: list[Run] = []
    for i, j, count in _matched(first, second):
        _append(found, Run(old_places[i], new_places[j], old_places[i + count] - old_places[i]))
    return list(_grown(found, old, new))


def _places(tokens: Sequence[str]) -> list[int]:
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places


def _append(runs: list[Run], run: Run) -> None:
    if runs and runs[-1].end == run.start and runs[-1].to_end == run.to:
        last = runs.pop()
        run = Run(last.start, last.to, last.length + run.length)
    runs.append(run)


def _grown(runs: list[Run], old: str, new: str) -> Iterator[Run]:
    """The runs with the letters at their edges that were kept of a changed word."""
    grown: list[Run] = []
    bounds = [Run(0, 0, 0), *runs, Run(len(old), len(new), 0)]
    for left, right in itertools.pairwise(bounds):
        room = min(right.start - left.end, right.to - left.to_end)
        head = 0
        while head < room and old[left.end + head] == new[left.to_end + head]:
            head += 1
        tail = 0
        while tail < room - head and old[right.start - tail - 1] == new[right.to - tail - 1]:
            tail += 1
        for run in (
            Run(left.end, left.to_end, head),
            Run(right.start - tail, right.to - tail, tail + right.length),
        ):
            if run.length:
                _append(grown, run)
    yield from grown


def _matched(old: list[int], new: list[int]) -> Iterator[tuple[int, int, int]]:
    """Blocks (place in old, place in new, length) of equal tokens, in order."""
    yield from _between(old, new, 0, len(old), 0, len(new), 0)


def _between(
    old: list[int], new: list[int], i1: int, i2: int, j1: int, j2: int, level: int
) -> Iterator[tuple[int, int, int]]:
    head = 0
    while i1 + head < i2 and j1 + head < j2 and old[i1 + head] == new[j1 + head]:
        head += 1
    tail = 0
    while i1 + head < i2 - tail and j1 + head < j2 - tail and old[i2 - tail - 1] == new[j2 - tail - 1]:
        tail += 1
    if head:
        yield i1, j1, head
    i1, j1, i2, j2 = i1 + head, j1 + head, i2 - tail, j2 - tail
    if i1 < i2 and j1 < j2:
        if level < len(_ROWS):
            yield from _by_rows(old, new, i1, i2, j1, j2, level)
        elif (i2 - i1) * (j2 - j1) <= _LARGEST:
            for block in LCSseq.opcodes(old[i1:i2], new[j1:j2]):
                if block.tag == "equal":
                    yield i1 + block.src_start, j1 + block.dest_start, block.src_end - block.src_start
    if tail:
        yield i2, j2, tail


def _by_rows(
    old: list[int], new: list[int], i1: int, i2: int, j1: int, j2: int, level: int
) -> Iterator[tuple[int, int, int]]:
    """Matches by rows of tokens that stand once in either text, and what is between these by shorter rows."""
    row = _ROWS[level]
    ours, theirs = _once(old, i1, i2, row), _once(new, j1, j2, row)
    pairs = [(i, theirs[key]) for key, i in ours.items() if key in theirs]
    i, j = i1, j1
    for a, b in _rising(sorted(pairs)):
        if a < i or b < j:  # it overlaps the one before
            shared = max(i - a, j - b)
            if shared >= row or a - i != b - j:
                continue
            a, b, count = a + shared, b + shared, row - shared
        else:
            count = row
        yield from _between(old, new, i, a, j, b, level + 1)
        yield a, b, count
        i, j = a + count, b + count
    yield from _between(old, new, i, i2, j, j2, level + 1)


def _once(tokens: list[int], first: int, last: int, row: int) -> dict[tuple[int, ...], int]:
    """Where each row of tokens stands that stands once in [first, last)."""
    places: dict[tuple[int, ...], int] = {}
    for place in range(first, last - row + 1):
        key = tuple(tokens[place : place + row])
        places[key] = -1 if key in places else place
    return {key: place for key, place in places.items() if place >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, sorted by the first of each, in which the second rises, too."""
    ends: list[int] = []  # the smallest second with which a part of each length can end
    last: list[int] = []  # the number of its pair
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [j], [number]
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _firm(runs: list[Run], old_length: int, new_length: int) -> list[Run]:
    """Without runs that are shorter than what was changed on both sides of them."""
    kept = list(runs)
    number = 0
    while number < len(kept):
        run = kept[number]
        left = kept[number - 1] if number else Run(0, 0, 0)
        right = kept[number + 1] if number + 1 < len(kept) else Run(old_length, new_length, 0)
        before = max(run.start - left.end, run.to - left.to_end)
        after = max(right.start - run.end, right.to - run.to_end)
        if run.length < _SUPPORT and before >= run.length and after >= run.length:
            del kept[number]
            number = max(0, number - 1)
        else:
            number += 1
    return kept
