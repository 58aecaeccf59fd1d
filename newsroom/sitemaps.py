"""Sitemaps in parts (sitemaps.org 0.9): which addresses search engines may list, and when each last changed.

An app adds its addresses in `AppConfig.ready()`, under the name that their parts get: `sitemaps.add("articles", Articles())`.
A part holds a fixed range of row numbers, so that a new article changes the last part and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import localtime

from newsroom import editions
from newsroom.models import Page

SIZE = 5_000  # rows of a part; the protocol allows 50,000 addresses, and search engines prefer less at a time
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
WITH_LANGUAGES = f'{NAMESPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """One address, when it last changed in a way that readers are told of, and the same page by edition."""

    path: str
    changed_at: datetime | None = None
    counterparts: Mapping[str, str] = field(default_factory=dict)  # code → path, without this one's own edition
    edition: str = ""


class Source:
    """The addresses of one kind: those of the rows that `listed` finds."""

    def changed_at(self, at: datetime) -> Combinable:
        """When a row's page last changed in a way that readers are told of; unknown where nobody keeps that."""
        return Value(None, DateTimeField())

    def listed(self, at: datetime) -> QuerySet[Any, Any]:
        raise NotImplementedError

    def entries(self, row: Any) -> Iterable[Entry]:
        """Those of a row of `listed`, which has its `changed_at` and its `counterpart_rows`."""
        raise NotImplementedError

    def parts(self, at: datetime) -> list[tuple[int, datetime | None]]:
        """The numbers of the parts that are not empty, and when each last changed."""
        rows = self.listed(at).order_by().values(part=F("pk") / SIZE + 1)
        return list(rows.annotate(last=Max(self.changed_at(at))).order_by("part").values_list("part", "last"))

    def part(self, number: int, at: datetime) -> Iterator[Entry]:
        rows = self.listed(at).filter(pk__gte=(number - 1) * SIZE, pk__lt=number * SIZE).order_by("pk")
        for row in rows.annotate(changed_at=self.changed_at(at)).iterator():
            yield from self.entries(row)


class Pages(Source):
    """What editors write, and the pages that every edition has."""

    everywhere = ("home", "translators", "reuse")

    def listed(self, at: datetime) -> QuerySet[Page, Any]:
        return Page.objects.annotate(counterpart_rows=same_slug(Page))

    def entries(self, row: Any) -> Iterable[Entry]:
        yield entry_of(row, "page", row.slug)

    def parts(self, at: datetime) -> list[tuple[int, datetime | None]]:
        return [(1, None), *(part for part in super().parts(at) if part[0] > 1)]

    def part(self, number: int, at: datetime) -> Iterator[Entry]:
        if number == 1:
            for name in self.everywhere:
                yield from in_every_edition(name)
        yield from super().part(number, at)


_sources: dict[str, Source] = {"pages": Pages()}


def add(name: str, source: Source) -> None:
    """List the addresses of `source` in parts of this name from now on."""
    _sources[name] = source


def path_of(edition: str, name: str, *args: str) -> str:
    return reverse(f"site:{name}", args=args, current_app=edition)


def same_slug(model: type[Any]) -> ArraySubquery:
    """The rows that have the slug of the outer query's row in the other editions."""
    others = model._default_manager.filter(slug=OuterRef("slug")).exclude(edition=OuterRef("edition"))
    return ArraySubquery(others.order_by("edition").values(row=JSONObject(edition="edition_id", slug="slug")))


def entry_of(row: Any, name: str, slug: str) -> Entry:
    """The address of a row that stands in one edition, with its `counterpart_rows` in the others."""
    counterparts = {other["edition"]: path_of(other["edition"], name, other["slug"]) for other in row.counterpart_rows}
    return Entry(path_of(row.edition_id, name, slug), row.changed_at, counterparts, row.edition_id)


def in_every_edition(name: str, *args: str) -> Iterator[Entry]:
    """The addresses of a page that every edition has."""
    paths = {code: path_of(code, name, *args) for code in settings.EDITIONS}
    for code, path in paths.items():
        counterparts = {other: other_path for other, other_path in paths.items() if other != code}
        yield Entry(path, None, counterparts, code)


def index(at: datetime) -> str:
    """The list of all parts: one query for each source."""
    rows = [
        f"<sitemap><loc>{_address(reverse('sitemap-part', args=[name, number]))}</loc>{_changed(changed_at)}</sitemap>"
        for name, source in _sources.items()
        for number, changed_at in source.parts(at)
    ]
    return f"{_DECLARATION}<sitemapindex {NAMESPACES}>\n" + "\n".join(rows) + "\n</sitemapindex>\n"


def part(name: str, number: int, at: datetime) -> str | None:
    """A part's addresses by one query; None where there is no such part."""
    rows = [_url(entry) for entry in _sources[name].part(number, at)] if name in _sources else []
    return f"{_DECLARATION}<urlset {WITH_LANGUAGES}>\n" + "\n".join(rows) + "\n</urlset>\n" if rows else None


def moment(at: datetime) -> str:
    """As XML and JSON-LD write it: with the offset of the site's clock."""
    return localtime(at).isoformat(timespec="seconds")


def _url(entry: Entry) -> str:
    return f"<url><loc>{_address(entry.path)}</loc>{_changed(entry.changed_at)}{_languages(entry)}</url>"


def _languages(entry: Entry) -> str:
    if not entry.counterparts:
        return ""
    everywhere = {entry.edition: entry.path, **entry.counterparts}
    default = everywhere.get(editions.default_edition(), entry.path)
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{_address(path)}"/>'
        for code, path in [*everywhere.items(), ("x-default", default)]
    )


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{moment(at)}</lastmod>" if at else ""


def _address(path: str) -> str:
    return escape(editions.absolute(path))
