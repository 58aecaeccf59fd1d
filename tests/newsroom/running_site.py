"""A real server of the site over an embedded database of its own, for tests that break one of them."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from newsroom import database


class _From(urllib.request.HTTPHandler):
    sender = "127.0.0.1"

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(http.client.HTTPConnection, request, source_address=(self.sender, 0))


class Site:
    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.sender = _From()
        self.opener = urllib.request.build_opener(self.sender, urllib.request.HTTPCookieProcessor())

    def open(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of an answer; `data` makes it a POST. Redirects are followed."""
        sent = urllib.parse.urlencode(data).encode() if data else None
        try:
            answer = self.opener.open(self.address + path, sent, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.read().decode(), dict(answer.headers)

    def letter(self, text: str) -> dict[str, str]:
        """What a browser sends when somebody has written `text` into the letter form."""
        _status, form, _headers = self.open("/contact/write/")
        fields = dict(re.findall(r'name="(csrfmiddlewaretoken|key)" value="([^"]+)"', form))
        return {**fields, "to": "newsroom", "email": "r@mail.example", "text": text, "name": ""}


@contextmanager
def running_site(kind: str) -> Iterator[Site]:
    """Start database and server, yield the site, stop both."""
    database.start(kind, durable=False)
    with psycopg.connect(database.address(kind, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {database.NAME} WITH (FORCE)")  # what an earlier run left
    database.start(kind, durable=False)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "DATABASE_URL": database.address(kind), "SITE_URL": address, "DEBUG": "1"}
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "migrate", "-v0"], cwd=database.BASE, env=environment, check=True)
    serve = [*command, "runserver", "--noreload", "--nostatic", f"127.0.0.1:{port}"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(serve, cwd=database.BASE, env=environment, stdout=quiet, stderr=quiet) as process:
        site = Site(port)
        try:
            for _attempt in range(200):
                try:
                    site.open("/healthz")
                    break
                except urllib.error.URLError:
                    time.sleep(0.1)
            yield site
        finally:
            process.terminate()
            process.wait()
            database.stop(kind)
            while (database.data_folder(kind) / "postmaster.pid").exists():
                time.sleep(0.05)
