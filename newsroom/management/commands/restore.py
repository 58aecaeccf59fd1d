"""What `backup` wrote, put back: all of it, proved, or nothing."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom import backups
from newsroom.backups.archive import Manifest


class Command(BaseCommand):
    help = (
        "Put a backup back into an empty site. The archive is read and proved first; then the database is filled in "
        "one transaction, which counts and sums every table before it ends. Stop the site before."
    )
    requires_system_checks = []  # some ask the database, which may be empty

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive")
        parser.add_argument("--check", action="store_true", help="only prove the archive, and change nothing")
        parser.add_argument(
            "--replace", action="store_true", help="put it in the place of a site that is not empty: that one is lost"
        )
        parser.add_argument(
            "--no-input", action="store_false", dest="interactive", help="with --replace: do not ask for confirmation"
        )

    def handle(self, *args: Any, file: Path, check: bool, replace: bool, interactive: bool, **options: Any) -> None:
        begun = time.monotonic()
        try:
            if check:
                self.stdout.write(f"{file} is whole: {contents(backups.prove(file))}.")
                return
            if replace and interactive:
                self._confirm(backups.prove(file))
            manifest = backups.restore(file, replace=replace)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored {contents(manifest)}; every table has the rows and the sum that it had then. "
            f"It took {time.monotonic() - begun:.1f} s."
        )

    def _confirm(self, manifest: Manifest) -> None:
        host = str(urlsplit(settings.SITE_URL).hostname)
        self.stdout.write(
            f"The archive holds {contents(manifest)}.\n"
            f"Everything that {host} has now, articles, accounts and files, will be removed for it."
        )
        try:
            is_meant = input(f"Type {host} to go on: ").strip() == host
        except EOFError:
            is_meant = False
        if not is_meant:
            raise CommandError("That was not the name, so nothing was changed.")


def contents(manifest: Manifest) -> str:
    return (
        f"{manifest.site} as it was at {manifest.made_at} "
        f"({len(manifest.tables)} tables, {manifest.rows:,} rows, {len(manifest.files):,} files)"
    )
