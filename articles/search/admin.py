"""Finding articles in the admin: by the same index, published and drafts alike, in all editions at once."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet

from articles.models import Article, Contributor, ContributorName, Credit, SearchEntry
from articles.search.plans import by_index
from articles.search.questions import LONGEST, read, understand
from articles.search.words import words

FOUND = 1_000  # articles; whoever looks for one writes another word
_MOST_WORDS = 10  # of a name


def narrowed(articles: QuerySet[Article], text: str) -> QuerySet[Article]:
    """Those of `articles` that have the words, of whatever version or working copy, or the address, or that person.

    The last word may be a beginning, since editors look for what they know by its first letters. A question that is too
    long to ask finds nothing.
    """
    if len(text) > LONGEST:
        return articles.none()
    questions = [read(text), *([read(text + "*")] if text[-1:].isalnum() else [])]
    numbers: set[int] = set()
    with by_index():
        for edition in settings.EDITIONS:
            meanings = [understand(question, edition, in_drafts=True).tsquery for question in questions]
            if tsquery := " | ".join(f"({meaning})" for meaning in meanings if meaning):
                entries = SearchEntry.objects.in_edition(edition).matching(tsquery)
                numbers.update(entries.order_by("-pk").values_list("article_id", flat=True)[:FOUND])
    wanted = Q(pk__in=numbers) | Q(slug=text.strip().lower())
    if people := _people(text):
        wanted |= Q(pk__in=Credit.objects.filter(contributor__in=people).values("article"))
    return articles.filter(wanted)


def _people(text: str) -> list[int]:
    """Those with the words in a name of theirs: a working copy's credits are not in the index."""
    asked = list(dict.fromkeys(words(text)))[:_MOST_WORDS]
    people = Contributor.objects.all()
    for word in asked:
        others = ContributorName.objects.filter(name__icontains=word)
        people = people.filter(Q(name__icontains=word) | Q(pk__in=others.values("contributor")))
    return list(people.values_list("pk", flat=True)[:20]) if asked else []
