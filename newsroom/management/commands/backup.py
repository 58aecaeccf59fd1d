"""The database and the uploaded files in one archive, taken while the site runs."""

from __future__ import annotations

import signal
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from newsroom import backups


class Command(BaseCommand):
    help = (
        "Write the database and all uploaded files into one archive, while the site runs. "
        "The settings in .env are not in it: keep a copy of those yourself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "target",
            nargs="?",
            type=Path,
            default=(settings.VAR_DIR / "backups").resolve(),
            help="a file, or a folder in which the backup gets a name by its time (default: %(default)s)",
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="with a folder: of the backups in it, keep the newest N"
        )

    def handle(self, *args: Any, target: Path, keep: int | None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep needs a number of at least 1.")
        signal.signal(signal.SIGTERM, lambda *_seen: sys.exit("The backup was stopped; no unfinished file was left."))
        begun = time.monotonic()
        try:
            path, manifest = backups.take(target, at=timezone.now(), keep=keep)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{path}: {len(manifest.tables)} tables with {manifest.rows:,} rows and {len(manifest.files):,} files, "
            f"{path.stat().st_size / 1e6:,.1f} MB, in {time.monotonic() - begun:.1f} s."
        )
