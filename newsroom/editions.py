"""Which edition an address belongs to: its path says it, never the browser's language."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest

from newsroom.models import Edition


class EditionRequest(HttpRequest):
    """A request to a public page, as `EditionByPath` leaves it."""

    edition_code: str
    edition: Edition


def default_edition() -> str:
    return settings.EDITIONS[0]


def prefix(code: str) -> str:
    """The path before every address of an edition: none for the first, "uk/" for the edition `uk`."""
    return "" if code == default_edition() else f"{code}/"


def edition_of_path(path: str) -> str:
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in settings.EDITIONS[1:] else default_edition()


def is_home(path: str) -> bool:
    """Whether an edition's front page stands there, with or without its last slash."""
    return path.strip("/") in {prefix(code).strip("/") for code in settings.EDITIONS}


def load(code: str) -> Edition:
    """The edition with all that surrounds its pages, by one query."""
    return Edition.objects.furnished().get(code=code)


def others(code: str) -> dict[str, str]:
    """The editions beside `code`: code → name of the language."""
    return {other: name for other, name in settings.LANGUAGES if other in settings.EDITIONS and other != code}


def absolute(path: str) -> str:
    """A path of this site as the full address that others may keep; a full address stays what it is."""
    return urljoin(settings.SITE_URL, path)
