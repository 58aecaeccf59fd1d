"""What a reader asks: words, "a phrase", begin*, -without, this OR that; and the same in PostgreSQL's notation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.search import ukrainian, vocabulary
from articles.search.languages import Lexemes, lexemes
from articles.search.words import words

LONGEST = 200  # characters of a question
MOST_TERMS = 16
SHORTEST_BEGINNING = 2  # letters before a *
_OPEN, _CLOSE = '"“”„«', '"“”»'
_PART = re.compile(
    rf"(?P<without>(?<!\S)[-−–])?(?:[{_OPEN}](?P<phrase>[^{_OPEN}{_CLOSE}]*)(?:[{_CLOSE}]|$)|(?P<word>[^\s{_OPEN}{_CLOSE}]+))"
)
_EITHER = {"OR", "АБО", "|", "ИЛИ"}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is sought: a word, several that follow each other, or the beginning of a word."""

    words: tuple[str, ...]
    is_beginning: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Every group must be met, each by any of its terms; and none of `without`."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()

    def terms(self) -> Iterator[Term]:
        for group in self.groups:
            yield from group


@dataclass(frozen=True, slots=True)
class Sought:
    """A term as the index knows it: the lexemes of each word with the distance from the word before, or a beginning."""

    steps: tuple[tuple[int, frozenset[str]], ...]
    beginning: str = ""
    is_open: bool = False  # the index is asked for what begins so, for the vocabulary may not know all of it


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question in the language of an edition; `tsquery` is empty where it asks for nothing that is indexed."""

    tsquery: str = ""
    sought: list[Sought] = field(default_factory=list)
    excludes: bool = False


def read(text: str) -> Question:
    """Understand what was typed; never fails. Signs that mean nothing are passed over."""
    groups: list[tuple[Term, ...]] = []
    without: list[Term] = []
    joins = False
    for part in list(_PART.finditer(text))[: MOST_TERMS * 2]:
        if part["word"] in _EITHER:
            joins = bool(groups)
            continue
        term = _term(part["word"] or "", part["phrase"] or "")
        if term is None or len(groups) >= MOST_TERMS:
            continue
        if part["without"]:
            without.append(term)
        elif joins:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joins = False
    return Question(tuple(groups), tuple(without))


def _term(word: str, phrase: str) -> Term | None:
    found = tuple(words(word or phrase))
    if not found:
        return None
    begins = word.endswith("*") and len(found) == 1 and len(found[0]) >= SHORTEST_BEGINNING
    return Term(found, begins)


def understand(question: Question, edition: str, *, in_drafts: bool = False) -> Meaning:
    """The question in the language of an edition; `in_drafts` asks for words that nothing published has."""
    terms = [*question.terms(), *question.without]
    completions = {
        term: vocabulary.completing(term.words[0], edition) for term in dict.fromkeys(terms) if term.is_beginning
    }
    known = lexemes([word for term in terms for word in (*term.words, *completions.get(term, []))], edition)
    meant = {term: _sought(term, completions.get(term, []), known, edition, in_drafts) for term in terms}
    groups = [
        " | ".join(notation for term in group if (notation := _notation(meant[term]))) for group in question.groups
    ]
    wanted = " & ".join(f"({group})" for group in groups if group)
    if not wanted:
        return Meaning()
    unwanted = "".join(f" & !({notation})" for term in question.without if (notation := _notation(meant[term])))
    return Meaning(wanted + unwanted, [meant[term] for term in question.terms() if meant[term].steps], bool(unwanted))


def _sought(term: Term, completions: list[str], known: Lexemes, edition: str, in_drafts: bool) -> Sought:
    if term.is_beginning:
        beginning = ukrainian.key(term.words[0]) if edition == "uk" else term.words[0].replace("'", "")
        completed = frozenset(lexeme for word in completions for lexeme in known[word])
        is_known = 0 < len(completions) < vocabulary.COMPLETED and term.words[0].isalpha()
        is_open = in_drafts or not is_known
        # Where only stop words begin so, it is passed over as they are.
        return Sought(((1, completed),) if completed or is_open else (), beginning, is_open)
    steps, distance = [], 1
    for word in term.words:
        if known[word]:
            steps.append((distance, frozenset(known[word])))
            distance = 0
        distance += 1
    return Sought(tuple(steps))


def _notation(sought: Sought) -> str:
    begins = [f"{quoted(sought.beginning)}:*"] if sought.is_open else []
    text = ""
    for distance, found in sought.steps:
        either = " | ".join([*(quoted(lexeme) for lexeme in sorted(found)), *begins])
        text += f" <{distance}> ({either})" if text else f"({either})"
    return text


def quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
