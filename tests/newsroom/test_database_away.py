"""When the database is gone, readers and editors get a sentence, nothing typed is lost, and it mends itself.

A real server of the site and a real database of its own, which is killed.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest

from newsroom import database

KIND = "away-postgres"


class Site:
    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def open(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        sent = urllib.parse.urlencode(data).encode() if data else None
        try:
            answer = self.opener.open(self.address + path, sent, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.read().decode(), dict(answer.headers)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    database.start(KIND, durable=False)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": database.address(KIND),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DEBUG": "1",
    }
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "migrate", "-v0"], cwd=database.BASE, env=environment, check=True)
    serve = [*command, "runserver", "--noreload", "--nostatic", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        serve, cwd=database.BASE, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        running = Site(port)
        for _attempt in range(200):
            try:
                running.open("/healthz")
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield running
        process.terminate()
    database.stop(KIND)


def kill_the_database() -> None:
    """End the postmaster as a crash of the machine would."""
    os.kill(int((database.data_folder(KIND) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    while database.is_running(KIND):
        time.sleep(0.05)


def test_a_database_that_is_killed_is_told_loses_nothing_typed_and_comes_back(site: Site):
    assert site.open("/")[0] == 200
    _status, form, _headers = site.open("/contact/write/")
    fields = dict(re.findall(r'name="(csrfmiddlewaretoken|key)" value="([^"]+)"', form))
    kill_the_database()

    status, page, headers = site.open("/")
    assert status == 503
    assert headers["Retry-After"] == "30"
    assert "no-store" in headers["Cache-Control"]
    assert "again" in page

    letter = {**fields, "to": "newsroom", "email": "r@mail.example", "text": "Long <words> of a reader.", "name": ""}
    status, page, _headers = site.open("/contact/write/", letter)
    assert status == 503
    assert "Long &lt;words&gt; of a reader." in page
    assert 'action="/contact/write/"' in page
    assert site.open("/healthz")[0] == 503

    database.start(KIND, durable=False)
    assert site.open("/healthz")[0] == 200
    status, page, _headers = site.open("/contact/write/", letter)
    assert status == 200
    assert site.open("/")[0] == 200
