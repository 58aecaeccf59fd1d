#!/usr/bin/env python
"""The one entry point for commands."""

from __future__ import annotations

import os
import sys

#: Commands that never touch the database, so that nothing is started for them.
WITHOUT_DATABASE = {"collectstatic", "compilemessages", "help", "makemessages", "version", "--help", "--version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured

        from newsroom import database

        try:
            if not settings.DATABASE_URL:
                database.start()
        except (ImproperlyConfigured, database.DatabaseUnavailable) as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
