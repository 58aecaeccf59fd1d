"""The policy text of a body, and the map from it back into the HTML.

Everything that counts, quotes, finds or compares words uses the text that `policy_text` returns, so that a length or
a place means the same everywhere. The rules are those of the outlet's reuse policy, in this order: Unicode NFC, no invisible
formatting characters, blocks and line breaks as one space, white space folded, and length in code points.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.html import BLOCKS, Token, tokens

#: Characters that nobody sees: soft hyphen, zero-width space, word joiner, byte order mark, direction marks.
INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: White space as Python's `\s` and JavaScript's together know it (they differ in U+0085 and U+001C to U+001F).
SPACES = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace()) | {"\ufeff"}
_REFERENCE_OR_CHARACTER = re.compile(r"&[a-zA-Z0-9#]{1,31};|.", re.DOTALL)
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
    source: list[tuple[str, int, int]] = []
    hidden = 0  # depth inside an element marked as furniture
    for token in tokens(body):
        if token.name:
            if hidden:
                hidden += _depth(token)
            elif not token.closing and "data-furniture" in token.attributes:
                hidden = _depth(token)
            if token.name in _BREAKS and not hidden:
                source.append((" ", token.start, token.start))
        elif not hidden:
            source.extend(_characters(token))
    return _folded(_composed(source))


def _folded(source: list[tuple[str, int, int]]) -> PolicyText:
    """Without what nobody sees, and with white space as single spaces between words."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for character, start, end in source:
        if character in INVISIBLE:
            continue
        if character in SPACES:
            if not characters:
                continue
            if characters[-1] == " ":
                ends[-1] = max(ends[-1], end)
                continue
            character = " "
        characters.append(character)
        starts.append(start)
        ends.append(end)
    if characters and characters[-1] == " ":
        del characters[-1], starts[-1], ends[-1]
    return PolicyText("".join(characters), starts, ends)


def _depth(token: Token) -> int:
    if token.name in ("br", "hr", "img", "source"):
        return 0
    return -1 if token.closing else 1


def _characters(token: Token) -> Iterator[tuple[str, int, int]]:
    """The characters of a text token with their places; a reference such as `&amp;` is one character."""
    if "&" not in token.raw:
        yield from zip(token.raw, range(token.start, token.end), range(token.start + 1, token.end + 1), strict=True)
        return
    for match in _REFERENCE_OR_CHARACTER.finditer(token.raw):
        for character in html.unescape(match[0]):
            yield character, token.start + match.start(), token.start + match.end()


def _composed(source: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """NFC over the whole text. Texts of stored HTML are NFC one by one; only across a tag can something compose.

    It goes cluster by cluster; every character of a composed cluster stands for the cluster's whole source.
    """
    if unicodedata.is_normalized("NFC", "".join(character for character, _start, _end in source)):
        return source
    out: list[tuple[str, int, int]] = []
    cluster: list[tuple[str, int, int]] = []
    for item in source:
        before = "".join(character for character, _start, _end in cluster)
        joined = unicodedata.normalize("NFC", before + item[0])
        apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", item[0])
        # White space composes with nothing, and may stand for a block's boundary only.
        if before in SPACES or (unicodedata.combining(item[0]) == 0 and joined == apart):
            out.extend(_compose(cluster))
            cluster = []
        cluster.append(item)
    return [*out, *_compose(cluster)]


def _compose(cluster: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    text = "".join(character for character, _start, _end in cluster)
    composed = unicodedata.normalize("NFC", text)
    if composed == text:
        return cluster
    return [(character, cluster[0][1], cluster[-1][2]) for character in composed]
