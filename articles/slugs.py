"""Addresses in ASCII, with Ukrainian written in the Latin letters of the official table (Cabinet resolution 55, 2010)."""

from __future__ import annotations

import re

from slugify import slugify

_UKRAINIAN = dict(
    zip("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", ["a", "b", "v", "h", "g", "d", "e", "ie", "zh", "z", "y", "i", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "iu", "ia"], strict=True)
)  # fmt: skip
_AT_THE_BEGINNING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_APOSTROPHES = "’'ʼ`"
LONGEST = 80


def slug_for(title: str, language: str) -> str:
    """An address made of the title's words, at most `LONGEST` characters; "" if the title has no letters."""
    text = title.lower()
    if language == "uk":
        text = re.sub(rf"(?<=\w)[{_APOSTROPHES}](?=\w)", "", text).replace("зг", "zgh")
        text = re.sub(r"\b[єїйюя]", lambda match: _AT_THE_BEGINNING[match[0]], text)
        text = "".join(_UKRAINIAN.get(letter, letter) for letter in text)
    return str(slugify(re.sub(rf"[{_APOSTROPHES}]", "", text), max_length=LONGEST, word_boundary=True))
