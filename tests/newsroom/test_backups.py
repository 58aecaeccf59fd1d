"""A backup taken while the site runs holds one moment of it; put back, that moment is there again, or nothing changed."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article
from newsroom import actions
from newsroom.backups import BackupError, postgres, prove, restore, restoring, storage, take, taking
from newsroom.models import Letter
from tests import cast
from tests.cast import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_alone")]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path):
    """Two storages, as a site has that keeps apart what everybody may fetch."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {"staticfiles": settings.STORAGES["staticfiles"]} | {
        alias: {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / "media" / alias)}}
        for alias in ("default", "public")
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def site_with_a_picture() -> None:
    cast.published("The lock keeper")
    default_storage.save("pictures/2026/lock.jpg", ContentFile(b"lock" * 1000))
    storages["public"].save("pictures/1200.jpg", ContentFile(b"small"))


def everything() -> tuple[dict[str, postgres.Table], dict[str, bytes]]:
    """Every table's rows and sum, and every file."""
    with postgres.snapshot() as (seen, _name):
        tables = postgres.tables(seen)
    files = {}
    for name in storage.names():
        with storage.open_file(name) as file:
            files[name] = file.read()
    return tables, files


def write_a_letter() -> None:
    actions.receive_letter(
        key=uuid.uuid4(), edition="en", to="newsroom", name="R", email="r@mail.example", about="", text="t", at=NOON
    )


def rewritten(path: Path, change: Callable[[dict[str, Any]], object], names: Mapping[str, str] = {}) -> Path:
    """The same archive with another manifest, and perhaps other names of its parts."""
    copy = path.with_name("rewritten.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest).encode()
            new.writestr(names.get(name, name), data)
    return copy


def test_what_was_changed_since_is_as_it_was_and_the_site_goes_on(folder: Path):
    site_with_a_picture()
    before = everything()
    path, _manifest = take(folder, at=NOON)
    Article.objects.update(title="Changed")
    default_storage.delete("pictures/2026/lock.jpg")
    storages["public"].delete("pictures/1200.jpg")
    default_storage.save("pictures/later.jpg", ContentFile(b"later"))

    restore(path, replace=True)
    assert everything() == before
    cast.published("The next story")  # its number follows on, its rows are taken
    assert Article.objects.count() == 2
    again, _manifest = take(folder, at=NOON + timedelta(hours=1))
    restore(again, replace=True)  # a site that was restored can be backed up and restored


def sign_somebody_in() -> None:
    SessionStore().save(must_create=True)


def test_nobody_is_signed_in_by_a_backup(folder: Path):
    sign_somebody_in()
    path, manifest = take(folder, at=NOON)
    assert "django_session" not in manifest.tables
    restore(path, replace=True)
    assert not Session.objects.exists()


def test_nobody_is_signed_in_by_an_older_backup_that_holds_sessions(folder: Path, monkeypatch: pytest.MonkeyPatch):
    sign_somebody_in()
    with monkeypatch.context() as before:
        before.setattr(postgres, "transient", list)
        path, manifest = take(folder, at=NOON)
    assert manifest.tables["django_session"].rows == 1
    restore(path, replace=True)
    assert not Session.objects.exists()


def test_a_backup_under_way_is_of_one_moment_whatever_is_written_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    site_with_a_picture()
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():
            write_a_letter()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        path, manifest = take(folder, at=NOON)
    finally:
        ended.set()
        writer.join()
    assert Letter.objects.count() > manifest.tables["newsroom_letter"].rows
    restore(path, replace=True)
    assert Letter.objects.count() == manifest.tables["newsroom_letter"].rows


def test_only_its_owner_may_read_it_and_the_newest_are_kept(folder: Path):
    for hour in range(3):
        path, _manifest = take(folder, at=NOON + timedelta(hours=hour), keep=2)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in sorted(folder.iterdir())] == [
        "newsroom-2026-03-02T130000Z.zip",
        "newsroom-2026-03-02T140000Z.zip",
    ]


