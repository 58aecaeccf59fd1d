"""What reading costs: bytes, requests, cookies, questions to the database, and time."""

from __future__ import annotations

import statistics
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from benchmarks import site
from benchmarks.browsers import chromium
from benchmarks.measures import Measure

ARTICLE = "/articles/salt-marsh/"  # about 900 words in English
PAGES = [
    "/",
    ARTICLE,
    "/sections/society/",
    "/topics/law/",
    "/people/ruth-calder/",
    "/translators/",
    "/about/",
    "/reuse/",
]
KINDS = {"Document", "Stylesheet", "Script"}


def measures() -> Iterator[Measure]:
    with site.running() as address:
        seen = [visit for path in PAGES for visit in visits(address + path)]
        weight = sum(visit["bytes"] for visit in seen if visit["page"].endswith(ARTICLE) and visit["kind"] in KINDS)
        host = urlsplit(address).netloc
        elsewhere = [visit["url"] for visit in seen if urlsplit(visit["url"]).netloc != host]
        yield Measure(
            "reading.article_weight", "HTML, CSS and JavaScript of a 900-word article, compressed", weight / 1000, "kB",
            "<= 40",
        )  # fmt: skip
        yield Measure(
            "reading.other_hosts", f"requests to other hosts on {len(PAGES)} pages", len(elsewhere), "count", "<= 0"
        )
        yield Measure("reading.cookies", f"cookies after {len(PAGES)} pages", cookies(address), "count", "<= 0")
        times = [milliseconds(address + ARTICLE) for _round in range(60)][10:]
        yield Measure(
            "reading.article_time", "an article, one reader at a time, median", statistics.median(times), "ms", "<= 50"
        )


def visits(url: str) -> Iterator[dict[str, Any]]:
    """Every request that a page makes in a fresh browser: its address, kind and bytes as transferred."""
    with chromium() as browser:
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        found: dict[str, dict[str, Any]] = {}

        def begin(event: dict[str, Any]) -> None:
            found[event["requestId"]] = {
                "page": url, "url": event["request"]["url"], "kind": event.get("type", ""), "bytes": 0,
            }  # fmt: skip

        def end(event: dict[str, Any]) -> None:
            found[event["requestId"]]["bytes"] = event["encodedDataLength"]

        session.on("Network.requestWillBeSent", begin)
        session.on("Network.loadingFinished", end)
        page.goto(url, wait_until="networkidle")
        yield from found.values()


def cookies(address: str) -> int:
    with chromium() as browser:
        context = browser.new_context()
        page = context.new_page()
        for path in PAGES:
            page.goto(address + path)
        return len(context.cookies())


def milliseconds(url: str) -> float:
    begun = time.perf_counter()
    urllib.request.urlopen(url, timeout=10).read()
    return (time.perf_counter() - begun) * 1000
