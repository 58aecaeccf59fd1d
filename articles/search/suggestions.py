"""What else could have been meant when nothing is found. Nothing is suggested that finds no public text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from articles.search import vocabulary
from articles.search.hits import Hits
from articles.search.questions import MOST_TERMS, Question, Term, read, understand
from articles.search.words import WORD, fold

_MOST_WRONG = 3  # words; who has more of them wrong is looking for something else
_TRIED = 12  # neighbours of one word whose hits are looked up
_COUNTED = 100
#: The same keys on two layouts.
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = {"uk": "йцукенгшщзхїфівапролджєячсмитьбю'"}


def spelt_otherwise(text: str, edition: str, at: datetime) -> str:
    """The question with each word that stands nowhere replaced by one near it; "" where that finds nothing either."""
    asked = list(dict.fromkeys(word for term in read(text).terms() for word in term.words))
    if len(asked) > MOST_TERMS:
        return ""
    unknown = [word for word in asked if not _frequency(word, edition, at)]
    if len(unknown) > _MOST_WRONG:
        return ""
    replaced = {word: other for word in unknown if (other := _instead(word, edition, at))}
    if not replaced:
        return ""
    question = WORD.sub(lambda match: replaced.get(fold(match[0]), match[0]), text)
    return question if finds(question, edition, at) else ""


def _instead(word: str, edition: str, at: datetime) -> str:
    """The nearest word with public hits, of several the most frequent.

    What one text alone has, and not even in its title, names or standfirst, may be a slip of its own.
    """
    nearest = 0
    best, most = "", 0
    for distance, other in vocabulary.near(word, edition)[:_TRIED]:
        if best and distance > nearest:
            break
        frequency = _frequency(other, edition, at)
        if frequency > most and (frequency > 1 or _stands_above(other, edition, at)):
            best, most, nearest = other, frequency, distance
    return best


def _frequency(word: str, edition: str, at: datetime) -> int:
    meaning = understand(Question(((Term((word,)),),)), edition)
    return Hits(meaning, edition, at).count(_COUNTED) if meaning.tsquery else 1  # a stop word is no mistake


def _stands_above(word: str, edition: str, at: datetime) -> bool:
    return Hits(understand(Question(((Term((word,)),),)), edition), edition, at).stand_above()


def on_the_other_keyboard(text: str, edition: str, at: datetime) -> str:
    """The question as the other layout would have written it (ghbdsn is привіт), if that finds something."""
    for other in _layouts(text, edition):
        if other != text and finds(other, edition, at):
            return other
    return ""


def _layouts(text: str, edition: str) -> Iterator[str]:
    text = text.lower()
    for cyrillic in [_CYRILLIC[edition]] if edition in _CYRILLIC else _CYRILLIC.values():
        if edition in _CYRILLIC and re.search("[a-z]", text):
            yield text.translate(str.maketrans(_LATIN, cyrillic))
        elif edition not in _CYRILLIC and re.search("[а-яґєії]", text):
            yield text.translate(str.maketrans(cyrillic, _LATIN))


def any_word(text: str, edition: str, at: datetime) -> str:
    """The question satisfied with any of its words; "" where it has one only, or that finds nothing either."""
    question = read(text)
    if len(question.groups) < 2 or question.without or any(len(group) > 1 for group in question.groups):
        return ""
    either = " OR ".join(_typed(term) for term in question.terms())
    return either if finds(either, edition, at) else ""


def _typed(term: Term) -> str:
    words = " ".join(term.words)
    return f'"{words}"' if len(term.words) > 1 else words + "*" * term.is_beginning


def finds(text: str, edition: str, at: datetime) -> bool:
    meaning = understand(read(text), edition)
    return bool(meaning.tsquery) and Hits(meaning, edition, at).exist()
