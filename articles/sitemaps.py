"""The addresses of articles and of their lists for search engines, and the news of the last two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import escape

from articles.models import Article, Contributor, Section, Topic
from newsroom import sitemaps
from newsroom.editions import absolute
from newsroom.machines import XML
from newsroom.sitemaps import Entry, Source, entry_of, in_every_edition, moment, same_slug
from newsroom.surfaces import Shows, surface

NEWS, NEWS_DAYS = 1_000, 2  # what search engines take from a news sitemap


class Articles(Source):
    """Every public article, a retracted one too: whoever looks for it must find that it is retracted."""

    def changed_at(self, at: datetime) -> Combinable:
        """A typo keeps the date of the version before it, so it is nothing to come back for."""
        return Case(When(next__goes_live_at__lte=at, then=F("next__modified_at")), default=F("live__modified_at"))

    def listed(self, at: datetime) -> QuerySet[Article, Any]:
        others = Article.objects.public(at).filter(family=OuterRef("family")).exclude(pk=OuterRef("pk"))
        rows = others.order_by("edition").values(row=JSONObject(edition="edition_id", slug="slug"))
        return Article.objects.public(at).annotate(counterpart_rows=ArraySubquery(rows)).only("edition", "slug")

    def entries(self, row: Any) -> Iterable[Entry]:
        yield entry_of(row, "article", row.slug)


class Subjects(Source):
    """Sections or topics in which there is something to read."""

    def __init__(self, model: type[Section] | type[Topic], name: str) -> None:
        self.model, self.name = model, name

    def listed(self, at: datetime) -> QuerySet[Any, Any]:
        inside = Article.objects.public(at).filter(**{"section" if self.model is Section else "topics": OuterRef("pk")})
        found = self.model._default_manager.filter(Exists(inside))
        return found.annotate(counterpart_rows=same_slug(self.model))

    def entries(self, row: Any) -> Iterable[Entry]:
        yield entry_of(row, self.name, row.slug)


class People(Source):
    def listed(self, at: datetime) -> QuerySet[Contributor, Any]:
        return Contributor.objects.public(at)

    def entries(self, row: Any) -> Iterator[Entry]:
        yield from in_every_edition("person", row.slug)


def add_all() -> None:
    sitemaps.add("sections", Subjects(Section, "section"))
    sitemaps.add("topics", Subjects(Topic, "topic"))
    sitemaps.add("people", People())
    sitemaps.add("articles", Articles())


@surface(Shows.EXTRACT, is_indexed=False)
def news(request: HttpRequest) -> HttpResponse:
    """The articles of the last two days in the form that news search engines read; by one query."""
    at = timezone.now()
    fresh = Article.objects.public(at).filter(published_at__gt=at - timedelta(days=NEWS_DAYS), retracted_at=None)
    newest = fresh.newest_first().with_revisions().select_related("edition")[:NEWS]
    rows = "\n".join(_news(article, at) for article in newest)
    namespaces = f'{sitemaps.NAMESPACES} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {namespaces}>\n{rows}\n</urlset>\n', content_type=XML
    )


def _news(article: Article, at: datetime) -> str:
    revision = article.current(at)
    assert revision  # noqa: S101  (public articles have one)
    assert article.published_at  # noqa: S101
    return (
        f"<url><loc>{escape(absolute(article.get_absolute_url()))}</loc><news:news><news:publication>"
        f"<news:name>{escape(article.edition.name)}</news:name><news:language>{article.edition_id}</news:language>"
        f"</news:publication><news:publication_date>{moment(article.published_at)}</news:publication_date>"
        f"<news:title>{escape(revision.title)}</news:title></news:news></url>"
    )
