"""Put other words into a body without touching anything else of it."""

from __future__ import annotations

from articles.text import mapped
from newsroom.html import clean, escape


class CrossesMarkup(Exception):
    """The change cannot be made without deciding what becomes of the markup within it: a person has to."""


def reword(body: str, start: int, end: int, words: str) -> str:
    """`body` with the policy text [start, end) replaced by `words`, and every other character of it as it was.

    Raises CrossesMarkup where the range does not lie within one run of text.
    """
    first, last = mapped(body).source(start, end)
    if "<" in body[first:last]:
        raise CrossesMarkup
    changed = body[:first] + escape(words) + body[last:]
    if clean(changed) != changed:
        raise CrossesMarkup
    return changed
