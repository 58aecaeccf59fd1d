"""Readers report mistakes while parts of the site are killed: what was acknowledged is kept, once, and is mailed.

`ROUNDS=3` makes it short. It needs no machine of its own: see `drills.local`.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.measures import Measure
from drills.load import Client, Told, form_of, note, read
from drills.local import LocalSite, local_site
from drills.site import say
from drills.survival import kill

ROUNDS = int(os.environ.get("ROUNDS") or 100)
SEED, REPORTERS, READERS = 20_261_194, 3, 2  # the first three kills are each of another part
PAUSE = 2.5  # seconds after each kill: about as long as a return takes, so that some find the site still away
_PATIENCE = 240  # seconds that mail gets to leave
_QUICKEST = 3.1  # seconds that a form must have been open
PATH = "/articles/the-lock-keeper/report/"
ARTICLE = """
from django.utils import timezone
from articles import actions
from articles.models import Article, Section
section = Section.objects.create(edition_id="en", name="Society", slug="society")
article = Article(edition_id="en", title="The lock keeper", kind="own", section=section, body="<p>He counts boats.</p>")
actions.publish(actions.save_draft(article, by=None, at=timezone.now()), by=None, at=timezone.now())
"""


@dataclass
class Outcome:
    """What a run found; `told` is what readers were told."""

    told: Told
    blows: list[float]
    lost: int
    twice: int
    closed: int  # private pages that do not open
    unmailed: int
    mailed_twice: int


def measures() -> Iterator[Measure]:
    with local_site("drill-reports", ARTICLE, durable=True) as site:
        found = run(site, ROUNDS)
    what = f"{ROUNDS} kills of web workers, web server and the queue’s worker"
    reports = f"of {len(found.told.acknowledged):,} acknowledged reports"
    say(f"— {what}; {len(found.told.failed):,} requests failed, {len(found.told.answered):,} were answered")
    yield _none("lost", f"{reports}, not in the database after {what}", found.lost)
    yield _none("twice", f"{reports}, there twice", found.twice)
    yield _none("closed", "of 100 private pages of acknowledged reports, do not open", found.closed)
    yield _none("unmailed", f"{reports}, not mailed to their readers four minutes later", found.unmailed)
    # A worker that is killed between the mail server's word and its own note does not know that it mailed.
    yield Measure(
        "reports.mailed_twice", f"{reports}, mailed more than once", found.mailed_twice, "count", f"<= {ROUNDS}"
    )


def run(site: LocalSite, rounds: int, *, pause: float = PAUSE, patience: int = _PATIENCE) -> Outcome:
    """Report, and kill, so many times; then compare what readers were told with what is there.

    `patience` is how many seconds mail gets to leave: the jobs of a worker that was killed wait for more than a minute.
    """
    chance, told, ended = random.Random(SEED), Told(), threading.Event()
    with site.running():
        client = _Client(site)
        pages = ("/", "/articles/the-lock-keeper/", PATH)
        people = [threading.Thread(target=_report, args=(client, told, ended)) for _number in range(REPORTERS)]
        people += [threading.Thread(target=read, args=(client, told, ended, pages)) for _number in range(READERS)]
        for person in people:
            person.start()
        blows = [_blow(site, told, chance, pause) for _round in range(rounds)]
        _until_more(told)
        ended.set()
        for person in people:
            person.join()
        site.until_it_answers()
        kept = Counter(comment for (comment,) in site.ask("SELECT comment FROM corrections_report"))
        keys = [entry.partition(" ")[0] for entry in told.acknowledged]
        paths = [entry.partition(" ")[2] for entry in told.acknowledged]
        mailed = _mailed(site, patience)
        return Outcome(
            told,
            blows,
            lost=sum(not kept[_comment(key)] for key in keys),
            twice=sum(number > 1 for number in kept.values()),
            closed=sum(client.ask("GET", path)[0] != "200" for path in chance.sample(paths, min(100, len(paths)))),
            unmailed=sum(not mailed[key] for key in keys),
            mailed_twice=sum(mailed[key] > 1 for key in keys),
        )


def _blow(site: LocalSite, told: Told, chance: random.Random, pause: float) -> float:
    """Kill a part of the site once it takes reports again, so that every blow meets it at work."""
    _until_more(told)
    return kill(site, chance, pause)


def _until_more(told: Told) -> None:
    """Wait until some reports more have been acknowledged, at most half a minute."""
    enough = len(told.acknowledged) + 5
    for _attempt in range(300):
        if len(told.acknowledged) >= enough:
            return
        time.sleep(0.1)


class _Client(Client):
    def __init__(self, site: LocalSite) -> None:
        self.name, self.address, self.port = "127.0.0.1", site.address, site.port

    def connect(self, source: str) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=(source, 0))


def _report(client: Client, told: Told, ended: threading.Event) -> None:
    """Report one thing after another, each from another network; what was not acknowledged is sent again until it is."""
    chance = random.Random(SEED)
    brought, headers = form_of(client, PATH)
    headers["Accept"] = "application/json"
    time.sleep(_QUICKEST)
    while not ended.is_set():
        key = str(uuid.uuid4())
        said = {"key": key, "comment": _comment(key), "email": f"{key}@mail.example", "website": ""}
        times = 2 if chance.random() < 0.2 else 1  # a double click
        while times and not ended.is_set():
            status, answer, _headers = client.ask("POST", PATH, urlencode(brought | said), headers)
            note(told, "report", status)
            if status == "200":
                times -= 1
                told.acknowledged.append(f"{key} {json.loads(answer)['url']}")
            time.sleep(0.05)


def _comment(key: str) -> str:
    return f"Wrong: {key}"


def _mailed(site: LocalSite, patience: int) -> Counter[str]:
    """How often each report was mailed to its reader, once every mail has left or patience has."""
    for _attempt in range(patience):
        (owed,) = site.ask("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")[0]
        if not owed:
            break
        time.sleep(1)
    mails = Counter[str]()
    for file in Path(site.mail).glob("*.log"):
        for line in file.read_text().splitlines():
            if line.startswith("To: "):
                mails[line.removeprefix("To: ").partition("@")[0]] += 1
    return mails


def _none(name: str, what: str, count: int) -> Measure:
    return Measure(f"reports.{name}", what, count, "count", "<= 0")
