"""The site as it runs in earnest, on a database of its own with the demonstration in it, for as long as it is measured."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from benchmarks import certificate
from newsroom import database

KIND = "bench-postgres"
LOG = database.BASE / "var" / "measured.log"  # what the web servers say; errors are asked for, too


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_DEMONSTRATION = (
    "from demo import build; from django.utils import timezone; build.is_built() or build.build(timezone.now())"
)


@contextmanager
def running(database_url: str = "", *, with_queue: bool = False, tls: bool = False) -> Iterator[str]:
    """Yields the address of a running site; everything is stopped afterwards, and the database is left for next time.

    Without a `database_url` of its own kind of data, the site holds the demonstration. `with_queue` runs the queue's
    worker beside it.
    """
    database.start(KIND)
    try:
        prepare = (
            "import django; django.setup(); from django.core.management import call_command as c; "
            "c('migrate', verbosity=0); c('createcachetable', verbosity=0); "
            "c('collectstatic', interactive=False, verbosity=0); " + ("" if database_url else _DEMONSTRATION)
        )
        url = database_url or database.address(KIND)
        environment = environment_for(url) | {"SITE_URL": "http://127.0.0.1"}
        subprocess.run([sys.executable, "-c", prepare], cwd=database.BASE, env=environment, check=True)
        with serving(url, with_queue=with_queue, tls=tls) as address:
            yield address
    finally:
        database.stop(KIND)


@contextmanager
def serving(database_url: str, *, with_queue: bool = False, tls: bool = False) -> Iterator[str]:
    """A web server over this database, whatever is in it, even if there is none. With `tls`, at https and its settings."""
    port = free_port()
    address = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    environment = environment_for(database_url) | {"SITE_URL": address}
    serve = f"-m granian --interface wsgi --host 127.0.0.1 --port {port} --workers 2 --blocking-threads 4 --no-ws"
    serve += " --workers-kill-timeout 3"  # a worker whose last visitor keeps the line open would not end
    if tls:
        own, key = certificate.files()
        serve += f" --ssl-certificate {own} --ssl-keyfile {key}"
    web = [sys.executable, *serve.split(), "--log-level", "warning", "newsroom.wsgi:application"]
    queue = [sys.executable, "manage.py", "procrastinate", "worker"]
    with ExitStack() as stack:
        log = stack.enter_context(LOG.open("a"))
        for command in [web, *([queue] if with_queue else [])]:
            process = subprocess.Popen(command, cwd=database.BASE, env=environment, stderr=log)
            stack.enter_context(process)
            stack.callback(process.terminate)
        _wait(address)
        yield address


def environment_for(database_url: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database_url,
        "DEMO": "1",
        "DEBUG": "0",
        "STORAGE_URL": (database.BASE / "var" / "bench-media").as_uri(),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }


def _wait(address: str) -> None:
    trusting = ssl._create_unverified_context() if address.startswith("https") else None
    for _attempt in range(300):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5, context=trusting).close()
            return
        except urllib.error.HTTPError:  # it answers, though with an error: so it is meant where there is no database
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("The site to be measured does not answer.")
