"""`make demo`: the whole site on this machine — database, web server, background worker — started and stopped as one.

`python -m demo.serve [--port 8000] [--reset]` ends on Ctrl-C, on SIGTERM, when a part of it ends by itself, and with
the process that started it.
"""

from __future__ import annotations

import argparse
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import Error as DatabaseFailure
from django.db import connections
from dotenv import dotenv_values

from demo import embedded
from demo.processes import Part, end_with
from newsroom import database, translations

HOST = "127.0.0.1"  # the accounts' password is known to everyone, so nobody else may reach the demonstration
VAR_DIR = database.BASE / "var"
#: Seconds that another demonstration gets to end, the web server to answer, and each part to stop.
PATIENCE_WITH_ANOTHER, PATIENCE_WITH_START, PATIENCE_WITH_END = 30, 120, 10
#: Not empty once everything shall end. (An Event could not be set by a signal that meets it locked.)
stopping: list[bool] = []


class CannotServe(Exception):
    """The demonstration cannot start or go on; the message says why and what to do."""


_SAY_IT_THEMSELVES = (
    CannotServe,
    CommandError,
    ImproperlyConfigured,
    database.DatabaseUnavailable,
    translations.WrongTranslation,
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description="Run the demonstration until Ctrl-C.")
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--reset", action="store_true", help="start over: lose what was changed")
    parser.add_argument("--owner", type=int, default=os.getppid(), help="the process that it ends with")
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        end_with(options.owner)
        with only_demonstration(options.port) as lock:
            serve(options.port, reset=options.reset, lock=lock)
    except KeyboardInterrupt:
        say("Newsroom has stopped.")
        return 0
    except _SAY_IT_THEMSELVES as error:
        reason = str(error)
    except DatabaseFailure as error:
        reason = f"The database failed ({first_line(error)}). Check that the disk has space, then try again."
    except OSError as error:
        reason = f"The demonstration cannot go on: {error}. Check that the disk has space and that {VAR_DIR} is yours."
    say(reason, to=sys.stderr)
    return 1


def stop(*args: object) -> None:
    """Interrupt whatever goes on at the first signal; the next ones, of make or the kernel, must not disturb the end."""
    if not stopping:
        stopping.append(True)
        raise KeyboardInterrupt


def port_number(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text} is not a port: give a number from 1 to 65535, such as 8000")
    return int(text)


@contextmanager
def only_demonstration(port: int) -> Iterator[int]:
    """Hold the lock of this checkout: two demonstrations would share a database, and the first to end would stop it.

    The parts keep the lock's file open too, so that nothing starts while a part of a killed demonstration still ends.
    """
    VAR_DIR.mkdir(exist_ok=True)
    with (VAR_DIR / "demo.lock").open("a+") as file:
        if not is_locked(file):
            say("Another demonstration of this folder is running; waiting for it to end.")
            deadline = time.monotonic() + PATIENCE_WITH_ANOTHER
            while not is_locked(file):
                if time.monotonic() > deadline:
                    file.seek(0)
                    raise CannotServe(f"It runs at {file.read()}. Use that one, or stop it first.")
                time.sleep(0.1)
        file.truncate(0)
        file.write(f"http://{HOST}:{port}/ (process {os.getpid()})")
        file.flush()
        yield file.fileno()


def is_locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def serve(port: int, *, reset: bool, lock: int) -> None:
    """Make everything ready, run it, and stop all of it whatever happens. Returns only by an exception."""
    refuse_used_port(port)
    use_own_settings(port)
    parts: list[Part] = []
    try:
        prepare(reset=reset)
        parts.append(Part.start("web server", web_server(port), keep_open=lock))
        parts.append(Part.start("background worker", ["manage.py", "procrastinate", "worker"], keep_open=lock))
        wait_for_answer(port, parts)
        welcome(port)
        while not stopping:  # an interrupt can get lost in a callback; this cannot
            refuse_ended(parts)
            time.sleep(0.5)
        raise KeyboardInterrupt
    finally:
        stopping.append(True)
        for part in parts:
            part.ask_to_end()
        for part in parts:
            part.end(patience=PATIENCE_WITH_END)
        embedded.stop()


def refuse_used_port(port: int) -> None:
    # The web server shares its port with whoever else shares theirs, and would not complain.
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CannotServe(
                f"Port {port} cannot be used ({error.strerror}). Choose another one, such as make demo PORT={port + 1}."
            ) from error


def use_own_settings(port: int) -> None:
    """Set what would otherwise come from the environment or from .env, which may belong to a real installation."""
    own = {
        "DEMO": "1",
        "DEBUG": "0",
        "SITE_URL": f"http://{HOST}:{port}",
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "EDITIONS": "en,uk",
        "DATABASE_URL": database.address(),
        "CACHE_URL": "db://cache",
        "EMAIL_URL": f"file:///{VAR_DIR}/mail",  # what follows the third stroke is the path
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    theirs = os.environ.get("DATABASE_URL") or dotenv_values(database.BASE / ".env").get("DATABASE_URL")
    if theirs not in (None, own["DATABASE_URL"]):
        say("DATABASE_URL is ignored: the demonstration uses only its own database.")
    os.environ.update(own)


def prepare(*, reset: bool) -> None:
    translations.compile_all()
    django.setup()
    call_command("build_demo", reset=reset)
    connections.close_all()
    # Cleared first: a file that somebody was killed over while writing it would count as up to date.
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def web_server(port: int) -> list[str]:
    # Threads are few because each keeps a connection to the database.
    return (
        f"-m granian --interface wsgi --host {HOST} --port {port} --workers 2 --blocking-threads 4 "
        "--respawn-failed-workers --respawn-interval 1 --workers-kill-timeout 3 --no-ws --log-level warning "
        "newsroom.wsgi:application"
    ).split()


def wait_for_answer(port: int, parts: list[Part]) -> None:
    deadline = time.monotonic() + PATIENCE_WITH_START
    answer = "nothing"
    while time.monotonic() < deadline and not stopping:
        refuse_ended(parts)
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/healthz")
            status = connection.getresponse().status
            connection.close()
            if status == http.HTTPStatus.OK:
                return
            answer = f"status {status}"
        time.sleep(0.1)
    if not stopping:
        raise CannotServe(f"The web server does not become ready: /healthz answers with {answer}.")


def refuse_ended(parts: list[Part]) -> None:
    for part in parts:
        if part.has_ended():
            raise CannotServe(
                f"The {part.name} has ended by itself (exit code {part.process.returncode}), so everything stops."
            )


def welcome(port: int) -> None:
    site = f"http://{HOST}:{port}"
    say(
        f"\nNewsroom is ready at {site}/\n"
        f"  Editors sign in at {site}/admin/ as chief, editor or translator; the password is demo.\n"
        f"  Mail stays on this machine: {site}/demo/mail/\n"
        "  Ctrl-C stops everything; what you change is kept. `make demo RESET=1` starts over.\n"
    )


def say(sentence: str, *, to: IO[str] | None = None) -> None:
    print(sentence, file=to, flush=True)


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


if __name__ == "__main__":
    sys.exit(main())
