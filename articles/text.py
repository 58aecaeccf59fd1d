"""The policy text of a body, and the map from it back into the HTML.

Everything that counts, quotes, finds or compares words uses the text that `policy_text` returns, so that a length or
a place means the same everywhere. The rules are those of the outlet's reuse policy: Unicode NFC, no invisible
formatting characters, blocks and line breaks as one space, white space folded, and length in code points.
"""

from __future__ import annotations

import html
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from newsroom.html import BLOCKS, Token, tokens

#: Characters that nobody sees: soft hyphen, zero-width space, word joiner, byte order mark, direction marks.
INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: White space as Python's `\s` and JavaScript's together know it (they differ in U+0085 and U+001C to U+001F).
SPACES = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace()) | {"\ufeff"}
_BREAKS = BLOCKS | {"br", "div", "section", "article", "header", "footer", "h1", "h4", "h5", "h6", "dl", "dt", "dd"}


@dataclass(frozen=True, slots=True)
class PolicyText:
    """The text of a body with, for each character of it, where its source stands in the HTML.

    `starts[i]` and `ends[i]` (end exclusive) are code point offsets in the HTML for character `i`. A space that only
    a block boundary made has an empty source (`starts[i] == ends[i]`).
    """

    text: str
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.text)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The HTML range of the text range [start, end); it may span tags. Raises ValueError for an empty range."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"No text stands between {start} and {end} of {len(self.text)}.")
        return self.starts[start], self.ends[end - 1]

    def position(self, offset: int) -> int:
        """The first text position whose source ends after the HTML offset."""
        return bisect_right(self.ends, offset)

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The text range whose source lies in the HTML range [start, end)."""
        return bisect_left(self.starts, start), bisect_right(self.ends, end)


def policy_text(body: str) -> str:
    """The policy text of stored HTML, or of a rendered page's text element; furniture is left out."""
    return mapped(body).text


def policy_length(body: str) -> int:
    """Length in code points of the policy text."""
    return len(mapped(body).text)


def mapped(body: str) -> PolicyText:
    """The policy text with its map into `body`, which is HTML as `newsroom.html.clean` writes it."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    hidden = 0  # depth inside an element marked as furniture

    def add(character: str, start: int, end: int) -> None:
        if character in INVISIBLE:
            return
        if character in SPACES:
            if characters and characters[-1] == " ":
                ends[-1] = max(ends[-1], end)
                return
            character = " "
        characters.append(character)
        starts.append(start)
        ends.append(end)

    for token in tokens(body):
        if token.name:
            if hidden:
                hidden += _depth(token)
            elif "data-furniture" in token.raw and not token.closing:
                hidden = _depth(token)
            if token.name in _BREAKS and not hidden:
                add(" ", token.start, token.start)
        elif not hidden:
            for character, start, end in _characters(token):
                add(character, start, end)
    return _composed(characters, starts, ends)


def _depth(token: Token) -> int:
    if token.name in ("br", "hr", "img"):
        return 0
    return -1 if token.closing else 1


def _characters(token: Token) -> list[tuple[str, int, int]]:
    """The characters of a text token with their places; a reference such as `&amp;` is one character."""
    found = []
    at = 0
    while at < len(token.raw):
        length = 1
        if token.raw[at] == "&":
            length = token.raw.find(";", at) - at + 1 or 1
        character = html.unescape(token.raw[at : at + length])
        found.append((character, token.start + at, token.start + at + length))
        at += length
    return found


def _composed(characters: list[str], starts: list[int], ends: list[int]) -> PolicyText:
    """NFC over the whole text. Texts of stored HTML are NFC one by one; only across a tag can something compose."""
    text = "".join(characters)
    if not unicodedata.is_normalized("NFC", text):
        characters, starts, ends = _compose(characters, starts, ends)
    first, last = 0, len(characters)
    while first < last and characters[first] == " ":
        first += 1
    while last > first and characters[last - 1] == " ":
        last -= 1
    return PolicyText("".join(characters[first:last]), starts[first:last], ends[first:last])


def _compose(characters: list[str], starts: list[int], ends: list[int]) -> tuple[list[str], list[int], list[int]]:
    """Compose cluster by cluster; every character of a composed cluster stands for the cluster's whole source."""
    out: tuple[list[str], list[int], list[int]] = ([], [], [])
    cluster, begin = "", 0
    for index, character in enumerate([*characters, "\n"]):
        joined = unicodedata.normalize("NFC", cluster + character)
        apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", character)
        is_edge = index == len(characters) or (unicodedata.combining(character) == 0 and joined == apart)
        is_edge = is_edge or cluster == " "  # composes with nothing, and may stand for a block's boundary only
        if is_edge and cluster:
            composed = unicodedata.normalize("NFC", cluster)
            for offset, part in enumerate(composed):
                whole = len(composed) != len(cluster) or composed != cluster
                out[0].append(part)
                out[1].append(starts[begin] if whole else starts[begin + offset])
                out[2].append(ends[index - 1] if whole else ends[begin + offset])
            cluster = ""
        if not cluster:
            begin = index
        cluster += character
    return out
