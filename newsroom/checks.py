"""System checks: what would make a running site wrong in a way that nobody sees at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections


@checks.register(checks.Tags.database)
def check_case_folding(databases: Sequence[str] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Search and unique names need a database that knows more letters than a to z."""
    found: list[checks.CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT lower('Ї')")
            (folded,) = cursor.fetchone()
        if folded != "ї":
            found.append(
                checks.Error(
                    "The database does not fold Cyrillic letters: lower('Ї') is not 'ї'.",
                    hint="Create the database anew: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' "
                    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' (PostgreSQL 17 and up), "
                    "or with any UTF-8 locale.",
                    id="newsroom.E001",
                )
            )
    return found


@checks.register(checks.Tags.security, deploy=True)
def check_site_url(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        checks.Warning(
            "SITE_URL does not begin with https://.",
            hint="Set SITE_URL to the public address of the site, such as https://news.example.",
            id="newsroom.W001",
        )
    ]


def refuse_wrong_database() -> None:
    """Stop a starting web server with a sentence where settings and database do not fit.

    A database that is away is no reason: it may come back, and until then pages say so.
    """
    try:
        found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    except DatabaseError:
        return
    if errors := [f"{message.msg} {message.hint}" for message in found if message.is_serious()]:
        sys.exit("\n".join(errors))