def test_what_a_killed_backup_left_is_removed_by_the_next(folder: Path):
    folder.mkdir()
    (folder / ".newsroom-2026-03-01T120000Z.zip.part").write_bytes(b"half")
    path, _manifest = take(folder, at=NOON)
    assert list(folder.iterdir()) == [path]


def test_a_file_that_is_there_is_not_written_over(folder: Path):
    path, _manifest = take(folder / "mine.zip", at=NOON)
    with pytest.raises(BackupError, match="is there already"):
        take(path, at=NOON)


def cut(path: Path) -> Path:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 100)
    return path


def flip(path: Path) -> Path:
    with path.open("r+b") as file:
        file.seek(2000)
        byte = file.read(1)
        file.seek(2000)
        file.write(bytes([byte[0] ^ 1]))
    return path


def letter(path: Path) -> Path:
    path.write_text("Dear newsroom, ")
    return path


def album(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("holiday.jpg", b"sun")
    return path


def climb(manifest: dict[str, Any]) -> None:
    manifest["parts"]["media/default/../../../etc/passwd"] = manifest["parts"].pop(
        "media/default/pictures/2026/lock.jpg"
    )


def lead_away(path: Path) -> Path:
    inside, outside = "media/default/pictures/2026/lock.jpg", "media/default//tmp/lock.jpg"
    return rewritten(path, lambda m: m["parts"].update({outside: m["parts"].pop(inside)}), names={inside: outside})


WRONG: dict[str, tuple[Callable[[Path], Path], str]] = {
    "cut short": (cut, "is damaged or was cut short"),
    "one bit changed": (flip, "is damaged or was cut short"),
    "a letter": (letter, "is not a backup of a newsroom"),
    "another archive": (album, "is not a backup of a newsroom"),
    "nothing there": (lambda path: path.with_name("none.zip"), "There is no file"),
    "a folder": (lambda path: path.parent, "is a folder"),
    "a newer form": (lambda path: rewritten(path, lambda m: m.update(format=2)), "the format 2"),
    "a newer version": (
        lambda path: rewritten(path, lambda m: m["migrations"]["articles"].append("0099_the_future")),
        r"does not know articles\.0099_the_future",
    ),
    "a newer server": (lambda path: rewritten(path, lambda m: m.update(postgresql=99)), "of PostgreSQL 99"),
    "a way out of the storage": (lambda path: rewritten(path, climb), "is not a backup of a newsroom"),
    "a way out through the root": (lead_away, "could not be put back"),
    "a part that is missing": (
        lambda path: rewritten(path, lambda m: m["parts"].update({"media/x": {"bytes": 1, "sha256": ""}})),
        "is damaged or was cut short",
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_archive_is_refused_in_a_sentence_and_nothing_is_changed(kind: str, folder: Path):
    spoil, sentence = WRONG[kind]
    site_with_a_picture()
    path, _manifest = take(folder, at=NOON)
    before = everything()
    with pytest.raises(BackupError, match=sentence):
        restore(spoil(path), replace=True)
    assert everything() == before


def test_a_table_that_does_not_come_out_as_it_was_undoes_everything(folder: Path):
    site_with_a_picture()
    path, _manifest = take(folder, at=NOON)
    default_storage.delete("pictures/2026/lock.jpg")
    storages["public"].delete("pictures/1200.jpg")
    storages["public"].save("pictures/1200.jpg", ContentFile(b"drawn anew"))
    write_a_letter()
    before = everything()
    wrong = rewritten(path, lambda m: m["tables"]["articles_article"].update(checksum="1"))
    with pytest.raises(BackupError, match="table articles_article is not as it was"):
        restore(wrong, replace=True)
    assert everything() == before


def test_a_file_that_is_another_one_by_now_is_as_it_was(folder: Path):
    site_with_a_picture()
    path, _manifest = take(folder, at=NOON)
    before = everything()
    default_storage.delete("pictures/2026/lock.jpg")
    default_storage.save("pictures/2026/lock.jpg", ContentFile(b"another lock"))
    restore(path, replace=True)
    assert everything() == before


def refuse(*arguments: object, **options: object) -> None:
    raise OSError("the disk is gone")


def test_a_site_whose_files_fail_after_its_database_is_back_is_told_so(folder: Path, monkeypatch: pytest.MonkeyPatch):
    path, _manifest = take(folder, at=NOON)
    default_storage.save("pictures/later.jpg", ContentFile(b"later"))
    monkeypatch.setattr(storage, "delete", refuse)
    with pytest.raises(
        BackupError, match=r"The database is back, but .*the disk is gone.*Restore the same backup again"
    ):
        restore(path, replace=True)


def test_a_site_that_is_back_but_cannot_be_brought_up_to_date_is_told_so(folder: Path, monkeypatch: pytest.MonkeyPatch):
    path, _manifest = take(folder, at=NOON)
    monkeypatch.setattr(restoring, "_is_older", lambda: True)
    monkeypatch.setattr(restoring, "call_command", refuse)
    with pytest.raises(
        BackupError, match=r"The database is back, but it could not be brought up to date.*newsroom migrate"
    ):
        restore(path, replace=True)


def test_a_dump_that_the_database_does_not_take_undoes_everything(folder: Path, monkeypatch: pytest.MonkeyPatch):
    site_with_a_picture()
    path, _manifest = take(folder, at=NOON)
    before = everything()
    programs = {"pg_restore": "/bin/false", "psql": postgres.program("psql")}
    monkeypatch.setattr(postgres, "program", programs.__getitem__)
    with pytest.raises(BackupError, match="did not take the backup"):
        restore(path, replace=True)
    assert everything() == before


def test_a_site_that_is_not_empty_is_kept(folder: Path):
    path, _manifest = take(folder, at=NOON)
    site_with_a_picture()
    before = everything()
    with pytest.raises(BackupError, match=r"it has articles and uploaded files\..*--replace"):
        restore(path)
    assert everything() == before


def test_a_site_that_migrate_alone_has_made_counts_as_empty(folder: Path):
    path, manifest = take(folder, at=NOON)
    assert restore(path) == manifest


def test_a_site_that_runs_is_not_restored_over(folder: Path):
    path, _manifest = take(folder, at=NOON)
    with postgres.snapshot(), pytest.raises(BackupError, match=r"in use by 1 other session\. Stop the site first"):
        restore(path, replace=True)


def test_without_the_programs_of_the_database_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgres, "server_version", lambda: 99)
    with pytest.raises(BackupError, match="pg_dump of PostgreSQL 99 is missing"):
        take(folder, at=NOON)
    assert not list(folder.iterdir())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"a disk that is full needs the right to mount one: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_small_disk_is_told_before_anything_is_written(small_disk: Path):
    with pytest.raises(BackupError, match=r"There is no space for a backup in .*Nothing was written"):
        take(small_disk, at=NOON)
    assert os.listdir(small_disk) == []


def test_a_disk_that_becomes_full_leaves_no_unfinished_file(small_disk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(taking, "_refuse_small_disk", lambda folder: None)
    with pytest.raises(BackupError, match="No space left on device"):
        take(small_disk, at=NOON)
    assert os.listdir(small_disk) == []


def test_the_commands_say_what_they_did(folder: Path, capsys: pytest.CaptureFixture[str]):
    site_with_a_picture()
    call_command("backup", folder)
    (path,) = folder.iterdir()
    assert f"{path}: " in capsys.readouterr().out
    call_command("restore", path, check=True)
    assert f"is whole: {settings.SITE_URL} as it was at" in capsys.readouterr().out
    call_command("restore", path, replace=True, interactive=False)
    assert "2 files); every table has the rows and the sum that it had then" in capsys.readouterr().out


def test_the_commands_fail_with_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch):
    path, _manifest = take(folder, at=NOON)
    with pytest.raises(CommandError, match="at least 1"):
        call_command("backup", folder, keep=0)
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", path)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", folder / "none.zip")
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    with pytest.raises(CommandError, match="not the name, so nothing was changed"):
        call_command("restore", path, replace=True)


def test_proving_an_archive_needs_no_empty_site(folder: Path):
    site_with_a_picture()
    path, manifest = take(folder, at=NOON)
    assert prove(path) == manifest
    assert sorted(manifest.files) == ["default/pictures/2026/lock.jpg", "public/pictures/1200.jpg"]
