"""The files that editors uploaded and what was made of them, wherever the storages keep them.

A file is named by its storage and its name there, such as `default/pictures/lock.jpg`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages


def names() -> Iterator[str]:
    """Every file of every storage, in no promised order; static files are part of the code."""
    for alias in settings.STORAGES:
        if alias != "staticfiles":
            yield from (f"{alias}/{name}" for name in _inside(storages[alias], ""))


def _inside(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from _inside(storage, prefix + name)


def _found(name: str) -> tuple[Storage, str]:
    alias, _slash, inside = name.partition("/")
    return storages[alias], inside


def has_storage(name: str) -> bool:
    """Whether this site keeps files where the name says."""
    return name.partition("/")[0] in settings.STORAGES


def open_file(name: str) -> IO[bytes]:
    storage, inside = _found(name)
    return cast(IO[bytes], storage.open(inside))


def exists(name: str) -> bool:
    storage, inside = _found(name)
    return storage.exists(inside)


def size(name: str) -> int:
    storage, inside = _found(name)
    return storage.size(inside)


def delete(name: str) -> None:
    storage, inside = _found(name)
    storage.delete(inside)


def save(name: str, source: IO[bytes]) -> None:
    storage, inside = _found(name)
    if storage.save(inside, File(source)) != inside:
        raise OSError(f"the storage does not keep the name {name}")


def folders() -> Iterator[str]:
    """The folders of the files, where they are on this machine."""
    for alias in settings.STORAGES:
        try:
            yield storages[alias].path("")
        except NotImplementedError:
            continue
