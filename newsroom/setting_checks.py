"""What values from the environment must be. A wrong one stops the start with a sentence that says how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

_Value = TypeVar("_Value")


def demand_editions(codes: list[str]) -> None:
    if unknown := [code for code in codes if "name_local" not in LANG_INFO.get(code, {})]:
        raise ImproperlyConfigured(
            f"EDITIONS names {', '.join(unknown)}, which is no language’s code. Write the editions as a list such as "
            "EDITIONS=en,uk."
        )
    if not codes or len(set(codes)) != len(codes):
        raise ImproperlyConfigured("EDITIONS must name each edition once, such as EDITIONS=en,uk.")


def demand_site_url(url: str) -> None:
    sentence = "SITE_URL must be the public address of the site, such as https://news.example, without a path."
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ImproperlyConfigured(sentence) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise ImproperlyConfigured(sentence)


def demand_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ImproperlyConfigured("TIME_ZONE must be the name of a time zone, such as Europe/Kyiv or UTC.")


def demand_postgresql(engine: str) -> None:
    if engine != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://: the site runs on PostgreSQL alone.")


def demand_mail_address(url: str) -> None:
    if "://" not in url:
        raise ImproperlyConfigured("EMAIL_URL must be an address such as submission://user:password@mail.example:587.")


def demand_second_factor(whose: str) -> None:
    if whose not in ("publishers", "staff"):
        raise ImproperlyConfigured(
            "SECOND_FACTOR must be publishers (who can publish must have one) or staff (everyone who works here must)."
        )


def demand_this_machine(url: str, *, is_demo: bool) -> None:
    if is_demo and not is_this_machine(url):
        raise ImproperlyConfigured(
            "DEMO=1 has passwords that everyone knows, so it runs on this machine only. Set DEMO=0, or set SITE_URL to "
            "an address such as http://127.0.0.1:8000."
        )


def demand_secret_key(key: str, *, may_be_made: bool) -> None:
    if not key and not may_be_made:
        raise ImproperlyConfigured("SECRET_KEY is missing. Set it to a long random text that nobody else knows.")


def is_this_machine(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def right(name: str, read: Callable[..., _Value], *values: str) -> _Value:
    """What `read` makes of the values; its ValueError becomes the sentence about the setting of this name."""
    try:
        return read(*values)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is wrong: {error}.") from error
