"""The addresses of the log of corrections for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from corrections.models import Correction
from newsroom import sitemaps
from newsroom.sitemaps import Entry, Source, in_every_edition, path_of


class Corrections(Source):
    """The log of each edition, and every correction that readers were told of."""

    def changed_at(self, at: datetime) -> Combinable:
        return F("revision__goes_live_at")

    def listed(self, at: datetime) -> QuerySet[Correction, Any]:
        told = Correction.objects.public(at).without_typos()
        return told.select_related("article").only("article__edition")

    def entries(self, row: Any) -> Iterator[Entry]:
        code = row.article.edition_id
        yield Entry(path_of(code, "correction", row.pk), row.changed_at, {}, code)

    def parts(self, at: datetime) -> list[tuple[int, datetime | None]]:
        found = super().parts(at)
        return found if found and found[0][0] == 1 else [(1, None), *found]

    def part(self, number: int, at: datetime) -> Iterator[Entry]:
        if number == 1:
            yield from in_every_edition("corrections")
        yield from super().part(number, at)


def add_all() -> None:
    sitemaps.add("corrections", Corrections())
