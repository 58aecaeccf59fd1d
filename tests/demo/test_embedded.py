"""The demonstration's database starts whatever an earlier start left behind, and is gone when it is told to go."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import embedded
from newsroom import database


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of a server of this test alone, in place of the demonstration's."""
    own = database.data_folder(f"trial-demo-{os.getpid()}")
    monkeypatch.setattr(database, "data_folder", lambda kind="postgres": own)
    monkeypatch.setenv("XDG_RUNTIME_DIR", os.environ.get("XDG_RUNTIME_DIR", ""))
    yield own
    embedded.remove()


def in_the_making(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.in-the-making")


def test_it_starts_stops_and_starts_at_once_again(folder: Path):
    embedded.start()
    assert embedded.is_alive()
    assert not in_the_making(folder).exists()
    embedded.stop()
    assert not embedded.is_alive()
    embedded.start()
    assert database.is_running()


def test_a_server_that_was_killed_in_the_making_is_made_anew(folder: Path):
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("18\n")
    in_the_making(folder).mkdir()
    embedded.start()
    assert database.is_running()
    assert not in_the_making(folder).exists()


def test_removing_ends_the_server_and_leaves_nothing(folder: Path):
    embedded.start()
    embedded.remove()
    assert not database.is_running()
    assert not list(folder.parent.glob(f"{folder.name}*"))
    embedded.start()  # and the same process may make it anew
    assert database.is_running()
