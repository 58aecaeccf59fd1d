"""Writes the index: by a reaction in the transaction that publishes, and for working copies in the one that saves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from articles.models import Article, Contributor, Revision, SearchEntry, SearchWord
from articles.reactions import Event
from articles.search import vocabulary
from articles.search.languages import Lexemes, lexemes
from articles.search.questions import quoted
from articles.search.words import words
from articles.text import policy_text

#: Of one text; a book's worth.
LONGEST = 300_000
#: PostgreSQL keeps at most a megabyte of lexemes and places in a row, and at most 256 places of a lexeme.
_ROOM, _OVERHEAD = 700_000, 8
_LAST_POSITION = 16_383  # PostgreSQL counts no further
_BETWEEN_FIELDS = 8  # a phrase does not reach from one field into the next


@dataclass(frozen=True, slots=True)
class Field:
    text: str
    weight: str  # A title · B names and the original · C standfirst · D body


def react(event: Event) -> None:
    """Have the index say what readers see from now on, and from the scheduled moment on."""
    rewrite([event.article.pk])


@transaction.atomic
def rewrite(numbers: Sequence[int]) -> None:
    """Write the entries of these articles anew, whatever was there."""
    articles = Article.objects.filter(pk__in=numbers).select_related("live", "next", "original__source")
    entries: list[SearchEntry] = []
    fields: dict[int, list[Field]] = {}
    names = _names(revision for article in articles for revision in (article.live, article.next) if revision)
    for article in articles:
        for entry in [*_public(article), *_working_copy(article)]:
            fields[len(entries)] = _fields(entry, names)
            entries.append(entry)
    _fill(entries, fields)
    SearchEntry.objects.filter(article__in=numbers).delete()
    SearchEntry.objects.bulk_create(entries)


@transaction.atomic
def rewrite_working_copy(article: Article) -> None:
    """Write the entry of the working copy anew; there is none where readers see the same words."""
    entries = _working_copy(article)
    _fill(entries, {number: _fields(entry, {}) for number, entry in enumerate(entries)})
    SearchEntry.objects.filter(article=article, revision__isnull=True).delete()
    SearchEntry.objects.bulk_create(entries)


def _public(article: Article) -> list[SearchEntry]:
    """One entry for each revision that readers see or will see. What was taken down is not found."""
    if article.taken_down_at or not article.published_at:
        return []
    ends = article.next.goes_live_at if article.next else None
    found = []
    for revision, until in ((article.live, ends), (article.next, None)):
        if revision:
            people = sorted({credit["person"] for credit in revision.credits})
            found.append(
                SearchEntry(
                    article=article, revision=revision, edition_id=article.edition_id, people=people,
                    published_at=article.published_at, since=revision.goes_live_at, until=until,
                )
            )  # fmt: skip
    return found


def _working_copy(article: Article) -> list[SearchEntry]:
    public = None if article.taken_down_at else article.next or article.live
    words = (article.title, article.standfirst, article.body)
    if not any(words) or (public and words == (public.title, public.standfirst, public.body)):
        return []
    return [SearchEntry(article=article, edition_id=article.edition_id)]


def _fields(entry: SearchEntry, names: dict[int, list[str]]) -> list[Field]:
    article, revision = entry.article, entry.revision
    if revision is None:
        original = article.original
        told = [original.title, original.author, original.source.name if original.source else ""] if original else []
        return [
            Field(article.title, "A"), *(Field(text, "B") for text in told), Field(article.standfirst, "C"),
            Field(policy_text(article.body), "D"),
        ]  # fmt: skip
    shown = revision.original_as_shown or {}
    told = [shown.get("title", ""), shown.get("author", ""), (shown.get("source") or {}).get("name", "")]
    people = [credit["name"] for credit in revision.credits]
    others = [name for person in entry.people for name in names.get(person, []) if name not in people]
    return [
        Field(revision.title, "A"), *(Field(text, "B") for text in (*people, *others, *told)),
        Field(revision.standfirst, "C"), Field(revision.text, "D"),
    ]  # fmt: skip


def _names(revisions: Iterable[Revision]) -> dict[int, list[str]]:
    """All names of those whom the revisions credit, so that they are found however another edition writes them."""
    wanted = {credit["person"] for revision in revisions for credit in revision.credits}
    found: dict[int, list[str]] = defaultdict(list)
    for person in Contributor.objects.filter(pk__in=wanted).prefetch_related("names"):
        found[person.pk] = [person.name, *(other.name for other in person.names.all())]
    return found


def _fill(entries: list[SearchEntry], fields: dict[int, list[Field]]) -> None:
    """Give each entry its vector, and the vocabulary the words of those that readers see or will see."""
    read = {
        number: [(field.weight, words(field.text[:LONGEST])) for field in group] for number, group in fields.items()
    }
    for edition in sorted({entry.edition_id for entry in entries}):
        mine = [number for number, entry in enumerate(entries) if entry.edition_id == edition]
        known = lexemes(_all(read[number] for number in mine), edition)
        for number in mine:
            entries[number].vector = vector(read[number], known)
        vocabulary.add(_all(read[number] for number in mine if entries[number].revision), edition)


def _all(texts: Iterable[list[tuple[str, list[str]]]]) -> set[str]:
    return {word for fields in texts for _weight, found in fields for word in found}


def vector(fields: Iterable[tuple[str, list[str]]], known: Lexemes) -> str:
    """A tsvector in PostgreSQL's notation: every lexeme of a word at the word's place. The fields are (weight, words).

    What no longer fits into a row is left out: the end of a text with more different words than any language has.
    """
    places: dict[str, list[str]] = defaultdict(list)
    position = size = 0
    for weight, found in fields:
        for word in found:
            position = min(position + 1, _LAST_POSITION)
            for lexeme in known[word]:
                if lexeme not in places:
                    size += len(lexeme.encode()) + _OVERHEAD
                if size < _ROOM:
                    places[lexeme].append(f"{position}{weight}")
        position = min(position + _BETWEEN_FIELDS, _LAST_POSITION)
    return " ".join(f"{quoted(lexeme)}:{','.join(at)}" for lexeme, at in places.items())


def words_of(revision: Revision) -> set[str]:
    """The words that a version brings into the vocabulary."""
    shown = revision.original_as_shown or {}
    told = [shown.get("title", ""), shown.get("author", ""), (shown.get("source") or {}).get("name", "")]
    names = [credit["name"] for credit in revision.credits]
    return set(words(" ".join([revision.title, *names, *told, revision.standfirst, revision.text])))


def forget(gone: Iterable[str], edition: str) -> None:
    """Take those words out of the vocabulary that no text of the edition has any more."""
    unknown = []
    for word, found in lexemes(gone, edition).items():
        query = " & ".join(quoted(lexeme) for lexeme in found)
        if query and not SearchEntry.objects.in_edition(edition).matching(query).exists():
            unknown.append(word)
    SearchWord.objects.filter(edition=edition, word__in=unknown).delete()


# --- What was published before there was an index ---


def missing() -> QuerySet[Article]:
    """What has words and no entry, in whatever state it is."""
    wordless = {"title": "", "standfirst": "", "body": ""}
    return Article.objects.filter(search_entries__isnull=True).exclude(**wordless)


def write_next(count: int, *, after: int, everything: bool = False) -> int | None:
    """Index the next `count` articles after the number `after`, in one short transaction.

    Returns the last one's number, None where there are no more. `everything` takes those that have entries too.
    """
    return _write_first(Article.objects.all() if everything else missing(), count, after)


def write_next_of(person: int, count: int, *, after: int) -> int | None:
    """The same for the articles that credit a contributor, whose names may have changed."""
    mine = SearchEntry.objects.naming(person).values("article")
    return _write_first(Article.objects.filter(pk__in=mine), count, after)


def _write_first(articles: QuerySet[Article], count: int, after: int) -> int | None:
    numbers = list(articles.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:count])
    if not numbers:
        return None
    with transaction.atomic():  # an action on one of them waits, and then writes what it knows
        rewrite(
            list(Article.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True))
        )
    return numbers[-1]


def refresh_statistics() -> None:
    """Have the planner know the new rows at once, not when the database comes round to it."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {SearchEntry._meta.db_table}")
