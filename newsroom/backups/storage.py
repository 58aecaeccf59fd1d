"""The files that editors uploaded, wherever the storage keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.storage import default_storage


def names(folder: str = "") -> Iterator[str]:
    """Every file of the storage, in no promised order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from names(prefix + name)


def location() -> str | None:
    """The folder of the files, where they are on this machine."""
    try:
        return default_storage.path("")
    except NotImplementedError:
        return None
