"""Ukrainian words, for which PostgreSQL has no dictionary: pymorphy3 knows their forms, and guesses those of names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer

#: Words that stand in every text and say nothing of it; as they are written, since some share a lemma with others.
_STOP_WORDS = (
    "а або адже але б без би бо був була були було бути в вам вас ваш вже ви від він вона вони воно все всі вся до "
    "для де е є ж з за зі із і й його її їй їм ім їх інші ще що щоб щодо коли кожен котрий лише має ми мені мене між мій "
    "моя на над нас наш не нею ним ними них ні ну о об один одна от після під по поки при про саме свій свої своє своєї "
    "своїх собі та так така такі таки такий там те ти тим тих то тоді того тож той тому тут у усе усі хай хоч хоча хто "
    "це цей ця ці цього цьому цим цих цієї цю через чи чим чого чому як яка яке який які якщо якої яких якого"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
#: Pairs that only the first letter tells apart, so that it may not be folded (вправа is an exercise, управа an office).
_NOT_EUPHONIC = ("вправ", "вступ", "вклад", "вдач", "вдав", "враж", "вник", "впадат", "вплив", "втис", "врод")
#: What nouns and adjectives end in, from the longest on; at least three letters stay.
_ENDING = re.compile(
    "(?<=...)(?:овими|овом|ового|овому|ової|овою|овій|ами|ями|ові|еві|єві|ого|ому|ими|ими|ова|ову|ове|ови|ах|ях|ам|ям|ом|ем|єм"
    "|ою|ею|єю|ій|им|их|ої|ий|ів|їв|а|я|у|ю|і|ї|о|е|є|и|ь|й)$"
)
_VOWELS = frozenset("аеєиіїоуюя")


@cache
def analyser() -> MorphAnalyzer:
    """Takes 0.15 s and 27 MB; loaded once in a process, before its first reader (`newsroom/wsgi.py`)."""
    return MorphAnalyzer(lang="uk")


@lru_cache(maxsize=60_000)
def lexemes(word: str) -> tuple[str, ...]:
    """All lemmas that a folded word may be a form of; none for a stop word.

    Of a word that the dictionary does not know, a name as a rule, the guesses may differ from case to case; its stem,
    marked with ~, is the same in all.
    """
    if word in STOP_WORDS:
        return ()
    if not _is_cyrillic(word):
        return (word.replace("'", ""),)
    found = {key(parse.normal_form) for parse in analyser().parse(word)}
    if not analyser().word_is_known(word):
        found.add(_ENDING.sub("", key(word)) + "~")
    return tuple(sorted(found))


def key(lemma: str) -> str:
    """A lemma as the index keeps it: ґ as г, since many type it so, no apostrophe, and the euphonic в/у, й/і as у and і."""
    lemma = lemma.lower().replace("ґ", "г").replace("'", "").replace("’", "").replace("ʼ", "")
    first, second = lemma[:1], lemma[1:2]
    if second and second not in _VOWELS and second.isalpha():
        if first == "в" and not lemma.startswith(_NOT_EUPHONIC):
            return "у" + lemma[1:]
        if first == "й":
            return "і" + lemma[1:]
    return lemma


def _is_cyrillic(word: str) -> bool:
    return any("\u0400" <= letter <= "\u052f" for letter in word)
