"""Feeds and sitemaps: by feedparser, and by schemas that say what each specification asks.

The schemas are ours because no validator of feeds is kept any more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

from audit.pages import FEEDS, SITEMAPS
from audit.visits import Visitor
from benchmarks.measures import Measure

_SCHEMAS = Path(__file__).parent / "schemas"


def measures(site: str) -> Iterator[Measure]:
    reader = Visitor(site)
    bad, wrong = [], []
    for path in FEEDS:
        body = reader.get(path).body
        form = form_of(path)
        wrong += [f"{path}: {trouble}" for trouble in CHECKS[form](body)]
        if form != "json" and (parsed := feedparser.parse(body)).bozo:
            bad.append(f"{path}: {parsed.bozo_exception}")
    maps = list(every_sitemap(reader))
    wrong += [f"{path}: {trouble}" for path, body in maps for trouble in against("sitemap", body)]
    for trouble in bad + wrong:
        sys.stdout.write(f"             {trouble}\n")
    yield Measure(
        "audit.feeds.bozo", f"of {len(FEEDS)} feeds are not well formed to feedparser", len(bad), "count", "<= 0"
    )
    yield Measure(
        "audit.feeds.invalid", f"breaches of their schemas in {len(FEEDS)} feeds and {len(maps)} sitemaps",
        len(wrong), "count", "<= 0",
    )  # fmt: skip


def form_of(path: str) -> str:
    return {"rss": "rss", "json": "json"}.get(path.rstrip("/").rsplit("/", 1)[-1], "atom")


def every_sitemap(reader: Visitor) -> Iterator[tuple[str, bytes]]:
    """The sitemaps of `SITEMAPS`, and those that they name."""
    waiting = list(SITEMAPS)
    while waiting:
        path = waiting.pop()
        answer = reader.get(path)
        if answer.status != 200:
            raise ValueError(f"{path} answers {answer.status}.")
        yield path, answer.body
        named = etree.fromstring(answer.body).findall("{*}sitemap/{*}loc")
        waiting += [(part.text or "").removeprefix(reader.site) for part in named]


@cache
def _schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(_SCHEMAS / f"{name}.rng"))


def against(name: str, body: bytes) -> list[str]:
    """Where the XML is not as the schema says."""
    try:
        document = etree.fromstring(body)
    except etree.XMLSyntaxError as error:
        return [str(error)]
    schema = _schema(name)
    return [] if schema.validate(document) else [str(error.message) for error in schema.error_log]


def json_feed(body: bytes) -> list[str]:
    """Where the JSON is not as JSON Feed 1.1 says."""
    feed: dict[str, Any] = json.loads(body)
    troubles = []
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        troubles.append("version is not that of JSON Feed 1.1")
    if not feed.get("title") or not isinstance(feed.get("items"), list):
        troubles.append("title and items are required")
    for item in feed.get("items", []):
        name = item.get("id")
        if not isinstance(name, str) or not name:
            troubles.append("an item has no id in letters")
        if not (item.get("content_html") or item.get("content_text")):
            troubles.append(f"{name} has no content")
        for field in ("date_published", "date_modified"):
            if field in item and datetime.fromisoformat(item[field]).tzinfo is None:
                troubles.append(f"{name}: {field} names no time zone")
        if any(not author.keys() & {"name", "url", "avatar"} for author in item.get("authors", [])):
            troubles.append(f"{name} has an author without a name")
    identities = [item.get("id") for item in feed.get("items", [])]
    if len(set(identities)) != len(identities):
        troubles.append("two items have one id")
    return troubles


CHECKS = {"atom": lambda body: against("atom", body), "rss": lambda body: against("rss", body), "json": json_feed}
