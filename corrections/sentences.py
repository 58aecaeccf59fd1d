"""The sentence around some words of a text, with what a reader would change in it, for people to read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.differences import Piece, compare_texts

_ENDS = re.compile(r"[.!?…]+[»”’\"')\]]*\s+(?=[«„“‘\"'(\[—–-]?\s?[^\W_a-zа-яіїєґ])")
REACH = 180  # code points on each side at most


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces; what is cut off at its ends is told by `is_cut_before` and `is_cut_after`."""

    pieces: list[Piece]
    is_cut_before: bool = False
    is_cut_after: bool = False


def around(text: str, start: int, end: int, suggestion: str = "") -> Sentence:
    """The sentence or sentences in which [start, end) stands; with a suggestion, as a difference, else marked as meant."""
    before, is_cut_before = _before(text, start)
    after, is_cut_after = _after(text, end)
    words = text[start:end]
    middle = compare_texts(words, suggestion) if suggestion else [Piece("meant", words)]
    pieces = [Piece("same", before), *middle, Piece("same", after)]
    return Sentence([piece for piece in pieces if piece.text], is_cut_before, is_cut_after)


def _before(text: str, start: int) -> tuple[str, bool]:
    begin = max(0, start - REACH)
    window = text[begin:start]
    ends = [match.end() for match in _ENDS.finditer(text[begin : start + 2]) if match.end() <= len(window)]
    if ends:
        return window[ends[-1] :], False
    if begin == 0:
        return window, False
    return window[window.find(" ") + 1 :], True


def _after(text: str, end: int) -> tuple[str, bool]:
    window = text[end : end + REACH]
    if found := re.search(r"[.!?…]+[»”’\"')\]]*(?=\s|$)", text[max(0, end - 1) : end + REACH]):
        return window[: max(0, found.end() - min(end, 1))], False
    if end + REACH >= len(text):
        return window, False
    return window[: window.rfind(" ")], True
