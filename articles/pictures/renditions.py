"""The files of a picture that readers get: made from the original by a program of its own, then put in place."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction

from articles.models import Picture, Refusal
from articles.pictures import MODERN, rendition_name
from articles.pictures.containers import Refused
from articles.pictures.reading import rights_to_keep

_DECODER = Path(__file__).with_name("decoder.py")
_LONGEST = 120  # seconds; the decoder's own limit of processor time ends sooner


class _Made(File):  # type: ignore[type-arg]  # generic in its stubs only
    """A file on the disk that the storage may move instead of copying it."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def make(picture_id: int) -> None:
    """Make every rendition of a picture, or say why a waiting one has none. Done again, it does the same."""
    picture = _wanted(picture_id)
    if not picture:
        return
    try:
        with TemporaryDirectory(
            prefix="making-", dir=settings.FILE_UPLOAD_TEMP_DIR, ignore_cleanup_errors=True
        ) as folder:
            _decode(picture, Path(folder))
            with transaction.atomic():
                if _wanted(picture_id, is_locked=True):  # it may have been deleted or withheld meanwhile
                    _publish(picture, Path(folder))
    except Refused as refused:
        _end(picture, Picture.Status.FAILED, refused.refusal)
    else:
        _end(picture, Picture.Status.READY)


def remove(key: str, widths: list[int]) -> None:
    """Remove what readers get of a picture from the public storage."""
    for width in widths:
        for ending in ("jpg", MODERN):
            storages["public"].delete(rendition_name(key, width, ending))


def _wanted(picture_id: int, *, is_locked: bool = False) -> Picture | None:
    found = Picture.objects.exclude(status=Picture.Status.FAILED).filter(pk=picture_id)
    return (found.select_for_update(no_key=True) if is_locked else found).first()


def _end(picture: Picture, status: Picture.Status, failure: str = "") -> None:
    Picture.objects.waiting().filter(pk=picture.pk).update(status=status, failure=failure)


def _decode(picture: Picture, folder: Path) -> None:
    original = folder / f"original.{picture.format}"
    try:
        with picture.file.open("rb") as source, original.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    except FileNotFoundError as error:
        raise Refused(Refusal.LOST) from error
    asked = {"widths": picture.widths, "rights": rights_to_keep(picture.stated_rights, picture.credit)}
    try:
        done = subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, "-I", str(_DECODER), str(original), str(folder)],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(Refusal.TOO_HARD) from error
    if done.returncode < 0:  # ended by a signal: out of memory or time, or a fault in the decoder
        raise Refused(Refusal.TOO_HARD)
    if done.returncode:
        raise Refused(Refusal.DAMAGED)
    error_name = json.loads(done.stdout).get("error")
    if error_name == Refusal.NO_SPACE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # no fault of the picture: the queue tries again
    if error_name:
        raise Refused(Refusal(error_name))


def _publish(picture: Picture, folder: Path) -> None:
    for width in picture.widths:
        for ending in ("jpg", MODERN):
            made = folder / f"{width}.{ending}"
            with made.open("rb") as content:
                storages["public"].save(rendition_name(picture.key, width, ending), _Made(content, name=str(made)))
