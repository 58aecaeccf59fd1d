"""The site on this machine, over a database of its own, with somebody who starts again whatever part of it has ended.

It is what `docs/deployment.md` installs without nginx and without systemd, whose part is played here: a part that is gone
is started again after a second.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import psycopg

from benchmarks.site import free_port
from demo.processes import end_with
from newsroom import database

_AGAIN_AFTER = 1  # second
_TABLES = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
"""


class LocalSite:
    """A web server with two workers, and the queue's worker."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.mail = kind, folder / "mail"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DATABASE_URL": database.address(kind),
            "SITE_URL": self.address,
            "SECRET_KEY": "only-for-this-drill-and-long-enough-to-pass-as-a-real-one-0123456789",
            "DEMO": "0",
            "DEBUG": "1",  # static files as they lie there, without a step before
            "EMAIL_URL": f"file:///{self.mail}",
            "STORAGE_URL": (folder / "media").as_uri(),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }
        self._ended = threading.Event()
        self._parts: dict[str, subprocess.Popen[bytes]] = {}

    def prepare(self, first: str) -> None:
        """Make the tables, and what the lines of Python in `first` make; one process, since each takes its time."""
        subprocess.run([sys.executable, "-c", _TABLES + first], cwd=database.BASE, env=self.environment, check=True)

    def processes(self) -> list[psutil.Process]:
        return psutil.Process().children(recursive=True)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(database.address(self.kind)) as connection:
            return connection.execute(question).fetchall()

    @contextmanager
    def running(self) -> Iterator[None]:
        keeper = threading.Thread(target=self._keep)
        keeper.start()
        try:
            self.until_it_answers()
            yield
        finally:
            self._ended.set()
            keeper.join()

    def _keep(self) -> None:
        """Start every part, and again when it has ended; at the end, end them all."""
        granian = str(Path(sys.executable).with_name("granian"))
        serve = f"--interface wsgi --host 127.0.0.1 --port {self.port} --workers 2 --blocking-threads 2 --no-ws"
        serve += " --respawn-failed-workers --respawn-interval 1 --workers-kill-timeout 3 --log-level critical"
        commands = {
            "web": [sys.executable, granian, *serve.split(), "newsroom.wsgi:application"],
            "queue": [sys.executable, "manage.py", "procrastinate", "worker"],
        }
        while not self._ended.wait(0 if not self._parts else 0.1):
            for name, command in commands.items():
                part = self._parts.get(name)
                if part is None or part.poll() is not None:
                    if part is not None:
                        _end_group(part)
                        time.sleep(_AGAIN_AFTER)
                    self._parts[name] = subprocess.Popen(
                        command,
                        cwd=database.BASE,
                        env=self.environment,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                        start_new_session=True,
                        preexec_fn=partial(end_with, os.getpid()),
                    )
        for part in self._parts.values():
            part.terminate()
        for part in self._parts.values():
            try:
                part.wait(20)
            except subprocess.TimeoutExpired:
                _end_group(part)
                part.wait()

    def until_it_answers(self) -> None:
        for _attempt in range(600):
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError("The site does not answer.")


def _end_group(part: subprocess.Popen[bytes]) -> None:
    """End what a part has left behind, as systemd does: workers of a web server that is gone would go on serving."""
    with suppress(ProcessLookupError):
        os.killpg(part.pid, signal.SIGKILL)


@contextmanager
def local_site(kind: str, first: str, *, durable: bool) -> Iterator[LocalSite]:
    """The site with a new database, and in it what `first` makes; nothing runs yet. All of it is gone afterwards."""
    with ExitStack() as undo:
        folder = Path(undo.enter_context(TemporaryDirectory(prefix="newsroom-drill-")))
        database.start(kind, durable=durable)
        undo.callback(_stop, kind)
        with psycopg.connect(database.address(kind, "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {database.NAME} WITH (FORCE)")  # what an earlier run left
        database.start(kind, durable=durable)
        site = LocalSite(kind, folder)
        site.prepare(first)
        yield site


def _stop(kind: str) -> None:
    database.stop(kind)
    while (database.data_folder(kind) / "postmaster.pid").exists():
        time.sleep(0.05)
