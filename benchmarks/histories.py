"""Places in versions of real texts, and where they stand in the next version: the truth that anchors are measured by.

The texts are the revision histories of `CORPORA_DIR/revisions`. The truth is a difference in words by Python's difflib,
of which the code that is measured knows nothing, with what such a difference does not know: text that moved. A place in
the new version is right, too, if the words stand there exactly and each is the other's best match by what is around it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from random import Random

Range = tuple[int, int]
SIZES = {"word": (1, 1), "phrase": (3, 8), "sentence": (12, 30)}
EACH = 6  # places of each size in each version
_TOKEN = re.compile(r"\w+|[^\w\s]")
_REACH = 400  # characters of context that are compared
_SUPPORT = 12  # of them, so many make a match of words that moved


@dataclass(frozen=True, slots=True)
class Case:
    """Words of one version and what became of them: "untouched", "edited" (half of it kept or more), "mostly gone", "gone".

    `right` are the places where they stand word for word, `remains` the ranges that may be called what was made of them.
    """

    size: str
    start: int
    end: int
    kind: str
    right: tuple[Range, ...]
    remains: tuple[Range, ...] = ()
    is_alone: bool = False  # nothing next to it was kept with it: one letter may match another by chance

    def is_right(self, place: Range) -> bool:
        return place in self.right or any(_overlap(place, each) >= 0.5 for each in self.remains)


@dataclass(frozen=True, slots=True)
class Change:
    """Two versions that follow each other, with places of the first."""

    title: str
    old: str
    new: str
    cases: list[Case] = field(repr=False)

    @property
    def is_kept_back(self) -> bool:
        """Half of the titles are looked at by nobody who tunes anything."""
        return bool(hashlib.sha256(self.title.encode()).digest()[0] % 2)


def tokens_of(text: str) -> list[Range]:
    """Where the words and signs stand."""
    return [(match.start(), match.end()) for match in _TOKEN.finditer(text)]


def file() -> Path | None:
    path = Path(os.environ.get("CORPORA_DIR") or "/nowhere", "revisions", "revisions.jsonl.gz")
    return path if path.exists() else None


def changes() -> Iterator[Change]:
    path = file()
    if path is None:
        return
    with gzip.open(path, "rt") as lines:
        for line in lines:
            history = json.loads(line)
            versions = [" ".join(version.split()) for version in history["revisions"]]
            for number, (old, new) in enumerate(pairwise(versions)):
                if old and new and old != new:
                    random = Random(f"{history['title']} {number}")
                    yield Change(history["title"], old, new, list(_cases(old, new, random)))


def _cases(old: str, new: str, random: Random) -> Iterator[Case]:
    before, after = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    matcher = SequenceMatcher(None, [each[0] for each in before], [each[0] for each in after], autojunk=False)
    matched = {i + n: j + n for i, j, count in matcher.get_matching_blocks() for n in range(count)}
    for size, (least, most) in SIZES.items():
        for _each in range(EACH):
            count = random.randint(least, most)
            if len(before) < count:
                continue
            first = random.randrange(len(before) - count + 1)
            if size == "word" and not before[first][0].isalnum():
                continue
            start, end = before[first].start(), before[first + count - 1].end()
            if end - start > 300:
                continue
            kept = [(i, matched[i]) for i in range(first, first + count) if i in matched]
            right = moved(old, new, start, end)
            if len(kept) == count and kept[-1][1] - kept[0][1] == count - 1:
                place = after[kept[0][1]].start(), after[kept[-1][1]].end()
                is_alone = size == "word" and _agree(old, start, new, place[0], end - start) < _SUPPORT
                yield Case(size, start, end, "untouched", (place, *right), is_alone=is_alone)
                continue
            kind = "edited" if 2 * len(kept) >= count else "mostly gone" if kept else "gone"
            remains = {(after[part[0][1]].start(), after[part[-1][1]].end()) for part in parts(kept)}
            yield Case(size, start, end, kind, tuple(right), tuple(remains))


def parts(kept: list[tuple[int, int]], room: int = 10) -> Iterator[list[tuple[int, int]]]:
    """All that was kept, and the largest part of it that is not torn apart by what came between or by what moved.

    A difference also matches single words that stand far off by chance.
    """
    if not kept:
        return
    yield kept
    found = [[kept[0]]]
    for last, each in pairwise(kept):
        if not 0 < each[1] - last[1] <= 2 * (each[0] - last[0]) + room:
            found.append([])
        found[-1].append(each)
    yield max(found, key=len)


def moved(old: str, new: str, start: int, end: int) -> list[Range]:
    """The place in the new version that is the best for these words, and for which they are the best."""
    words = old[start:end]
    places = [(_agree(old, start, new, place, len(words)), place) for place in _all(words, new)]
    if not places:
        return []
    places.sort(reverse=True)
    support, place = places[0]
    others = [_agree(old, other, new, place, len(words)) for other in _all(words, old) if other != start]
    is_best = (len(places) == 1 or places[1][0] < support) and all(other < support for other in others)
    return [(place, place + len(words))] if is_best and support >= _SUPPORT else []


def _all(words: str, text: str) -> list[int]:
    found, start = [], text.find(words)
    while start >= 0:
        edges = text[start - 1 : start] + words[0], words[-1] + text[start + len(words) : start + len(words) + 1]
        if not any(len(edge) == 2 and edge.isalnum() for edge in edges):
            found.append(start)
        start = text.find(words, start + 1)
    return found


def _agree(old: str, start: int, new: str, place: int, length: int) -> int:
    """How many characters agree on both sides of the words."""
    before = _same(old[max(0, start - _REACH) : start][::-1], new[max(0, place - _REACH) : place][::-1])
    end, to = start + length, place + length
    return before + _same(old[end : end + _REACH], new[to : to + _REACH])


def _same(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((number for number in range(length) if one[number] != other[number]), length)


def _overlap(one: Range, other: Range) -> float:
    """The part that two ranges share of both together."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    together = one[1] - one[0] + other[1] - other[0] - shared
    return shared / together if together else 0.0
