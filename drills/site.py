"""A site that `docs/deployment.md` has put on a machine, and everybody who reads and writes there meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measures import Measure
from drills import documents
from drills.machine import Machine
from newsroom import database

NAME = "news.example"


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def none(name: str, what: str, count: int) -> Measure:
    """A measure of something that must not be."""
    return Measure(f"installation.{name}", what, int(count), "count", "<= 0")


def at_most(name: str, what: str, seconds: float, goal: int) -> Measure:
    return Measure(f"installation.{name}", what, round(seconds, 1), "s", f"<= {goal}")


class Load:
    """Readers and writers outside the machine; `told` is what they were told, once they have ended."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, cwd=database.BASE, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.told: dict[str, Any] = {"answered": [], "failed": [], "acknowledged": []}
        time.sleep(1)

    def end(self) -> None:
        time.sleep(1)
        self.told = json.loads(self.process.communicate(timeout=120)[0])

    @property
    def requests(self) -> str:
        return f"{len(self.told['answered']) + len(self.told['failed']):,} requests"

    def failed(self) -> int:
        for moment, what, status in self.told["failed"][:5]:
            say(f"    failed: {moment:.1f} {what} {status}")
        return len(self.told["failed"])

    def slowest_return(self, blows: list[float]) -> float:
        """The longest time from a blow until nothing failed any more, before the next one fell."""
        slowest = 0.0
        for blow, following in zip(blows, [*blows[1:], float("inf")], strict=True):
            failures = [moment - blow for moment, _what, _status in self.told["failed"] if blow <= moment < following]
            slowest = max([slowest, *failures])
        return slowest


class Site:
    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.steps = documents.steps()
        self.certificate = machine.folder / "etc/newsroom/tls/certificate.pem"

    def copy_code(self) -> None:
        """What somebody unpacks into /root/newsroom: every file of the checkout that is not ignored."""
        target = self.machine.folder / "root/newsroom"
        self.machine.run("rm -rf newsroom; mkdir newsroom")
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=database.BASE, capture_output=True, check=True,
        ).stdout  # fmt: skip
        packed = subprocess.run(
            ["tar", "--create", "--files-from=-"], cwd=database.BASE, input=listed, capture_output=True, check=True
        ).stdout
        subprocess.run(["tar", "--extract", "--directory", str(target)], input=packed, check=True)

    def do(self, step: str, *, may_fail: bool = False) -> tuple[str, float]:
        """Type what the page says under that name; what the machine said, and the seconds that it took."""
        begun = time.monotonic()
        said = self.machine.run(self.steps[step], may_fail=may_fail)
        seconds = time.monotonic() - begun
        say(f"— {step}, {seconds:.1f} s")
        for line in said.splitlines()[-3:]:
            say(f"    {line}")
        return said, seconds

    def ask(self, question: str) -> list[str]:
        """The rows of an answer of the database."""
        return self.machine.run(
            f'cd / && runuser -u newsroom -- psql --no-align --tuples-only newsroom --command "{question}"'
        ).split("\n")

    @contextmanager
    def load(self) -> Iterator[Load]:
        load = Load(self.machine.in_network(sys.executable, "-m", "drills.load", NAME, str(self.certificate)))
        try:
            yield load
        finally:
            load.end()

    def pages(self, paths: list[str]) -> dict[str, Any]:
        """Status and hash of each page."""
        command = self.machine.in_network(sys.executable, "-m", "drills.pages", NAME, str(self.certificate))
        done = subprocess.run(
            command, cwd=database.BASE, input="\n".join(paths), capture_output=True, text=True, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def until_it_answers(self) -> None:
        self.machine.run(
            f"for try in $(seq 300); do curl -kfs -o /dev/null https://{NAME}/ && exit; sleep 0.2; done; exit 1"
        )

    def newest_backup(self) -> dict[str, Any]:
        """The manifest of the newest backup on the machine."""
        path = max((self.machine.folder / "var/lib/newsroom/backups").glob("newsroom-*.zip"), key=Path.name.fget)  # type: ignore[attr-defined]
        with zipfile.ZipFile(path) as file:
            found: dict[str, Any] = json.loads(file.read("manifest.json"))
        return found
