"""Finding articles in the admin: by the same index, published and drafts alike, in all editions at once."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F, Q, QuerySet, Value

from articles.models import Article, Contributor, ContributorName, Credit, SearchEntry
from articles.models.search import AnyOf, SearchEntryQuerySet
from articles.search.plans import by_index
from articles.search.questions import LONGEST, read, understand
from articles.search.words import words

FOUND = 500  # articles in an edition; whoever looks for one writes another word
_LATEST = 5_000  # entries among which a common word is sought first, so that not all of its hits have to be sorted
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
    latest = list(SearchEntry.objects.order_by("-pk").values_list("pk", flat=True)[_LATEST : _LATEST + 1])
    with by_index():
        for edition in settings.EDITIONS:
            meanings = [understand(question, edition, in_drafts=True).tsquery for question in questions]
            if tsquery := " | ".join(f"({meaning})" for meaning in meanings if meaning):
                entries = SearchEntry.objects.in_edition(edition).matching(tsquery)
                numbers.update(_newest(entries, latest))
    numbers.update(Article.objects.filter(slug=text.strip().lower()).values_list("pk", flat=True))
    wanted = Q(AnyOf(F("pk"), Value(sorted(numbers))))
    if people := _people(text):
        wanted |= Q(pk__in=Credit.objects.filter(contributor__in=people).values("article"))
    return articles.filter(wanted)


def _newest(entries: SearchEntryQuerySet, latest: list[int]) -> list[int]:
    """The articles of the newest entries: sought behind the number in `latest`, and only then among all.

    The sum keeps the planner from the index of numbers: it would look into the vector of each entry found there.
    """
    found = entries.alias(number=F("pk") + 0).order_by("-pk").values_list("article_id", flat=True)
    recent = list(found.filter(number__gt=latest[0])[:FOUND]) if latest else []
    return recent if len(recent) == FOUND else list(found[:FOUND])


def _people(text: str) -> list[int]:
    """Those with the words in a name of theirs: a working copy's credits are not in the index."""
    asked = list(dict.fromkeys(words(text)))[:_MOST_WORDS]
    people = Contributor.objects.all()
    for word in asked:
        others = ContributorName.objects.filter(name__icontains=word)
        people = people.filter(Q(name__icontains=word) | Q(pk__in=others.values("contributor")))
    return list(people.values_list("pk", flat=True)[:20]) if asked else []
