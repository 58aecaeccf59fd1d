"""Which words a mail quotes, and what it says that they should be, by the simple ways in which people write that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.anchors import LONGEST_QUOTE, NotInText, find, widen
from articles.text import policy_text
from newsroom.html import escape

_LONGEST_TEXT = 20_000  # characters of a mail that are read for proposals
_LONGEST_SUGGESTION = 1_000
_MOST = 40  # proposals of one mail that are looked for
_SHORTEST_ALONE = 8  # characters of words that are quoted without saying what they should be
#: Each kind of quotation marks, with what stands between.
_QUOTED = re.compile(
    r"“([^“”]{1,1200})”|„([^„“”]{1,1200})[“”]|«([^«»]{1,1200})»|\"([^\"]{1,1200})\"|‘([^‘’\n]{1,300})’(?!\w)"
    r"|(?<!\w)'([^'\n]{1,300})'(?!\w)"
)
#: A quotation in the text that the patterns read: its number between two characters that no mail has.
_OPEN, _CLOSE = "\ue000", "\ue001"
_Q = rf"{_OPEN}(\d+){_CLOSE}"
_GAP = rf"[^{_OPEN}]{{0,60}}?"
_ARROW = r"(?:→|⇒|⟶|->|-->|=>|==>|—>|–>)"
_SHOULD = (
    r"\b(?:should|must|has to|ought to|needs to|correct(?:ly)?|right|actually|"
    r"має|мало|мусить|повинн\w+|треба|потрібно|слід|варто|правильно|насправді)\b"
)
_INSTEAD = r"(?:instead of|rather than|in place of|not|замість|а не)"
#: What is right comes first in the first of these, and second in the others.
_RIGHT_FIRST = re.compile(rf"{_Q}[\s,;]*{_INSTEAD}\s+{_Q}", re.IGNORECASE)
_WRONG_FIRST = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_Q}\s*{_ARROW}\s*{_Q}",
        rf"\b(?:instead of|rather than|in place of|замість)\s+{_Q}{_GAP}{_Q}",
        rf"\b(?:replace|change|correct|substitute|замін\w+|змін\w+|виправ\w+)\s+{_Q}\s+(?:with|by|to|for|into|на)\s+{_Q}",
        rf"{_Q}\s+(?:замін\w+|змін\w+|виправ\w+)\s+на\s+{_Q}",
        rf"\b(?:not|не)\s+{_Q}[\s,;—–-]*(?:but|а|але)\s+(?:rather\s+)?{_Q}",
        rf"{_Q}{_GAP}{_SHOULD}{_GAP}{_Q}",
    )
]
#: The same without quotation marks, on a line of its own.
_LIST_MARK = r"^[\s>]*(?:[-–*•]|\d+[.)])?\s*"
_SHOULD_BE = r"(?:should\s+(?:be|read|say)|must\s+be|має\s+бути|повинно\s+бути|мало\s+б\s+бути)[:\s]+"
_RIGHT = r"(.{1,200}?)\s*[.!;]?\s*$"
_BARE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LIST_MARK}(.{{1,200}}?)\s*{_ARROW}\s*{_RIGHT}",
        rf"(?:^|.*\W)(?:instead of|замість)\s+(.{{1,200}}?),?\s+(?:it\s+)?{_SHOULD_BE}{_RIGHT}",
        rf"{_LIST_MARK}(.{{1,200}}?),?\s+{_SHOULD_BE}{_RIGHT}",
    )
]
_ALIKE = str.maketrans(
    dict.fromkeys("“”„«»‟", '"') | dict.fromkeys("‘’ʼ‛`´′", "'") | dict.fromkeys("–—‑‒−", "-") | {"\u00a0": " "}
)
_EDGES = " \t\n.,;:!?…\"'“”„«»‘’()[]"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words as a mail quotes them, and what they should be; `is_loose` may have more words before them."""

    words: str
    suggestion: str = ""
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a text the words of a proposal stand."""

    start: int
    end: int
    suggestion: str = ""


def proposals(text: str) -> list[Proposal]:
    """What a mail proposes, the plainest first: pairs, then words that are only quoted, the longest first."""
    text = text[:_LONGEST_TEXT].replace(_OPEN, "").replace(_CLOSE, "")
    unquoted = re.sub(r"^(?:> ?)+", "", text, flags=re.MULTILINE)
    quotations = [_folded(next(filter(None, match.groups()), "")) for match in _QUOTED.finditer(unquoted)]
    numbers = iter(range(len(quotations)))
    marked = " ".join(_QUOTED.sub(lambda _match: f"{_OPEN}{next(numbers)}{_CLOSE}", unquoted).split())
    pairs = [Proposal(quotations[wrong], quotations[right]) for wrong, right in _pairs(marked)]
    pairs += [pair for line in text.splitlines() if (pair := _bare(line))]
    alone = [*_blocks(text), *quotations]
    alone = [words for words in dict.fromkeys(alone) if len(words) >= _SHORTEST_ALONE]
    found = [pair for pair in pairs if 0 < len(pair.suggestion) <= _LONGEST_SUGGESTION and pair.words]
    return [*found, *(Proposal(words) for words in sorted(alone, key=len, reverse=True))][:_MOST]


def place(text: str, proposed: list[Proposal]) -> Found | None:
    """The first proposal that stands in the policy text, whole words in exactly one place; None for none of them.

    Quotation marks, apostrophes, dashes and capital letters may be others than in the text. Of equal words those are
    meant that stand within something longer which is quoted, too.
    """
    seen = alike(text)
    passages = [spot for proposal in proposed if not proposal.suggestion for spot in _spots(seen, proposal.words)]
    for proposal in proposed:
        if found := _place(text, seen, proposal, passages):
            return found
    return None


def alike(text: str) -> str:
    """The text with one of each kind of quotation marks, apostrophes and dashes, in small letters, as long as it was."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text.translate(_ALIKE))


