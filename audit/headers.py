"""Every kind of page, errors and feeds too, by Mozilla's HTTP Observatory."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from audit import tools
from audit.failures import failing
from audit.pages import EVERY, FEEDS, SIGNED_IN
from audit.visits import Visitor
from benchmarks.measures import Measure

GOAL = 125
GOAL_OF_FEEDS = 120  # what is meant for other sites says so, for which the Observatory gives no ten points


def measures(site: str) -> Iterator[Measure]:
    with failing() as failures:
        expected = {site + page.path: page.status for page in EVERY}
        expected |= {address + page.path: page.status for page, address in failures.items()}
        pages = grades(expected)
        somebody = Visitor(site)
        somebody.sign_in("editor")
        pages |= grades({site + page.path: page.status for page in SIGNED_IN}, cookies=somebody.cookies())
        feeds = grades({site + path: 200 for path in FEEDS}, goal=GOAL_OF_FEEDS)
        admin = grades({f"{site}/admin/": 200})
    lowest, shared, staff = min(pages.values()), min(feeds.values()), min(admin.values())
    yield Measure(
        "audit.observatory",
        f"Observatory’s points, lowest of {len(pages)} kinds of pages",
        lowest,
        "points",
        f">= {GOAL}",
    )
    yield Measure(
        "audit.observatory_feeds",
        f"the same of {len(feeds)} feeds, which other sites may load",
        shared,
        "points",
        f">= {GOAL_OF_FEEDS}",
    )
    yield Measure("audit.observatory_door", "the same of the way into the admin", staff, "points", f">= {GOAL}")


def grades(expected: dict[str, int], *, goal: int = GOAL, cookies: str = "") -> dict[str, float]:
    """The points of each address; those under the goal are said."""
    found: dict[str, float] = {}
    for grade in tools.node("observatory.mjs", *expected, COOKIES=cookies):
        address, score = grade["address"], grade["score"]
        if grade["status"] != expected[address]:
            raise tools.CannotAudit(f"{address} answers {grade['status']}, not {expected[address]}.")
        found[address] = score
        if score < goal:
            sys.stdout.write(f"             {score} {address}: {', '.join(grade['results'])}\n")
    return found
