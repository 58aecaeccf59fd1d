"""An archive of 100,000 published articles (SCALE=full: 1,000,000) to measure search, lists and backups with.

It stands in a database of its own, is written once by our own generator and kept; `python -m benchmarks.archive` makes it and
prints its address. It writes rows as the actions would, without calling them a hundred thousand times: every constraint
holds, and its public pages are real pages.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
from psycopg import sql

from newsroom import database

KIND = "bench-postgres"
SIZES = {"": 100_000, "full": 1_000_000}
KILOBYTES_EACH = 26  # on disk, with the working copy, the version, its text and all indexes
WRITTEN = 2  # grows when what is written changes, so that an older archive is written anew


def size() -> int:
    return SIZES.get(os.environ.get("SCALE") or "", SIZES[""])


def ready() -> str:
    """The address of the archive's database, which is written if it is not there yet; its server runs afterwards."""
    name, count = f"archive_{size()}_{WRITTEN}", size()
    database.start(KIND)
    address = database.address(KIND, name)
    with psycopg.connect(database.address(KIND, "postgres"), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            sys.stderr.write(
                f"Writing an archive of {count:,} articles, once; it needs {count * KILOBYTES_EACH / 1e6:.0f} GB of disk.\n"
            )
            unfinished = f"{name}_unfinished"
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(unfinished)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            _run("benchmarks.archive_rows", str(count), address=database.address(KIND, unfinished))
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
            )
    _run("django", "migrate", "--verbosity=0", address=address)  # what a later version of the code needs
    return address


def _run(module: str, *arguments: str, address: str) -> None:
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=database.BASE, env=environment, check=True)


if __name__ == "__main__":
    print(ready())  # noqa: T201
