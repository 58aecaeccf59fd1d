"""Put other words into a body without touching anything else of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from articles.text import INVISIBLE, mapped
from newsroom.html import BLOCKS, clean, escape, tokens

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_TAGS = re.compile(r"<(/?)")
_NOTE = '<sup data-footnote="">'
_STAYS = BLOCKS | {"br", "img"}

#: The policy text [start, end), and what stands there afterwards.
Edit = tuple[int, int, str]


class CrossesMarkup(Exception):
    """The change cannot be made without deciding what becomes of the markup within it: a person has to."""


def reword(body: str, start: int, end: int, words: str) -> str:
    """`body` with the policy text [start, end) replaced by `words`, and every other character of it as it was.

    What `clean` returned stays what `clean` returns, and its policy text is `put(text, start, end, words)`.
    As few letters as can be are replaced, so words that stay keep their marks, links and notes. Raises CrossesMarkup
    where new words would stand for words of different marks or of two blocks, or words around a note would go.
    """
    runs = _Runs(body)
    wanted = put(runs.words, start, end, words)
    changed = body
    for edit in reversed(list(runs.edits(start, end, wanted))):
        first, last = runs.source(edit)
        changed = changed[:first] + escape(edit[2]) + changed[last:]
    stored = clean(changed)  # marks that lost their words go, and equal ones that meet are one
    if mapped(stored).text != wanted or (stored != changed and list(_marked(stored)) != list(_marked(changed))):
        raise CrossesMarkup
    return stored


def put(text: str, start: int, end: int, words: str) -> str:
    """The policy text `text` with [start, end) replaced by `words`: composed and folded where the two meet."""
    left, right = max(0, start - 1), min(len(text), end + 1)
    while left > 0 and unicodedata.combining(text[left]):
        left -= 1
    while right < len(text) and unicodedata.combining(text[right]):
        right += 1
    words = "".join(character for character in unicodedata.normalize("NFC", words) if character not in INVISIBLE)
    met = unicodedata.normalize("NFC", text[left:start] + words + text[end:right])
    return " ".join((text[:left] + met + text[right:]).split())


class _Runs:
    """The text of a body as what it is in the HTML: runs without a tag in them."""

    def __init__(self, body: str) -> None:
        self.body, self.text = body, mapped(body)
        self.words = self.text.text

    def edits(self, start: int, end: int, wanted: str) -> Iterator[Edit]:
        """The smallest edits, in order, that make `wanted` of the text by changing [start, end)."""
        # What folds or composes with the new words at either edge is part of the change.
        start = _same(self.words[:start], wanted)
        after = _same(self.words[end:][::-1], wanted[start:][::-1])
        end, words = len(self.words) - after, wanted[start : len(wanted) - after]
        before, now = _TOKENS.findall(self.words[start:end]), _TOKENS.findall(words)
        at = [start]
        for token in before:
            at.append(at[-1] + len(token))
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
            if tag == "equal":
                if i2 - i1 == 1 and self._is_boundary(at[i1]):
                    raise CrossesMarkup  # all around is new, so nothing tells where the one block ends
                continue
            first, last, new = _trimmed(self.words, at[i1], at[i2], "".join(now[j1:j2]))
            if first == last and any(start < place < end for place in self._between_blocks(first, new)):
                raise CrossesMarkup
            yield from [(first, last, new)] if new else self._pieces(first, last)

    def source(self, edit: Edit) -> tuple[int, int]:
        """The HTML range of an edit."""
        first, last, words = edit
        if first == last:
            return (self._place(first, words),) * 2
        start, end = self.text.source(first, last)
        # Letters that are composed across a tag have one source, and cannot change one by one.
        is_shared = (first > 0 and self.text.ends[first - 1] > start) or (
            last < len(self.text) and self.text.starts[last] < end
        )
        if is_shared or self._is_cut(first, last):
            raise CrossesMarkup
        return start, end

    def _pieces(self, first: int, last: int) -> Iterator[Edit]:
        """A deletion run by run: what is only taken away leaves nothing to decide, but for a note among it."""
        first, last = self._with_one_space(first, last)
        for place in range(first + 1, last):
            if self._is_cut(first, place + 1):
                if _NOTE in self.body[self.text.ends[place - 1] : self.text.starts[place]]:
                    raise CrossesMarkup
                yield first, place, ""
                first = place
        yield first, last, ""

    def _with_one_space(self, first: int, last: int) -> tuple[int, int]:
        """The range, or the one beside it whose loss leaves the same text: of two spaces, the one in the words' run goes."""
        ranges = [(first, last)]
        if first > 0 and self.words[first - 1] == self.words[last - 1] == " ":
            ranges.append((first - 1, last - 1))
        if last < len(self.words) and self.words[first] == self.words[last] == " ":
            ranges.append((first + 1, last + 1))
        return min(ranges, key=lambda each: (self._has_boundary(*each), self._is_cut(*each)))

    def _has_boundary(self, first: int, last: int) -> bool:
        """Whether a block or a line ends within the words, or a note stands among them."""
        start, end = self.text.ends[first], self.text.starts[last - 1]
        return any(self._is_boundary(place) for place in range(first, last)) or _NOTE in self.body[start:end]

    def _place(self, place: int, words: str) -> int:
        """Where in the HTML `words` are inserted before the character `place`: with the letters that they continue.

        What continues neither side stands under the fewer marks.
        """
        is_after = place > 0 and not self._is_boundary(place - 1)
        is_before = place < len(self.text) and not self._is_boundary(place)
        if not is_after and not is_before:
            raise CrossesMarkup
        if not is_before:
            return self.text.ends[place - 1]
        if not is_after:
            return self.text.starts[place]
        left, right = self.text.ends[place - 1], self.text.starts[place]
        if _is_letter(self.words[place - 1]) and _is_letter(words[0]):
            return left
        if _is_letter(words[-1]) and _is_letter(self.words[place]):
            return right
        closing = [bool(slash) for slash in _TAGS.findall(self.body[left:right])]
        return right if 2 * sum(closing) > len(closing) else left

    def _between_blocks(self, place: int, words: str) -> Iterator[int]:
        """Where the same text would come of inserting these words so that they end one block or begin the next."""
        if " " not in words:
            return
        around = words * 2
        for left in range(min(place, len(words)) + 1):  # how far they may be pushed to the left, letter by letter
            if self.words[place - left : place] != around[len(words) - left : len(words)]:
                break
            yield from self._beside_boundary(place - left)
        for right in range(1, min(len(self.words) - place, len(words)) + 1):
            if self.words[place : place + right] != around[:right]:
                break
            yield from self._beside_boundary(place + right)

    def _beside_boundary(self, place: int) -> Iterator[int]:
        if any(self._is_boundary(each) for each in (place - 1, place) if 0 <= each < len(self.words)):
            yield place

    def _is_boundary(self, place: int) -> bool:
        """Whether the space at `place` stands for the end of a block or a line."""
        return self.words[place] == " " and self._is_cut(place, place + 1)

    def _is_cut(self, first: int, last: int) -> bool:
        start, end = self.text.source(first, last)
        return start == end or "<" in self.body[start:end]


def _same(one: str, other: str) -> int:
    """With how many equal characters both begin."""
    length = min(len(one), len(other))
    return next((n for n in range(length) if one[n] != other[n]), length)


def _trimmed(text: str, first: int, last: int, words: str) -> Edit:
    head = _same(text[first:last], words)
    tail = _same(text[first + head : last][::-1], words[head:][::-1])
    return first + head, last - tail, words[head : len(words) - tail]


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) > 0


def _marked(body: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each character, block, line break and note under its marks, however these are nested or divided."""
    marks: list[str] = []
    is_in_note = False
    for token in tokens(body):
        tag = body[token.start : token.end]
        if not token.name:
            yield from ((character, frozenset(marks)) for character in token.raw)
        elif token.name in _STAYS or tag == _NOTE or is_in_note:
            yield tag, frozenset()
            is_in_note = tag == _NOTE
        elif token.closing:
            marks.pop()
        else:
            marks.append(tag)