def _place(text: str, seen: str, proposal: Proposal, passages: list[tuple[int, int]]) -> Found | None:
    for words in _readings(proposal):
        spots = _spots(seen, words)
        if len(spots) > 1:
            spots = [
                spot
                for spot in spots
                if any(start <= spot[0] and spot[1] <= end and (start, end) != spot for start, end in passages)
            ]
        if len(spots) == 1:
            start, end = spots[0]
            suggestion = proposal.suggestion
            if suggestion[-1:] != text[end - 1 : end] and suggestion[-1:] in ".,;":
                suggestion = suggestion[:-1]
            return None if suggestion == text[start:end] else Found(start, end, suggestion)
    return None


def _readings(proposal: Proposal) -> Iterator[str]:
    """The words as they are, without marks at their ends, and of loose ones ever fewer of the last."""
    yield proposal.words
    bare = proposal.words.strip(_EDGES)
    if bare and bare != proposal.words:
        yield bare
    if proposal.is_loose:
        words = bare.split()
        for number in range(max(1, len(words) - 8), len(words)):
            yield " ".join(words[number:])


def _spots(seen: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand in a text that is `alike`, as whole words."""
    if not 0 < len(words) <= LONGEST_QUOTE:
        return []
    try:
        found = find(seen, alike(words))
        spots = [(found.start, found.end)]
    except NotInText as error:
        spots = list(error.places)
    return [spot for spot in spots if widen(seen, *spot) == spot]


def _pairs(marked: str) -> Iterator[tuple[int, int]]:
    for match in _RIGHT_FIRST.finditer(marked):
        yield int(match[2]), int(match[1])
    for pattern in _WRONG_FIRST:
        for match in pattern.finditer(marked):
            yield int(match[1]), int(match[2])


def _bare(line: str) -> Proposal | None:
    if len(line) > 600:
        return None
    for pattern in _BARE:
        if match := pattern.match(line):
            wrong, right = (_folded(part.strip(" \"“”„«»'")) for part in match.groups())
            if len(right.split()) <= len(wrong.split()) + 4:
                return Proposal(wrong, right, is_loose=True)
    return None


def _blocks(text: str) -> Iterator[str]:
    """What lines that begin with ">" say together, and, where that is too long to be meant, each sentence of it."""
    for block in re.findall(r"(?:^(?:> ?)+.*\n?)+", text, flags=re.MULTILINE):
        words = _folded(re.sub(r"^(?:> ?)+", "", block, flags=re.MULTILINE))
        yield words
        if len(words) > LONGEST_QUOTE:
            yield from re.split(r"(?<=[.!?…])\s+", words)[:_MOST]


def _folded(words: str) -> str:
    return policy_text(escape(words))
