"""What a line of a web server's log says about reading: which page was opened, when, and from which site.

Understood are nginx's `combined` format (Apache's too) and lines of JSON with nginx's own names for the fields.
"""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from crawleruseragents import is_crawler
from django.conf import settings
from publicsuffixlist import PublicSuffixList

from articles.models.reads import OWN_SITE

_COMBINED = re.compile(
    r'\S+ \S+ [^\[]{0,256}\[([^\]]{20,40})\] "([A-Z]{3,10}) (\S+) HTTP/[0-9.]+" ([0-9]{3}) \S+'
    r' "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"'
)
#: The names that nginx gives the fields of a line, and those by which people often rename them.
_NAMES = {
    "at": ("time_iso8601", "time_local", "msec", "time", "timestamp"),
    "method": ("request_method", "method"),
    "target": ("request_uri", "uri", "path"),
    "status": ("status",),
    "referrer": ("http_referer", "referer", "referrer"),
    "agent": ("http_user_agent", "user_agent", "agent"),
    "purpose": ("http_sec_purpose", "sec_purpose", "http_purpose"),
}
_OPENED = (200, 304)  # 304: the reader's browser has the page, and it was opened again


class Unreadable(ValueError):
    """The line is in no format that we know."""


@dataclass(frozen=True, slots=True)
class Request:
    at: datetime
    method: str
    target: str
    status: int
    referrer: str
    agent: str
    purpose: str = ""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def opens_a_page(self) -> bool:
        """Whether a page came to somebody: not asked about (HEAD), redirected, refused, or fetched in advance."""
        return self.method == "GET" and self.status in _OPENED and "prefetch" not in self.purpose

    def is_from_a_program(self) -> bool:
        return is_program(self.agent)

    def referring_site(self) -> str:
        return referring_site(self.referrer)


def read(line: str) -> Request:
    """Raises Unreadable."""
    try:
        return _of_json(json.loads(line)) if line.startswith("{") else _of_combined(line)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Unreadable from error


def _of_combined(line: str) -> Request:
    found = _COMBINED.match(line)
    if not found:
        raise Unreadable
    at, method, target, status, referrer, agent = found.groups()
    return Request(_moment(at), method, target, int(status), referrer, agent)


def _of_json(row: dict[str, Any]) -> Request:
    found = {field: next((str(row[name]) for name in names if row.get(name)), "") for field, names in _NAMES.items()}
    if not found["method"]:
        found["method"], found["target"], _protocol = str(row.get("request", "")).split(" ")
    status = int(found.pop("status"))
    return Request(_moment(found.pop("at")), status=status, **found)


def _moment(text: str) -> datetime:
    """As nginx writes it: 24/Nov/2026:12:00:00 +0200, 2026-11-24T12:00:00+02:00, or seconds since 1970."""
    if "/" in text:
        return datetime.strptime(text, "%d/%b/%Y:%H:%M:%S %z")
    if text.replace(".", "", 1).isdecimal():
        return datetime.fromtimestamp(float(text), UTC)
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise Unreadable
    return at


@lru_cache(maxsize=4096)
def is_program(agent: str) -> bool:
    """Whether a kept list of robots, crawlers and tools knows the name; who gives none is one too."""
    return agent in ("", "-") or is_crawler(agent)


@lru_cache(maxsize=4096)
def referring_site(address: str) -> str:
    """The registered name of the site, such as example.co.uk; "" for none or for what is not a public site."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or len(host) > 253:
        return ""
    if host in _own_hosts():
        return OWN_SITE
    if not re.fullmatch(r"[\w.-]+", host) or _is_address(host):
        return ""
    site = _suffixes().privatesuffix(host) or ""
    return OWN_SITE if site and site in _own_hosts() else site


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.rsplit(".", 1)[-1].isdecimal()
    return True


@cache
def _own_hosts() -> frozenset[str]:
    """The hosts of this site, and the registered name above the first."""
    hosts = {urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS}
    return frozenset(hosts | {_suffixes().privatesuffix(host) or host for host in hosts if not _is_address(host)})


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
