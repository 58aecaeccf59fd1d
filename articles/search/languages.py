"""From words to lexemes in the language of an edition: by PostgreSQL's dictionaries, Ukrainian by our own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from django.db import connection

from articles.search import ukrainian

Lexemes = Mapping[str, tuple[str, ...]]

#: The stemmers that every PostgreSQL brings along.
_DICTIONARIES = {
    "ar": "arabic_stem", "ca": "catalan_stem", "da": "danish_stem", "de": "german_stem", "el": "greek_stem",
    "en": "english_stem", "es": "spanish_stem", "eu": "basque_stem", "fi": "finnish_stem", "fr": "french_stem",
    "ga": "irish_stem", "hi": "hindi_stem", "hu": "hungarian_stem", "hy": "armenian_stem", "id": "indonesian_stem",
    "it": "italian_stem", "lt": "lithuanian_stem", "ne": "nepali_stem", "nl": "dutch_stem", "no": "norwegian_stem",
    "pt": "portuguese_stem", "ro": "romanian_stem", "ru": "russian_stem", "sr": "serbian_stem", "sv": "swedish_stem",
    "ta": "tamil_stem", "tr": "turkish_stem", "yi": "yiddish_stem",
}  # fmt: skip
_KEPT = 60_000  # words whose lexemes a process remembers
_remembered: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()
_lock = Lock()


def lexemes(words: Iterable[str], language: str) -> Lexemes:
    """The lexemes of folded words; none for a stop word. At most one query, and none for words met before."""
    wanted = set(words)
    if language == "uk":
        return {word: ukrainian.lexemes(word) for word in wanted}
    with _lock:
        found = {word: _remembered[language, word] for word in wanted if (language, word) in _remembered}
    if unknown := sorted(wanted - found.keys()):
        asked = _asked(unknown, _DICTIONARIES.get(language, "simple"))
        found |= asked
        with _lock:
            _remembered.update({(language, word): known for word, known in asked.items()})
            while len(_remembered) > _KEPT:
                _remembered.popitem(last=False)
    return found


def _asked(words: list[str], dictionary: str) -> dict[str, tuple[str, ...]]:
    statement = "SELECT word, ts_lexize(%s::regdictionary, word) FROM unnest(%s::text[]) AS word"
    with connection.cursor() as cursor:
        cursor.execute(statement, [dictionary, words])
        return {word: tuple(lexeme.replace("'", "") for lexeme in found or ()) for word, found in cursor.fetchall()}


def load(languages: Iterable[str]) -> None:
    """Have ready what takes a moment to load, so that no reader waits for it."""
    if "uk" in languages:
        ukrainian.lexemes("слово")
