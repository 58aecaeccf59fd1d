"""Putting a backup back: proved first, then the files, then the database in one transaction that proves itself."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.apps import apps
from django.core.exceptions import SuspiciousOperation
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from newsroom.backups import postgres, storage
from newsroom.backups.archive import DATABASE, MEDIA, BackupError, Manifest, copy, open_whole
from newsroom.backups.taking import megabytes

_LEAVING = 2  # seconds
#: What the schema is for a new database, and again after it was dropped with all that is in it.
_EMPTY = """
SET LOCAL maintenance_work_mem = '256MB';
SET client_min_messages = warning;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


def prove(path: Path) -> Manifest:
    """Read a whole backup and say what it is. Changes nothing. Raises BackupError."""
    file, manifest = open_whole(path)
    file.close()
    return manifest


def restore(path: Path, *, replace: bool = False) -> Manifest:
    """Put a backup back, all of it or nothing.

    A site that somebody already works with is kept, unless `replace`. Raises BackupError.
    """
    file, manifest = open_whole(path)
    with file:
        _refuse_newer(manifest)
        _refuse_running()
        if not replace:
            _refuse_filled()
        _refuse_small_disk(manifest)
        written: list[str] = []
        try:
            different = _restore_missing(file, manifest, written)
            _restore_database(file, manifest)
        except BaseException as error:
            for name in written:
                with suppress(OSError):
                    storage.delete(name)
            if isinstance(error, OSError | SuspiciousOperation | postgres.ProgramMissing):
                raise BackupError(f"The backup could not be put back: {error}. Nothing was changed.") from error
            raise
        with _told("its files are not all as they were", "Restore the same backup again, with --replace."):
            for name in different:
                storage.delete(name)
                _restore_file(file, name)
            for name in set(storage.names()) - set(manifest.files):
                storage.delete(name)
    if _is_older():
        with _told("it could not be brought up to date", "Mend that, then run: newsroom migrate"):
            call_command("migrate", interactive=False, verbosity=0)
    return manifest


@contextmanager
def _told(what: str, then: str) -> Iterator[None]:
    """What fails after the database is back can undo nothing any more, so it says how things stand."""
    try:
        yield
    except Exception as error:
        raise BackupError(f"The database is back, but {what}: {error}. {then}") from error


def _is_older() -> bool:
    """Whether the database that was put back lacks something; if not, it stays as it was to the last row."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _refuse_newer(manifest: Manifest) -> None:
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs()}
    unknown = [
        f"{app}.{name}"
        for app, names in manifest.migrations.items()
        for name in names
        if app in ours and (app, name) not in loader.disk_migrations and not _is_replaced(loader, app, name)
    ]
    if unknown:
        raise BackupError(
            f"The backup is of a newer version of Newsroom: this one does not know {', '.join(unknown[:3])}. "
            "Upgrade the code first, then restore. Nothing was changed."
        )
    if not all(map(storage.has_storage, manifest.files)):
        raise BackupError("The backup has files for a storage that this site has not. Nothing was changed.")
    if manifest.postgresql > postgres.server_version():
        raise BackupError(
            f"The backup is of PostgreSQL {manifest.postgresql}, and this server is {postgres.server_version()}: "
            "a server takes backups of its own version or an older one. Nothing was changed."
        )


def _is_replaced(loader: MigrationLoader, app: str, name: str) -> bool:
    return any((app, name) in migration.replaces for migration in loader.disk_migrations.values())


def _refuse_running() -> None:
    """A session that was just closed, as a backup's before this, takes a moment to leave."""
    until = time.monotonic() + _LEAVING
    while (others := postgres.others()) and time.monotonic() < until:
        time.sleep(0.05)
    if others:
        raise BackupError(
            f"The database is in use by {others} other session{'s' if others > 1 else ''}. Stop the site first "
            "(systemctl stop 'newsroom*'), then restore. Nothing was changed."
        )


