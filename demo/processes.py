"""The processes of the demonstration: none of them may outlive it, however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from newsroom import database

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with(parent: int) -> None:
    """Ask for a SIGTERM when the process `parent`, which started this one, is gone, even by SIGKILL; Linux only."""
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # gone before we could ask
            os.kill(os.getpid(), signal.SIGTERM)


@dataclass(frozen=True)
class Part:
    """A running part of the demonstration, such as the web server, with all that it started itself."""

    name: str
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, name: str, arguments: Sequence[str], *, keep_open: int) -> Part:
        """Run Python with `arguments`; `keep_open` is a file that stays open as long as the part lives."""
        return cls(
            name,
            subprocess.Popen(  # noqa: S603  (our own programs, by fixed names)
                [sys.executable, *arguments],
                cwd=database.BASE,
                stdin=subprocess.DEVNULL,
                pass_fds=[keep_open],
                preexec_fn=partial(end_with, os.getpid()),
                start_new_session=True,  # Ctrl-C reaches the demonstration alone, which then stops its parts in order
            ),
        )

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def ask_to_end(self) -> None:
        self.process.terminate()

    def end(self, *, patience: float) -> None:
        """Wait at most `patience` seconds for it to end, then kill what is left of it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
