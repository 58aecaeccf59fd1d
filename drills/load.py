"""Readers and writers of letters, all at once, until standard input ends; then one JSON of what each was told.

Run as `python -m drills.load NAME CERTIFICATE` in the network of the machine that answers as NAME at 127.0.0.1.
"""

from __future__ import annotations

import http.client
import itertools
import json
import re
import socket
import ssl
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

READERS, WRITERS, PAUSE = 3, 2, 0.02
PAGES = ("/", "/contact/write/", "/reuse/", "/feed/")
#: A load begins where the one before has not been: what a network has sent counts for ten minutes.
_senders = itertools.count(int(time.time()) * 100)


@dataclass
class Told:
    """What everybody was told, with the moment (of the machine's monotonic clock) at which they asked."""

    acknowledged: list[str] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    #: When, what, and the status or the error; 503 with Retry-After is "away", which the site itself says.
    failed: list[tuple[float, str, str]] = field(default_factory=list)


class Client:
    """One sender after another, each from a network of its own: the site takes five letters of one."""

    def __init__(self, name: str, certificate: str) -> None:
        self.name = name
        self.address = f"https://{name}"
        self.trust = ssl.create_default_context(cafile=certificate)

    def connect(self, source: str) -> http.client.HTTPConnection:
        connection = http.client.HTTPSConnection(self.name, timeout=20, context=self.trust)
        raw = socket.create_connection(("127.0.0.1", 443), 20, (source, 0))
        connection.sock = self.trust.wrap_socket(raw, server_hostname=self.name)
        return connection

    def ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[str, bytes, http.client.HTTPMessage | None]:
        number = next(_senders)
        source = f"127.{1 + number // 250 % 250}.{1 + number % 250}.{1 + number // 62_500 % 250}"
        try:
            with closing(self.connect(source)) as connection:
                connection.request(method, path, body, headers or {})
                answer = connection.getresponse()
                text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            return f"{type(error).__name__}: {error}", b"", None
        if answer.status == 503 and answer.headers["Retry-After"]:
            return "away", text, answer.headers
        return str(answer.status), text, answer.headers


def read(client: Client, told: Told, ended: threading.Event, pages: Sequence[str] = PAGES) -> None:
    for path in itertools.cycle(pages):
        if ended.is_set():
            return
        note(told, path, client.ask("GET", path)[0])
        time.sleep(PAUSE)


def write(client: Client, told: Told, ended: threading.Event) -> None:
    form = form_of(client, "/contact/write/")
    while not ended.is_set():
        key = str(uuid.uuid4())
        while not ended.is_set():  # a letter that was not taken is sent again as it was, until it is
            fields = {"to": "newsroom", "email": "r@mail.example", "text": "A letter.", "key": key, "website": ""}
            status, _text, _headers = client.ask("POST", "/contact/write/", urlencode(form[0] | fields), form[1])
            note(told, "letter", status)
            time.sleep(PAUSE)
            if status == "302":
                told.acknowledged.append(key)
                break


def form_of(client: Client, path: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a form brings along, such as its token, and the headers of a browser that has it."""
    for _attempt in range(300):
        status, page, headers = client.ask("GET", path)
        if status == "200" and headers:
            cookie = str(headers["Set-Cookie"]).partition(";")[0]
            hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page.decode())
            return dict(hidden), {
                "Cookie": cookie,
                "Origin": client.address,
                "Content-Type": "application/x-www-form-urlencoded",
            }
        time.sleep(0.2)
    raise RuntimeError(f"There is no form at {path}.")


def note(told: Told, what: str, status: str) -> None:
    if status in ("200", "302"):
        told.answered.append(time.monotonic())
    else:
        told.failed.append((time.monotonic(), what, status))


def main() -> None:
    client, told, ended = Client(*sys.argv[1:3]), Told(), threading.Event()
    threads = [threading.Thread(target=read, args=(client, told, ended)) for _number in range(READERS)]
    threads += [threading.Thread(target=write, args=(client, told, ended)) for _number in range(WRITERS)]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    ended.set()
    for thread in threads:
        thread.join()
    json.dump(asdict(told), sys.stdout)


if __name__ == "__main__":
    main()
