"""What the queue of readers' reports costs an editor: whole answers of a running site, with 100,000 reports."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from benchmarks import site
from benchmarks.measures import Measure
from benchmarks.search import session_of_the_editor
from newsroom import database

REPORTS = 100_000
WRITTEN = 1  # grows when what is written changes
ROUNDS, WARM = 20, 3
QUEUE = "/admin/corrections/report/"


def measures() -> Iterator[Measure]:
    address_of_reports = _ready()
    with site.running(address_of_reports) as address:
        cookie = session_of_the_editor(address_of_reports)
        page = _timed(lambda: _get(f"{address}{QUEUE}", cookie))
        yield Measure(
            "corrections.queue_page", f"the queue with {REPORTS:,} reports, its first page", page, "ms", "<= 300"
        )
        following = _older(_get(f"{address}{QUEUE}", cookie))
        older = _timed(lambda: _get(f"{address}{QUEUE}{following}", cookie))
        yield Measure("corrections.queue_page_older", "the same, its second page", older, "ms", "<= 300")
        decided = _timed(lambda: _get(f"{address}{QUEUE}?state=decided", cookie))
        yield Measure("corrections.queue_decided", "what was decided last, of 20,000", decided, "ms", "<= 300")
        figures = _timed(lambda: _get(f"{address}{QUEUE}figures/", cookie))
        yield Measure("corrections.figures", "the figures of the last half year", figures, "ms", "<= 1000")
        accept = statistics.median(_accept(address, cookie))
        yield Measure(
            "corrections.accept", "accepting a report on an article of 2,000 words where 30 others wait, the whole answer",
            round(accept, 1), "ms", "<= 150",
        )  # fmt: skip


def _accept(address: str, cookie: str) -> Iterator[float]:
    """Press Apply on one report of the long article after the other, as the page has it."""
    with psycopg.connect(database.address(site.KIND, _name())) as server:
        (article,) = server.execute(
            "SELECT article_id FROM articles_revision WHERE number > 1 ORDER BY id LIMIT 1"
        ).fetchone()  # type: ignore[misc]
        server.execute(
            "UPDATE corrections_report SET status = 'open', decided_at = NULL WHERE article_id = %s", [article]
        )
    for number in range(10):
        page = _get(f"{address}{QUEUE}?article={article}", cookie)
        card = page[page.index('data-key="a"') - 1500 : page.index('data-key="a"')]
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', card))
        action = re.findall(r'formaction="([^"]+/apply/)"', card + page[page.index('data-key="a"') :])[0]
        request = urllib.request.Request(
            f"{address}{action}",
            data=urlencode(fields).encode(),
            headers={"Cookie": f"{cookie}; {_token_cookie(fields)}", "Referer": f"{address}{QUEUE}"},
        )
        begun = time.perf_counter()
        status = _status(request)
        took = (time.perf_counter() - begun) * 1000
        assert status == 302, status
        if number >= WARM:
            yield took


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def _status(request: urllib.request.Request) -> int:
    try:
        return int(urllib.request.build_opener(_Stay).open(request, timeout=60).status)
    except urllib.error.HTTPError as answer:
        return answer.code


def _token_cookie(fields: dict[str, str]) -> str:
    """The cookie that goes with a form's token: a token is as good in the one place as in the other."""
    return f"newsroom_csrf={fields['csrfmiddlewaretoken']}"


def _older(page: str) -> str:
    found = re.search(r'rel="next" href="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def _get(url: str, cookie: str) -> str:
    request = urllib.request.Request(url, headers={"Cookie": cookie})
    text: str = urllib.request.urlopen(request, timeout=60).read().decode()
    return text


def _timed(ask: object) -> float:
    times = []
    for _round in range(ROUNDS + WARM):
        begun = time.perf_counter()
        ask()  # type: ignore[operator]
        times.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(times[WARM:]), 1)


def _name() -> str:
    return f"reports_{REPORTS}_{WRITTEN}"


def _ready() -> str:
    """The address of the database with the reports, which is written if it is not there yet; its server runs afterwards."""
    database.start(site.KIND)
    with psycopg.connect(database.address(site.KIND, "postgres"), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name()]).fetchone():
            unfinished = f"{_name()}_unfinished"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(unfinished)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            environment = site.environment_for(database.address(site.KIND, unfinished))
            subprocess.run(
                [sys.executable, "-m", "benchmarks.report_rows", str(REPORTS)],
                cwd=database.BASE,
                env=environment,
                check=True,
            )
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(_name()))
            )
    return database.address(site.KIND, _name())
