"""Count reads from a web server's logs: no cookie, no script, and nothing is kept about who read."""

from __future__ import annotations

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles import actions


class Command(BaseCommand):
    help = (
        "Count how often articles were read, from logs of nginx: its format “combined” or lines of JSON, packed by gzip or "
        "not, rotated or not. A line is counted once, however often its log is given; a log that cannot "
        "be read hinders no other."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("logs", nargs="+", metavar="LOG", help="a log, or - for the standard input")

    def handle(self, *args: Any, logs: list[str], **options: Any) -> None:
        wrong = []
        for name in logs:
            try:
                with _opened(name) as log:
                    self._report(name, actions.count_reads(log, at=timezone.now()))
            except OSError as error:
                wrong.append(f"{name} cannot be read: {error.strerror}.")
            except actions.UnreadableLog as error:
                wrong.append(f"{name}: {error}")
        if wrong:
            raise CommandError("\n".join(wrong))

    def _report(self, name: str, done: actions.Counted) -> None:
        known = f"; {done.known_bytes:,} bytes were counted before" if done.known_bytes else ""
        self.stdout.write(
            f"{name}: {done.reads:,} reads in {done.lines:,} lines{known}. "
            f"Left out: {done.by_programs:,} by programs, {done.unreadable:,} lines that cannot be read."
        )


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name != "-":
        with open(name, "rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as file:  # a pipe cannot be gone back in to see what was counted of it before
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.seek(0)
        yield file
