"""The site as it runs in earnest, on a database of its own with the demonstration in it, for as long as it is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from newsroom import database

KIND = "bench-postgres"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_DEMONSTRATION = (
    "from demo import build; from django.utils import timezone; build.is_built() or build.build(timezone.now())"
)


@contextmanager
def running(database_url: str = "") -> Iterator[str]:
    """Yields the address of a running site; everything is stopped afterwards, and the database is left for next time.

    Without a `database_url` of its own kind of data, the site holds the demonstration.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": database_url or database.address(KIND),
        "DEMO": "1",
        "DEBUG": "0",
        "SITE_URL": address,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    database.start(KIND)
    try:
        prepare = (
            "import django; django.setup(); from django.core.management import call_command as c; "
            "c('migrate', verbosity=0); c('createcachetable'); c('collectstatic', interactive=False, verbosity=0); "
            + ("" if database_url else _DEMONSTRATION)
        )
        subprocess.run([sys.executable, "-c", prepare], cwd=database.BASE, env=environment, check=True)
        serve = f"-m granian --interface wsgi --host 127.0.0.1 --port {port} --workers 2 --blocking-threads 4 --no-ws"
        command = [sys.executable, *serve.split(), "--log-level", "warning", "newsroom.wsgi:application"]
        with subprocess.Popen(command, cwd=database.BASE, env=environment) as process:
            try:
                _wait(address)
                yield address
            finally:
                process.terminate()
    finally:
        database.stop(KIND)


def _wait(address: str) -> None:
    for _attempt in range(300):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("The site to be measured does not answer.")
