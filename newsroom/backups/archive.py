"""The file that a backup is: a ZIP with `database.dump`, `media/…` and, written last, `manifest.json`.

The manifest says what the site was at that moment, and has a SHA-256 of every part; nothing in it is secret that the
database does not hold.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from newsroom.backups.postgres import Table

FORMAT = 1
DATABASE, MEDIA, MANIFEST = "database.dump", "media/", "manifest.json"
CHUNK = 1 << 20


class BackupError(Exception):
    """A backup that cannot be taken or put back; the message says why, what to do and whether anything was changed."""


@dataclass(frozen=True)
class Part:
    bytes: int
    sha256: str


@dataclass
class Manifest:
    made_at: str
    site: str
    postgresql: int
    migrations: dict[str, list[str]]
    tables: dict[str, Table]
    #: The columns that each table's sum was made of.
    columns: dict[str, list[str]]
    parts: dict[str, Part] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        read: dict[str, Any] = json.loads(text)
        read["tables"] = {name: Table(**table) for name, table in read["tables"].items()}
        read["parts"] = {name: Part(**part) for name, part in read["parts"].items()}
        return cls(**read)

    @property
    def files(self) -> list[str]:
        """The names of the files in the storage."""
        return [name.removeprefix(MEDIA) for name in self.parts if name.startswith(MEDIA)]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def copy(source: IO[bytes], write: Callable[[bytes], object]) -> Part:
    """Copy in small pieces, whatever the size, and say how much it was and its hash."""
    found, size = hashlib.sha256(), 0
    while piece := source.read(CHUNK):
        write(piece)
        found.update(piece)
        size += len(piece)
    return Part(bytes=size, sha256=found.hexdigest())


def read_manifest(file: zipfile.ZipFile) -> Manifest:
    """The manifest of an open archive. Raises BackupError where it is not one of ours."""
    foreign = BackupError(f"{file.filename} is not a backup of a newsroom. Nothing was changed.")
    try:
        raw: Mapping[str, Any] = json.loads(file.read(MANIFEST))
        if raw.get("format") != FORMAT:
            raise BackupError(
                f"{file.filename} has the format {raw.get('format')}, and this version reads {FORMAT}. "
                "Restore it with the version of Newsroom that made it. Nothing was changed."
            )
        manifest = Manifest.from_json(json.dumps(raw))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise foreign from error
    if DATABASE not in manifest.parts or not all(map(_is_plain, manifest.parts)):
        raise foreign
    return manifest


def _is_plain(name: str) -> bool:
    """Whether a part can only land inside the storage."""
    path = PurePosixPath(name)
    return name == DATABASE or (name.startswith(MEDIA) and ".." not in path.parts and "\\" not in name)


def open_whole(path: Path) -> tuple[zipfile.ZipFile, Manifest]:
    """Open an archive after reading all of it: every part must be there and be what the manifest says."""
    damaged = f"{path} is damaged or was cut short ({{}}). Use another backup. Nothing was changed."
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise BackupError(f"{path} is a folder: name the backup in it that you want.") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    except zipfile.BadZipFile as error:
        if _begins_as_zip(path):
            raise BackupError(damaged.format("its end is missing")) from error
        raise BackupError(f"{path} is not a backup of a newsroom. Nothing was changed.") from error
    try:
        manifest = read_manifest(file)
        for name, part in manifest.parts.items():
            with file.open(name) as member:
                if copy(member, lambda _piece: None) != part:
                    raise BackupError(damaged.format(f"{name} is not as it was written"))
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        file.close()
        raise BackupError(damaged.format(str(error).strip("'\""))) from error
    except BackupError:
        file.close()
        raise
    return file, manifest


def _begins_as_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"
