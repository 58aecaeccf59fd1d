"""The text of an article in pieces small enough to be pointed at: its sentences, and long ones cut between words."""

from __future__ import annotations

from dataclasses import dataclass

from articles.anchors import LONGEST_QUOTE
from articles.sentences import beginnings
from articles.text import mapped

_QUOTES = (
    {ord(sign): '"' for sign in "“”„‟«»″"} | {ord(sign): "'" for sign in "‘’‚‛ʼ`´"} | {ord(s): "-" for s in "‐‑‒–—―−"}
)


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end]` of the policy text."""

    start: int
    end: int
    text: str

    @property
    def value(self) -> str:
        return f"{self.start}-{self.end}"


def passages(body: str) -> list[list[Passage]]:
    """The passages of each paragraph, heading, cell and the like, in order; all of the text is in one of them."""
    source = mapped(body)
    # Between blocks stands a space that nobody typed: its source begins with a tag.
    edges = [i for i, sign in enumerate(source.text) if sign == " " and body.startswith("<", source.starts[i])]
    starts = [0, *(edge + 1 for edge in edges)]
    return [
        _of_block(source.text, start, end)
        for start, end in zip(starts, [*edges, len(source.text)], strict=True)
        if start < end
    ]


def as_written(text: str, typed: str) -> str:
    """Words that somebody typed, as the text writes them: with its own quotation marks, dashes and capitals.

    What does not stand there stays as it was typed.
    """
    if not typed or typed in text:
        return typed
    start = _folded(text).find(_folded(typed))
    return typed if start < 0 else text[start : start + len(typed)]


def _of_block(text: str, start: int, end: int) -> list[Passage]:
    found: list[Passage] = []
    cuts = [start + begun for begun in beginnings(text[start:end])]
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        found += _short_enough(text, first, last)
    return found


def _short_enough(text: str, start: int, end: int) -> list[Passage]:
    found = []
    while start < end:
        stop = end
        if len(text[start:end].rstrip()) > LONGEST_QUOTE:
            cut = text.rfind(" ", start + 1, start + LONGEST_QUOTE + 1)
            stop = cut + 1 if cut > 0 else start + LONGEST_QUOTE
        words = text[start:stop].rstrip()
        if words:
            found.append(Passage(start, start + len(words), words))
        start = stop
    return found


def _folded(text: str) -> str:
    """Character by character, so that places in it are places in `text`."""
    return "".join(small if len(small := sign.casefold()) == 1 else sign for sign in text.translate(_QUOTES))