def _refuse_filled() -> None:
    """Keep what people made. What `migrate` alone leaves behind is nobody's work."""
    tables = set(connection.introspection.table_names())
    filled = [
        what
        for what, table in {"accounts": "newsroom_user", "articles": "articles_article"}.items()
        if table in tables and postgres.ask(f"SELECT EXISTS (SELECT FROM {table})")[0]  # noqa: S608  (names from above)
    ]
    if any(True for _name in storage.names()):
        filled.append("uploaded files")
    if filled:
        raise BackupError(
            f"This site is not empty: it has {' and '.join(filled)}. Nothing was changed. "
            "Restore into an empty site, or with --replace, which removes everything that is here."
        )


def _refuse_small_disk(manifest: Manifest) -> None:
    """As far as the files go, and as if all of them were new; PostgreSQL tells by itself when its disk is full."""
    needed = sum(part.bytes for name, part in manifest.parts.items() if name.startswith(MEDIA))
    for folder in map(Path, storage.folders()):
        there = next(parent for parent in (folder, *folder.parents) if parent.exists())
        if (free := shutil.disk_usage(there).free) < needed:
            raise BackupError(
                f"There is no space for the files in {folder}: they need {megabytes(needed)}, and {megabytes(free)} "
                "are free. Nothing was changed."
            )


def _restore_missing(file: zipfile.ZipFile, manifest: Manifest, written: list[str]) -> list[str]:
    """Write the files that are not there, told to `written`, to be taken back. Returns those that are there, but differ."""
    different = []
    for name in manifest.files:
        if not storage.exists(name):
            written.append(name)
            _restore_file(file, name)
            continue
        with storage.open_file(name) as present:
            if copy(present, lambda _piece: None) != manifest.parts[MEDIA + name]:
                different.append(name)
    return different


def _restore_file(file: zipfile.ZipFile, name: str) -> None:
    with file.open(MEDIA + name) as source:
        storage.save(name, source)


def _restore_database(file: zipfile.ZipFile, manifest: Manifest) -> None:
    """Empty, fill and prove the database in one transaction of `psql`; whatever ends it early undoes it."""
    environment, proof = postgres.environment(), postgres.proof(manifest.tables, manifest.columns)
    forgetting = postgres.forgetting(manifest.tables)
    psql = [postgres.program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    pg_restore = [postgres.program("pg_restore"), "--schema=public", "--no-owner", "--no-privileges", "--file=-"]
    connection.close()
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603  (a program of PostgreSQL)
            psql, env=environment, stdin=subprocess.PIPE, stderr=said, bufsize=0
        ) as session:
            try:
                with suppress(BrokenPipeError):  # it has ended, and said why
                    _write(session, f"BEGIN;\n{_EMPTY}")
                    if _pour(file, pg_restore, session, said):
                        _write(session, f"\n{proof}\n{forgetting}\nCOMMIT;\n")
                        session.communicate()
            finally:
                is_done = session.poll() == 0
                session.kill()  # before it could take the end of what it is told for the end of the work
        if not is_done:
            said.seek(0)
            reason = " ".join(said.read().decode(errors="replace").split())
            raise BackupError(f"The database did not take the backup ({reason}). Nothing was changed.")


def _write(session: subprocess.Popen[bytes], statements: str) -> None:
    left = memoryview(statements.encode())
    while left and session.stdin:
        left = left[session.stdin.write(left) :]


def _pour(file: zipfile.ZipFile, command: list[str], session: subprocess.Popen[bytes], said: IO[bytes]) -> bool:
    """Let `pg_restore` tell the session what the dump holds; whether it told all of it."""
    teller = subprocess.Popen(  # noqa: S603  (a program of PostgreSQL)
        command, stdin=subprocess.PIPE, stdout=session.stdin, stderr=said
    )
    with teller, file.open(DATABASE) as dump, teller.stdin as into:  # type: ignore[union-attr]
        copy(dump, into.write)
    return teller.returncode == 0
