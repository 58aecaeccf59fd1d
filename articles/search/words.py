"""Words as the index knows them: where they stand in a text, and how one is written so that it is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_APOSTROPHES = "'’ʼ`´‘ʹ′"
#: Written inside a word and not part of it: the stress mark of dictionaries, soft hyphen, zero-width signs.
_DROPPED = "\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INNER = rf"\w(?:[\w{_DROPPED}]*\w)?"
WORD = re.compile(rf"{_INNER}(?:[{_APOSTROPHES}]{_INNER})*")
_FOLD = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DROPPED))
LONGEST = 60  # characters; what is longer is no word


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as it is folded, and where it stands."""

    word: str
    start: int
    end: int


def fold(word: str) -> str:
    """A word in lower case with one kind of apostrophe and without marks that nobody types."""
    return unicodedata.normalize("NFC", word).lower().translate(_FOLD)


def words(text: str) -> list[str]:
    """The folded words of a text in their order; quicker than `tokens`, which says where they stand."""
    return [word for word in WORD.findall(fold(text)) if len(word) <= LONGEST]


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in their order. Both parts of a hyphened word are words."""
    for match in WORD.finditer(text):
        word = fold(match[0])
        if word and len(word) <= LONGEST:
            yield Token(word, match.start(), match.end())
