"""Stored HTML as a sequence of tags and texts, and the characters that may stand in it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

BLOCKS = frozenset(
    ["p", "h2", "h3", "blockquote", "ul", "ol", "li", "hr", "table", "tbody", "tr", "th", "td", "figure", "figcaption"]
)
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>|([^<]+)")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One tag or one run of text of stored HTML; `start` and `end` are its offsets in it (end exclusive)."""

    start: int
    end: int
    name: str  # "" for text
    closing: bool
    raw: str  # a tag's attributes or a text's source, as they stand

    @property
    def attributes(self) -> dict[str, str]:
        return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(self.raw)} if self.name else {}


def tokens(stored: str) -> Iterator[Token]:
    """The tags and texts of HTML that `clean` wrote, in order."""
    for match in _TOKEN.finditer(stored):
        slash, name, attributes, text = match.groups()
        yield Token(match.start(), match.end(), name or "", bool(slash), attributes if name else text)


def escape(text: str) -> str:
    """Text as it stands between tags in stored HTML."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")
    )  # the same four, in the same way, as the sanitiser


def without_controls(text: str) -> str:
    return _CONTROLS.sub("", text)


def plain(text: str) -> str:
    """One line of plain text as a person typed it: NFC, no control characters, white space folded."""
    return " ".join(unicodedata.normalize("NFC", without_controls(text)).split())


def folded(text: str) -> str:
    """Text of HTML: NFC, no control characters, and the white space that HTML folds as one space.

    A U+0338 at its beginning would make one character with the ">" of the tag before it.
    """
    return unicodedata.normalize("NFC", _SPACE.sub(" ", without_controls(text))).lstrip("\u0338")


def trimmed(text: str) -> str:
    """The same without white space at its edges."""
    return folded(text).lstrip(" \u0338").rstrip(" ")
