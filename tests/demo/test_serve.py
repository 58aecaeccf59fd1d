"""`make demo` starts once, ends as a whole, and says in a sentence why it does not start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.core.management import CommandError, call_command

from demo import serve
from demo.processes import Part
from newsroom import database


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "VAR_DIR", tmp_path)


@pytest.fixture
def part() -> Iterator[Callable[[str], Part]]:
    """Starts a part that runs the given Python; it is gone after the test."""
    started = []
    with open(os.devnull) as nothing:

        def start(program: str) -> Part:
            started.append(Part.start("trial", ["-c", program], keep_open=nothing.fileno()))
            return started[-1]

        yield start
        for each in started:
            each.end(patience=0)


def until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def is_gone(number: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    return True


def test_a_port_in_use_is_refused_with_another_to_try():
    with socket.create_server((serve.HOST, 0), reuse_port=True) as other:
        port = other.getsockname()[1]
        with pytest.raises(serve.CannotServe, match=rf"Port {port} cannot be used .*PORT={port + 1}\.$"):
            serve.refuse_used_port(port)
    serve.refuse_used_port(port)


def test_a_second_demonstration_of_the_folder_is_refused_with_the_address_of_the_first(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(serve, "PATIENCE_WITH_ANOTHER", 0)
    refused = pytest.raises(serve.CannotServe, match=r"It runs at http://127\.0\.0\.1:8020/ \(process \d+\)\.")
    with serve.only_demonstration(8020), refused, serve.only_demonstration(8021):
        pytest.fail("both run")
    with serve.only_demonstration(8021):
        pass


def test_a_part_that_ends_by_itself_ends_the_demonstration(part: Callable[[str], Part]):
    ended = part("raise SystemExit(3)")
    ended.process.wait()
    with pytest.raises(serve.CannotServe, match=r"The trial has ended by itself \(exit code 3\)"):
        serve.refuse_ended([ended])


def test_a_part_that_does_not_want_to_end_is_killed_with_all_that_it_started(
    part: Callable[[str], Part], tmp_path: Path
):
    numbers = tmp_path / "number"
    stubborn = part(f"""
import os, pathlib, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if child:
    pathlib.Path({str(numbers)!r}).write_text(str(child))
time.sleep(60)
""")
    assert until(lambda: numbers.exists() and numbers.read_text() != "")
    stubborn.ask_to_end()
    stubborn.end(patience=0.1)
    assert stubborn.has_ended()
    assert until(lambda: is_gone(int(numbers.read_text())))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's end")
def test_a_part_ends_with_a_killed_demonstration(tmp_path: Path):
    program = """
import sys, time
from demo.processes import Part
print(Part.start("trial", ["-c", "import time; time.sleep(60)"], keep_open=sys.stdin.fileno()).process.pid, flush=True)
time.sleep(60)
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=database.BASE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as owner:
        assert owner.stdout
        number = int(owner.stdout.readline())
        assert not is_gone(number)
        owner.send_signal(signal.SIGKILL)
    assert until(lambda: is_gone(number))


def test_the_demonstration_is_never_built_into_another_database():
    with pytest.raises(CommandError, match="only its own database"):
        call_command("build_demo")


def test_what_is_no_port_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["make demo", "--port", "http"])
    with pytest.raises(SystemExit):
        serve.main()
    assert "http is not a port: give a number from 1 to 65535, such as 8000" in capsys.readouterr().err


def test_only_the_first_signal_interrupts_so_that_the_end_is_not_disturbed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(serve, "stopping", [])
    with pytest.raises(KeyboardInterrupt):
        serve.stop()
    serve.stop()
