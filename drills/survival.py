"""Parts of a site are killed and restarted while people read and write: what was acknowledged stays, and it comes back."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from typing import Protocol

import psutil

from benchmarks.measures import Measure
from drills.machine import Machine
from drills.site import Load, Site, at_most, none, say

SEED = 20_261_124
KILLS, DATABASE_RESTARTS, RESTARTS_IN_TURN = 20, 10, 20
#: Seconds between two blows: longer than a return may take, so that a slow one shows.
PAUSE = 6
VICTIMS = ("web worker", "web server", "all web workers", "task worker")


class HasProcesses(Protocol):
    def processes(self) -> list[psutil.Process]: ...


def measures(site: Site) -> Iterator[Measure]:
    chance = random.Random(SEED)
    with site.load() as load:
        blows = [kill(site.machine, chance) for _round in range(KILLS)]
    say(f"— {KILLS} kills")
    what = f"{KILLS} kills of web workers, web servers and the task worker"
    yield at_most("killed_back", f"slowest return after {what}", load.slowest_return(blows), 5)
    yield from acknowledged(site, load, "killed", what)

    with site.load() as load:
        blows = [restart_database(site.machine, number) for number in range(DATABASE_RESTARTS)]
    say(f"— {DATABASE_RESTARTS} restarts of PostgreSQL")
    what = f"{DATABASE_RESTARTS} restarts of PostgreSQL, every other one without a checkpoint"
    yield at_most("database_back", f"slowest return once PostgreSQL was back, {what}", load.slowest_return(blows), 5)
    yield from acknowledged(site, load, "database", what)

    with site.load() as load:
        for _round in range(RESTARTS_IN_TURN):
            site.machine.run(site.steps["restart"])
    say(f"— {RESTARTS_IN_TURN} restarts of both web servers in turn")
    yield none("restart_failed", f"of {load.requests} during {RESTARTS_IN_TURN} restarts, failed", load.failed())

    begun = time.monotonic()
    site.machine.shut_down()
    off = time.monotonic()
    site.machine.boot()
    site.until_it_answers()
    say(f"— off in {off - begun:.1f} s, and on again")
    yield at_most("reboot_back", "from power on to an answer", time.monotonic() - off, 60)


def kill(machine: HasProcesses, chance: random.Random, pause: float = PAUSE) -> float:
    """Kill a part of the site, wait, and say when that was."""
    servers = [process for process in machine.processes() if "/bin/granian " in " ".join(process.cmdline())]
    workers = [child for server in servers for child in server.children() if "spawn_main" in " ".join(child.cmdline())]
    tasks = [process for process in machine.processes() if "procrastinate worker" in " ".join(process.cmdline())]
    found = {"web server": servers[:1], "web worker": workers[:1], "all web workers": workers, "task worker": tasks}
    victims: list[psutil.Process] = found[chance.choice(VICTIMS)]
    time.sleep(chance.random())
    now = time.monotonic()
    for victim in victims:
        victim.send_signal(signal.SIGKILL)
    time.sleep(pause)
    return now


def restart_database(machine: Machine, number: int) -> float:
    """Restart it, wait, and say when it was back; how long that takes is its own affair.

    Its own tool is content with a server that still replays its log and refuses everybody.
    """
    mode = ("fast", "immediate")[number % 2]
    machine.run(
        f"pg_ctlcluster --skip-systemctl-redirect $(pg_lsclusters --no-header | cut -c1-2) main restart --mode {mode}"
        " && until pg_isready --quiet; do sleep 0.1; done"
    )
    now = time.monotonic()
    time.sleep(PAUSE)
    return now


def acknowledged(site: Site, load: Load, name: str, what: str) -> Iterator[Measure]:
    """What people were told has been kept: it is there, once, and its mail has left."""
    keys = set(load.told["acknowledged"])
    kept = site.ask("SELECT key FROM newsroom_letter")
    yield none(f"{name}_lost", f"of {len(keys):,} acknowledged letters, lost after {what}", len(keys - set(kept)))
    yield none(f"{name}_twice", f"letters kept twice after {what}", len(kept) - len(set(kept)))
    wordless = [failure for failure in load.told["failed"] if failure[2] != "away"]
    for failure in wordless[:5]:
        say(f"    wordless: {failure}")
    refused = f"of {len(load.told['failed'])} requests that got no page in {what}"
    yield none(f"{name}_wordless", f"{refused}, without a sentence and Retry-After", len(wordless))
    owed = 1
    for _attempt in range(240):
        owed = int(site.ask("SELECT count(*) FROM newsroom_letter WHERE mailed_at IS NULL")[0])
        if not owed:
            break
        time.sleep(1)
    yield none(f"{name}_unmailed", f"letters of which no mail was made four minutes after {what}", owed)
