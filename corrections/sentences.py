"""The sentence around some words of a text, with what a reader would change in it, for people to read."""

from __future__ import annotations

from dataclasses import dataclass

from articles.differences import Piece, compare_texts
from articles.sentences import beginnings

REACH = 180  # code points on each side at most


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces; what is cut off at its ends is told by `is_cut_before` and `is_cut_after`."""

    pieces: list[Piece]
    is_cut_before: bool = False
    is_cut_after: bool = False


def around(text: str, start: int, end: int, suggestion: str = "") -> Sentence:
    """The sentence or sentences in which [start, end) stands; with a suggestion, as a difference, else marked as meant."""
    begin, finish = max(0, start - REACH), min(len(text), end + REACH)
    return _in_context(text[begin:start], text[start:end], text[end:finish], suggestion, begin > 0, finish < len(text))


def quoted(prefix: str, words: str, suffix: str, suggestion: str = "", *, most: int) -> Sentence:
    """The same of words whose text is not at hand, with the context of up to `most` code points that was kept of it."""
    return _in_context(prefix, words, suffix, suggestion, len(prefix) >= most, len(suffix) >= most)


def _in_context(before: str, words: str, after: str, suggestion: str, is_more: bool, is_more_after: bool) -> Sentence:
    """Cut where a sentence ends, else at a word, if there `is_more` text than this."""
    starts, end = beginnings(before + words + after), len(before + words)
    if earlier := [start for start in starts if start <= len(before)]:
        before, is_more = before[earlier[-1] :], False
    elif is_more:
        before = before[before.find(" ") + 1 :]
    if later := [start for start in starts if start >= end]:
        after, is_more_after = after[: later[0] - end].rstrip(), False
    elif is_more_after:
        after = after[: max(0, after.rfind(" "))]
    middle = compare_texts(words, suggestion) if suggestion else [Piece("meant", words)]
    pieces = [Piece("same", before), *middle, Piece("same", after)]
    return Sentence([piece for piece in pieces if piece.text], is_more, is_more_after)
