from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Subquery, Value
from django.utils.translation import gettext_lazy as _


class Head(Func):
    """The part of a search vector that stands for title, names and standfirst: all but the body's weight D.

    It has an index of its own, so that what is in a title is found among any number of texts that only mention it.
    """

    template = "ts_filter(%(expressions)s, '{a,b,c}')"
    arity = 1
    output_field = SearchVectorField()


class Tsquery(SearchQuery):
    """A query in PostgreSQL's own notation, whose lexemes no dictionary changes any more."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s::tsquery", [self.text]


class _AnyOf(Func):
    arg_joiner = " = ANY("
    template = "(%(expressions)s))"
    output_field = models.BooleanField()


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def public(self, at: datetime) -> Self:
        """Entries of what readers see at `at`; an entry of a working copy has no such time."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)

    def in_edition(self, code: str) -> Self:
        return self.filter(edition=code)

    def matching(self, tsquery: str) -> Self:
        return self.filter(vector=Tsquery(tsquery))

    def matching_head(self, tsquery: str) -> Self:
        return self.alias(head=Head("vector")).filter(head=Tsquery(tsquery))

    def naming(self, person: int) -> Self:
        """Entries of texts that credit the contributor of this number, found by the index of people."""
        return self.filter(people__contains=[person])

    def among_found_naming(self, person: int) -> Self:
        """The same where words have found the entries: written so that the planner looks at them, not at that index."""
        return self.alias(is_named=_AnyOf(Value(person), F("people"))).filter(is_named=True)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-article_id")

    def behind(self, number: int, at: datetime) -> Self:
        """What comes after the article `number`, which readers see at `at`, when the newest come first."""
        moment = Subquery(SearchEntry.objects.public(at).filter(article=number).values("published_at")[:1])
        return self.filter(Q(published_at__lt=moment) | Q(published_at=moment, article__lt=number))


class SearchEntry(models.Model):
    """The words of one text by which it is found: of a revision from `since` until `until`, or of a working copy.

    The date is compared when somebody searches, as everywhere: a scheduled text is found from its moment on.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="search_entries")
    revision = models.OneToOneField("articles.Revision", on_delete=models.CASCADE, null=True, related_name="+")
    edition = models.ForeignKey("newsroom.Edition", on_delete=models.CASCADE, related_name="+", db_index=False)
    published_at = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    people = ArrayField(models.BigIntegerField(), default=list)
    vector = SearchVectorField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(revision__isnull=True), name="search_entry_one_working_copy"
            ),
            models.CheckConstraint(
                condition=Q(revision__isnull=True, since__isnull=True, published_at__isnull=True)
                | Q(revision__isnull=False, since__isnull=False, published_at__isnull=False),
                name="search_entry_public_iff_of_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="search_entry_ends_after_it_begins"
            ),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_by_word"),
            GinIndex(Head("vector"), name="search_entry_by_word_of_head"),
            GinIndex(fields=["people"], name="search_entry_by_person"),
            models.Index(F("edition"), F("published_at").desc(), name="search_entry_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.revision or '…'}"


class SearchWord(models.Model):
    """A word that stands in some published or scheduled text, for suggestions; never shown before it has public hits."""

    edition = models.ForeignKey("newsroom.Edition", on_delete=models.CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=60, db_collation="C")
    neighbours = ArrayField(models.IntegerField())  # a number for the word and for each of it without one letter

    class Meta:
        verbose_name = _("word of the search index")
        verbose_name_plural = _("words of the search index")
        constraints = [models.UniqueConstraint(fields=["edition", "word"], name="search_word_once_in_an_edition")]
        indexes = [GinIndex(fields=["neighbours"], name="search_word_by_neighbour")]

    def __str__(self) -> str:
        return self.word
