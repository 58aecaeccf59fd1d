"""Bodies made up at random with a range of each and other words for it, and a judge of what came of it.

The judge reads HTML in a way of its own.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from random import Random

from articles.rewording import CrossesMarkup, reword
from articles.text import INVISIBLE, mapped
from newsroom.html import clean
from tests.browser import made_up
from tests.browser.bodies import BODIES

_WORDS = [
    *[
        "word",
        "a",
        "",
        "two words",
        " lead",
        "trail ",
        "x-y’z",
        "é",
        "e\u0301",
        "\u0301a",
        "\u0338",
        "😀",
        "👩‍👩‍👧",
        "مرحبا",
    ],
    *["<b>", "&amp;", "a\u00adb", "\u200b", "  ", "слово", "п’ять", "10\u00a0000", ".", "\u3042\u6f22", "\n", "שלום"],
]
_MARKS = frozenset(["a", "strong", "em", "s", "sub", "sup", "cite", "time"])


@dataclass(frozen=True)
class Attempt:
    body: str
    start: int
    end: int
    words: str
    result: str | None  # None where it was left to a person

    @property
    def is_in_one_run(self) -> bool:
        text = mapped(self.body)
        sources = zip(text.starts[self.start : self.end], text.ends[self.start : self.end], strict=True)
        is_shown = all(start < end for start, end in sources)  # no space that only a block's or a line's end made
        return is_shown and "<" not in self.body[slice(*text.source(self.start, self.end))]

    def faults(self) -> list[str]:
        """What is wrong with the result, in words."""
        if self.result is None:
            is_plain = self.is_in_one_run and self.words.isalpha() and self.words.isascii()
            return ["plain words in one run were refused"] if is_plain else []
        text = mapped(self.body).text
        found = []
        if clean(self.result) != self.result:
            found.append("it is not in the stored form")
        wanted = text[: self.start] + _composed(self.words, is_whole=False) + text[self.end :]
        if _composed(mapped(self.result).text) != _composed(wanted):
            found.append("its words are not those that were wanted")
        before, after = _Reader(self.body), _Reader(self.result)
        if before.structure != after.structure:
            found.append("a block, a break, a note or a picture changed")
        # One character more on each side: white space folds, and letters compose.
        head, tail = text[: max(0, self.start - 1)], text[self.end + 1 :]
        if before.head(head) != after.head(head) or before.tail(tail) != after.tail(tail):
            found.append("a mark outside the range changed")
        return found


def attempt(seed: int) -> Attempt | None:
    """One try; None where the body has no words."""
    random = Random(seed)
    body = random.choice(list(BODIES.values())) if random.random() < 0.2 else clean(made_up.body(random))
    text = mapped(body).text
    if not text:
        return None
    start = random.randrange(len(text))
    end = min(len(text), start + 1 + int(random.expovariate(1 / 8)))
    words = random.choice(_WORDS)
    if random.random() < 0.4:  # as a copy-editor does it: the same words but for one place
        quote = text[start:end]
        cut = random.randrange(len(quote) + 1)
        words = quote[:cut] + words + quote[cut + random.randint(0, 2) :]
    try:
        return Attempt(body, start, end, words, reword(body, start, end, words))
    except CrossesMarkup:
        return Attempt(body, start, end, words, None)


class _Reader(HTMLParser):
    """The characters of HTML with the marks around each, and everything else in it apart."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.structure: list[str] = []
        self._marks: list[str] = []
        self._seen: list[tuple[str, frozenset[str]]] = []
        self.feed(body)
        self.close()

    def head(self, text: str) -> list[tuple[str, frozenset[str]]]:
        return self._seen[: len(_visible(text))]

    def tail(self, text: str) -> list[tuple[str, frozenset[str]]]:
        return self._seen[len(self._seen) - len(_visible(text)) :]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MARKS and ("data-footnote", "") not in attrs:
            self._marks.append(f"{tag} {attrs}")
            return
        self.structure.append(f"{tag} {attrs}")
        if tag == "sup":
            self._marks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self._marks.pop()
        else:
            self.structure.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self._seen += [(character, frozenset(self._marks)) for character in _visible(data)]


def _visible(text: str) -> str:
    """The letters alone: white space folds, and what stands above a letter may compose with it."""
    return "".join(
        character
        for character in unicodedata.normalize("NFD", text)
        if character not in INVISIBLE and not character.isspace() and not unicodedata.combining(character)
    )


def _composed(text: str, *, is_whole: bool = True) -> str:
    text = "".join(character for character in unicodedata.normalize("NFC", text) if character not in INVISIBLE)
    return " ".join(text.split()) if is_whole else text
