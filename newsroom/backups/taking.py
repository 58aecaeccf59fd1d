"""Taking a backup: one moment of the database, then every file, written beside its name and renamed when whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from newsroom.backups import postgres, storage
from newsroom.backups.archive import DATABASE, MANIFEST, MEDIA, BackupError, Manifest, Part, copy

_NAME, _UNFINISHED = "newsroom-{:%Y-%m-%dT%H%M%SZ}.zip", ".part"


def take(target: Path, *, at: datetime, keep: int | None = None) -> tuple[Path, Manifest]:
    """Write a backup to a file, or under a name of its own into a folder, of which the newest `keep` then stay.

    The site may run and be written to meanwhile. Raises BackupError, and leaves no unfinished file.
    """
    folder = target if target.is_dir() or not target.suffix else target.parent
    path = folder / _NAME.format(at.astimezone(UTC)) if folder == target else target
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _forget_unfinished(folder)
        if path.exists():
            raise BackupError(f"{path} is there already. Name another file, or a folder.")
        _refuse_small_disk(folder)
        with _finished_or_gone(path) as file:
            manifest = _write(file, at)
    except postgres.ProgramMissing as error:
        raise BackupError(str(error)) from error
    except OSError as error:
        raise BackupError(
            f"The backup could not be written to {path}: {error.strerror}. No unfinished file was left. "
            "Check that the disk has space and that the folder may be written to, then try again."
        ) from error
    if keep and folder == target:
        for old in sorted(folder.glob("newsroom-*Z.zip"))[:-keep]:
            old.unlink()
    return path, manifest


def _write(file: IO[bytes], at: datetime) -> Manifest:
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
        postgres.snapshot() as (seen, name),
    ):
        manifest = Manifest(
            made_at=at.isoformat(timespec="seconds"),
            site=settings.SITE_URL,
            postgresql=postgres.server_version(),
            migrations=_migrations(),
            tables=postgres.tables(seen),
            columns=postgres.columns(seen),
        )
        _dump(archive, manifest, name)
        for name in storage.names():
            with suppress(FileNotFoundError):  # removed while we were at it
                manifest.parts[MEDIA + name] = _keep(archive, name)
        archive.writestr(MANIFEST, manifest.to_json(), zipfile.ZIP_DEFLATED)
    return manifest


def _keep(archive: zipfile.ZipFile, name: str) -> Part:
    with storage.open_file(name) as source, archive.open(MEDIA + name, "w", force_zip64=True) as part:
        return copy(source, part.write)


def _dump(archive: zipfile.ZipFile, manifest: Manifest, snapshot: str) -> None:
    command = [
        postgres.program("pg_dump"), "--format=custom", "--compress=3", "--no-owner", "--no-privileges",
        "--schema=public", f"--snapshot={snapshot}",
        *(f'--exclude-table-data=public."{table}"' for table in postgres.transient()),
    ]  # fmt: skip
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603  (a program of PostgreSQL)
            command, env=postgres.environment(), stdout=subprocess.PIPE, stderr=said
        ) as process:
            try:
                with archive.open(DATABASE, "w", force_zip64=True) as part:
                    manifest.parts[DATABASE] = copy(process.stdout, part.write)  # type: ignore[arg-type]
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            said.seek(0)
            raise BackupError(f"The database could not be read: {said.read().decode(errors='replace').strip()}")


def _migrations() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def _refuse_small_disk(folder: Path) -> None:
    """Ask for as much as the database and the files take uncompressed, so that a backup does not fill the disk."""
    needed = postgres.size() + sum(map(storage.size, storage.names()))
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            f"There is no space for a backup in {folder}: it may need {megabytes(needed)}, and {megabytes(free)} are "
            "free. Remove old backups or name a folder on another disk. Nothing was written."
        )


def megabytes(size: int) -> str:
    return f"{max(1, round(size / 1e6)):,} MB"


@contextmanager
def _finished_or_gone(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read and that gets its name once the disk has all of it."""
    unfinished = path.with_name(f".{path.name}{_UNFINISHED}")
    try:
        with open(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _forget_unfinished(folder: Path) -> None:
    """Remove what a backup left that was killed; one that still runs holds a lock."""
    for path in folder.glob(f".*.zip{_UNFINISHED}"):
        with path.open("rb") as file, suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
