from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from articles.search import index
from articles.tasks import AT_ONCE


class Command(BaseCommand):
    help = (
        "Index the articles that search does not know yet. After an upgrade the queue's worker does the same; "
        "stopped, it goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="Index every article anew, such as for a new dictionary."
        )

    def handle(self, **options: Any) -> None:
        for last in _written(everything=options["all"]):
            if options["verbosity"] > 1:
                self.stdout.write(f"… up to article {last}")
        index.refresh_statistics()
        if options["verbosity"]:
            self.stdout.write("Every article is indexed.")


def _written(*, everything: bool) -> Iterator[int]:
    """Index in small groups; yields the number of each group's last article."""
    last: int | None = 0
    while (last := index.write_next(AT_ONCE, after=last or 0, everything=everything)) is not None:
        yield last
