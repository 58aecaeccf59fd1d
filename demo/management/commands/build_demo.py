"""The demonstration's database, from an empty disk to the first article; a second run changes nothing."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from demo import embedded
from demo.build import build, is_built
from newsroom import database


class Command(BaseCommand):
    help = "Make the demonstration's database and fill it, unless that has been done."
    requires_system_checks = []  # some ask the database, which may not be there yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="start over: lose what was changed")

    def handle(self, *args: Any, reset: bool, **options: Any) -> None:
        if settings.DATABASE_URL not in ("", database.address()):
            raise CommandError("The demonstration uses only its own database: run this without DATABASE_URL.")
        if reset:
            start_over()
        embedded.start()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not is_built():
            self.stdout.write("Building the demonstration; this takes a moment, once.")
            self.stdout.flush()
            build(timezone.now())


def start_over() -> None:
    connections.close_all()
    embedded.remove()
    shutil.rmtree(settings.EMAIL["EMAIL_FILE_PATH"], ignore_errors=True)
