"""System checks of what the settings say about articles that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections
from django.db.models import Count

from articles.models import Article


@checks.register(checks.Tags.database)
def check_no_edition_is_lost(databases: Sequence[str] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """An edition that has articles stays: readers hold their addresses, and so do the other editions' pages."""
    found: list[checks.CheckMessage] = []
    for alias in databases or []:
        if Article._meta.db_table not in connections[alias].introspection.table_names():
            continue  # before the first migration
        lost = Article.objects.using(alias).exclude(edition__in=settings.EDITIONS).order_by("edition")
        for row in lost.values("edition").annotate(articles=Count("pk")):
            code, number = row["edition"], row["articles"]
            found.append(
                checks.Error(
                    f"EDITIONS no longer names {code}, and that edition has articles: {number}.",
                    hint=f"Write EDITIONS={','.join([*settings.EDITIONS, code])} again. Only an edition without articles "
                    "can be taken away.",
                    id="articles.E001",
                )
            )
    return found
