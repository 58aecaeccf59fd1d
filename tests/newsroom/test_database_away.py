"""When the database is gone or full, readers and editors get a sentence, nothing typed is lost, and it mends itself."""

from __future__ import annotations

import os
import random
import signal
import string
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom import database
from tests.newsroom.running_site import running_site

LETTERS = "/contact/write/"


def kill_the_database(kind: str) -> None:
    """End the postmaster as a crash of the machine would."""
    os.kill(int((database.data_folder(kind) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    while database.is_running(kind):
        time.sleep(0.05)


def test_a_database_that_is_killed_is_told_loses_nothing_typed_and_comes_back():
    kind = "away-postgres"
    with running_site(kind) as site:
        assert site.open("/")[0] == 200
        letter = site.letter("Long <words> of a reader.")
        kill_the_database(kind)

        status, page, headers = site.open("/")
        assert status == 503
        assert site.open("/no-such-address.html")[0] == 503
        assert headers["Retry-After"] == "30"
        assert "no-store" in headers["Cache-Control"]
        assert "again" in page

        status, page, _headers = site.open(LETTERS, letter)
        assert status == 503
        assert "Long &lt;words&gt; of a reader." in page
        assert f'action="{LETTERS}"' in page
        assert site.open("/healthz")[0] == 503

        database.start(kind, durable=False)
        assert site.open("/healthz")[0] == 200
        assert site.open(LETTERS, letter)[0] == 200
        assert site.open("/")[0] == 200


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 300 MB under the data of a database of its own."""
    folder = database.data_folder("full-postgres")
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"a disk that is full needs the right to mount one: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_loses_nothing_typed_and_readers_read_on(small_disk: Path):
    chance = random.Random(1)
    with running_site("full-postgres") as site:
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(2**16))
            except OSError:
                pass
        for attempt in range(300):
            site.sender.sender = f"127.0.{attempt // 250}.{attempt % 250 + 1}"  # one sender may write five letters
            text = "".join(chance.choices(string.ascii_letters, k=9_000))
            letter = site.letter(text)
            status, page, _headers = site.open(LETTERS, letter)
            if status != 200:
                break
        assert status == 503
        assert "The disk of the database is full" in page
        assert text in page
        assert site.open("/")[0] == 200
        filler.unlink()
        assert site.open(LETTERS, letter)[0] == 200
