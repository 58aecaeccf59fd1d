"""The words of published texts, to mend a misspelt one by and to complete a beginning.

Neighbours are found as SymSpell does: two words are near each other if they are the same once a letter is left out of
each. A GIN index over those variants answers at once, and needs no extension.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from zlib import crc32

from rapidfuzz.distance import OSA

from articles.models import SearchWord

SHORTEST, LONGEST = 3, 40  # letters of a word that is worth mending
COMPLETED = 60  # words that one beginning stands for at most
_LOOKED_AT = 400  # neighbours compared
_FARTHEST = 2  # letters that may be wrong


def add(words: Iterable[str], edition: str) -> None:
    """Take in the words that are new. They stay: whether readers may see one is asked when it is suggested."""
    wanted = {word for word in words if SHORTEST <= len(word) <= LONGEST and word.replace("'", "").isalpha()}
    known = SearchWord.objects.filter(edition=edition, word__in=wanted).values_list("word", flat=True)
    # In one order, as the editions are (`index`): of two who bring the same words one waits for the other, never each.
    new = sorted(wanted - set(known))
    SearchWord.objects.bulk_create(
        [SearchWord(edition_id=edition, word=word, neighbours=sorted(_variants(word, 1))) for word in new],
        ignore_conflicts=True,
    )


def near(word: str, edition: str) -> list[tuple[int, str]]:
    """Words that a misspelt one may be meant to be, each with the number of wrong letters, the nearest first."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    farthest = 1 if len(word) <= 4 else _FARTHEST
    neighbours = SearchWord.objects.filter(edition=edition, neighbours__overlap=sorted(_variants(word, farthest)))
    found = []
    for other in neighbours.values_list("word", flat=True)[:_LOOKED_AT]:
        distance = OSA.distance(word, other, score_cutoff=farthest)
        if 0 < distance <= farthest:
            found.append((distance, other[0] != word[0], abs(len(other) - len(word)), other))
    return [(distance, other) for distance, *_likeness, other in sorted(found)]


def completing(beginning: str, edition: str) -> list[str]:
    """Words that begin so; the first of them in the order of the alphabet."""
    rows = SearchWord.objects.filter(edition=edition, word__gte=beginning, word__lt=beginning + "\U0010ffff")
    return list(rows.order_by("word").values_list("word", flat=True)[:COMPLETED])


def _variants(word: str, letters: int) -> set[int]:
    """A number for the word, and for each that is left of it without up to `letters` letters."""
    kept = {word}
    for left_out in range(1, letters + 1):
        kept |= {"".join(rest) for rest in combinations(word, len(word) - left_out)}
    return {crc32(variant.encode()) - 2**31 for variant in kept}
