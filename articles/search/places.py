"""Where in a text that is shown the words of a question stand, in whatever form they stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.excerpts import Place
from articles.search.languages import Lexemes, lexemes
from articles.search.questions import Sought
from articles.search.words import WORD, Token, fold

#: How a word may begin whose lexeme begins with the letter (`ukrainian.key`).
_BEGINNINGS = {"г": "[гґ]", "у": "[ув]", "і": "[ій]"}
#: A second letter that another form may have otherwise: ріг, рогу; день, дня.
_CHANGING = frozenset("аеєиіїоуюяьй'’ʼ")
_SHORT = 4  # letters; in a shorter word the second may be any: око, очей
_WORDS_BETWEEN = re.compile(r"\w+")


def places(texts: Sequence[str], sought: Sequence[Sought], edition: str) -> list[list[Place]]:
    """For each text, where what is sought stands in it, in order.

    Only words that begin like something sought are looked at, so that a page of results costs a few dictionary look-ups.
    """
    likely = _likely(sought)
    if likely is None:
        return [[] for _text in texts]
    candidates = [_candidates(text, likely) for text in texts]
    known = lexemes([token.word for found in candidates for token in found], edition)
    return [_places(text, found, sought, known) for text, found in zip(texts, candidates, strict=True)]


def _likely(sought: Sequence[Sought]) -> re.Pattern[str] | None:
    beginnings = {
        _beginning(lexeme) for term in sought for _distance, found in term.steps for lexeme in found if lexeme
    } | {_beginning(term.beginning) for term in sought if term.beginning}
    if not beginnings:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(beginnings))})", re.IGNORECASE)


def _beginning(lexeme: str) -> str:
    first = _BEGINNINGS.get(lexeme[0], re.escape(lexeme[0]))
    second = lexeme[1:2]
    return first if len(lexeme) < _SHORT or second in _CHANGING else first + re.escape(second)


def _candidates(text: str, likely: re.Pattern[str]) -> list[Token]:
    found = []
    for match in likely.finditer(text):
        if word := WORD.match(text, match.start()):
            found.append(Token(fold(word[0]), word.start(), word.end()))
    return found


def _places(text: str, candidates: list[Token], sought: Sequence[Sought], known: Lexemes) -> list[Place]:
    found: set[Place] = set()
    for number, term in enumerate(sought):
        rows = [
            [token for token in candidates if _is_meant(token.word, lexemes_of_step, term.beginning, known)]
            for _distance, lexemes_of_step in term.steps
        ]
        if len(rows) == 1:
            found |= {Place(token.start, token.end, number) for token in rows[0]}
        else:
            for first in rows[0] if rows else []:
                found |= {Place(token.start, token.end, number) for token in _phrase(text, first, rows, term)}
    return sorted(found, key=lambda place: (place.start, place.end))


def _is_meant(word: str, wanted: frozenset[str], beginning: str, known: Lexemes) -> bool:
    lexemes_of_word = known[word]
    if beginning and any(lexeme.startswith(beginning) for lexeme in (*lexemes_of_word, word)):
        return True
    return not wanted.isdisjoint(lexemes_of_word)


def _phrase(text: str, first: Token, rows: list[list[Token]], term: Sought) -> list[Token]:
    """The words of a phrase that begins at `first`, or none."""
    chain = [first]
    for (distance, _lexemes), row in zip(term.steps[1:], rows[1:], strict=True):
        last = chain[-1]
        following = next((token for token in row if token.start >= last.end), None)
        if following is None or len(_WORDS_BETWEEN.findall(text, last.end, following.start)) != distance - 1:
            return []
        chain.append(following)
    return chain
