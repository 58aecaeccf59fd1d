"""The kinds of pages that readers land on, by Lighthouse: a slow phone on a slow line, the median of five visits.

What keeps the figure still: Lighthouse computes the line and the phone from one quick visit instead of waiting for
them; one browser serves all visits, after a visit that does not count; the median of five passes over a visit that
something else disturbed. The measure says how busy the machine was when it began: above half of its cores, wait and
measure again before believing a figure for speed.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterator
from typing import Any

from audit import tools
from audit.pages import PUBLIC, Page
from benchmarks.measures import Measure

RUNS = 5
GOALS = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
#: Lines of robots.txt that state rights, which Lighthouse does not know.
RIGHTS = ("content-signal:", "content-usage:", "license:", "tdm")


def measures(site: str) -> Iterator[Measure]:
    pages = {site + page.path: page for page in PUBLIC if page.is_timed}
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    lowest = dict.fromkeys(GOALS, (101.0, ""))
    for row in tools.node("lighthouse.mjs", str(RUNS), *pages):
        page = pages[row["address"]]
        points = judged(page, row["visits"])
        shown = "  ".join(f"{points[name]:3.0f} {name}" for name in GOALS)
        sys.stdout.write(f"             {shown}  {page.kind}\n")
        for name in GOALS:
            lowest[name] = min(lowest[name], (points[name], page.kind))
    for name, (value, kind) in lowest.items():
        what = f"Lighthouse on a phone, lowest of {len(pages)} kinds of pages ({kind})"
        if name == "performance":
            what += f"; median of {RUNS} visits, machine {load:.0%} busy before"
        yield Measure(
            f"audit.lighthouse.{name.replace('-', '_')}", what, round(value, 1), "points", f">= {GOALS[name]}"
        )


def judged(page: Page, visits: list[dict[str, Any]]) -> dict[str, float]:
    """Points of 100 by category; what costs points is said."""
    first = {category["id"]: category for category in visits[0]["categories"]}
    points = {name: 100 * score(category["audits"], page) for name, category in first.items()}
    speeds = [visit["categories"][0]["score"] * 100 for visit in visits]
    points["performance"] = statistics.median(speeds)
    for name, goal in GOALS.items():
        if points[name] < goal:
            for audit in first[name]["audits"]:
                if audit["score"] is not None and audit["score"] < 1 and not is_meant(audit, page):
                    items = "" if name == "performance" else str(audit["items"])[:300]
                    sys.stdout.write(f"             {page.kind}: {audit['id']} {audit['shown']} {items}\n")
            if name == "performance":
                sys.stdout.write(f"             {page.kind}: visits {' '.join(f'{speed:.0f}' for speed in speeds)}\n")
    return points


def score(audits: list[dict[str, Any]], page: Page) -> float:
    """The weighted mean, as Lighthouse makes it, without what is meant to be as it is."""
    counted = [audit for audit in audits if audit["score"] is not None and not is_meant(audit, page)]
    weights = sum(audit["weight"] for audit in counted)
    return float(sum(audit["score"] * audit["weight"] for audit in counted) / weights) if weights else 1.0


def is_meant(audit: dict[str, Any], page: Page) -> bool:
    """Forms are kept from search engines on purpose, and robots.txt states rights."""
    if audit["id"] == "is-crawlable":
        return not page.is_indexed
    lines = [str(item.get("line", "")).strip().lower() for item in audit["items"]]
    return audit["id"] == "robots-txt" and bool(lines) and all(line.startswith(RIGHTS) for line in lines)
