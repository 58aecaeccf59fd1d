"""An upload becomes an original: looked at, stripped of what it tells of its maker, measured. Nothing is decoded yet.

That is left to the queue (`articles.pictures.decoder`), so a web worker holds no more than the file.
"""

from __future__ import annotations

import errno
import re
import warnings
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image, IptcImagePlugin

from articles.models import Refusal
from articles.pictures.containers import Refused, kind_of, pieces_to_keep
from newsroom.html import plain
from newsroom.uploads import BoundedUpload

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
_LONGEST_XMP = 256 * 1024
_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_CREATOR, _CREDIT, _RIGHTS = (2, 80), (2, 110), (2, 116)  # of IPTC
_XMP = {
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "rights": "{http://purl.org/dc/elements/1.1/}rights",
    "credit": "{http://ns.adobe.com/photoshop/1.0/}Credit",
}


@dataclass(frozen=True, slots=True)
class Original:
    """A file that may be kept: without what it told of place, time and device."""

    file: TemporaryUploadedFile
    format: str
    width: int  # in pixels, as the picture is looked at
    height: int
    stated_rights: dict[str, str]  # any of "creator", "credit", "rights"


def read(upload: BoundedUpload) -> Original:
    """The original that an upload holds. Raises Refused."""
    if not upload.was_written:
        raise Refused(Refusal.NO_SPACE)
    if not upload.size:
        raise Refused(Refusal.EMPTY)
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise Refused(Refusal.TOO_BIG)
    with mmap(upload.fileno(), 0, access=ACCESS_READ) as file:
        kind = kind_of(file[:1024])
        for _piece in pieces_to_keep(file, kind, 1):
            pass  # whole, and in no more pieces than a program writes: what follows would be long over others
        size, orientation, rights = _facts(upload, kind)
        _demand_size(*size)
        kept = _write(file, kind, orientation)
    width, height = size if orientation < 5 else size[::-1]
    return Original(kept, kind, width, height, rights)


def proposed_credit(rights: dict[str, str]) -> str:
    """What the file says of its rights, as the line under a picture."""
    parts = [rights.get("creator", ""), rights.get("credit", "")]
    names = list(dict.fromkeys(part for part in parts if part))
    return (" / ".join(names) or rights.get("rights", ""))[:300]


def rights_to_keep(stated: dict[str, str], credit: str) -> dict[str, str]:
    """What the files that readers get say of rights: what the original says, or the credit where editors wrote another.

    A name that they took out, of somebody who must not be known, is in no file either.
    """
    if credit in ("", proposed_credit(stated)):
        return stated if credit else {}
    return {"credit": credit}


def _facts(upload: BoundedUpload, kind: str) -> tuple[tuple[int, int], int, dict[str, str]]:
    """Size as stored, EXIF's orientation and rights, as the file's head says them."""
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(upload.temporary_file_path(), formats=[kind.upper()]) as image,
        ):
            exif = Image.Exif()  # not by `image.getexif()`, which decodes a PNG to look behind its pixels
            exif.load(image.info.get("exif", b""))
            turn = exif.get(_ORIENTATION, 1)
            rights = _rights(exif, IptcImagePlugin.getiptcinfo(image) or {}, image.info.get("xmp", b""))
            return image.size, turn if turn in range(1, 9) else 1, rights
    except Image.DecompressionBombError as error:
        raise Refused(Refusal.TOO_MANY_PIXELS) from error
    except Exception as error:  # the decoder raises anything at all on a hostile file
        raise Refused(Refusal.DAMAGED) from error


def _demand_size(width: int, height: int) -> None:
    if max(width, height) > LONGEST_SIDE:
        raise Refused(Refusal.TOO_LONG)
    if width * height > MOST_PIXELS:
        raise Refused(Refusal.TOO_MANY_PIXELS)


def _write(file: mmap, kind: str, orientation: int) -> TemporaryUploadedFile:
    kept = BoundedUpload("original", f"image/{kind}", 0, None)
    try:
        for piece in pieces_to_keep(file, kind, orientation):
            kept.write(piece)
        kept.size = kept.tell()
        kept.seek(0)
    except OSError as error:
        raise Refused(Refusal.NO_SPACE if error.errno == errno.ENOSPC else Refusal.DAMAGED) from error
    return kept


def _rights(exif: Image.Exif, iptc: dict[Any, Any], xmp: bytes | str) -> dict[str, str]:
    """Creator, credit and rights: XMP before IPTC before EXIF, as programs write the newest words there."""
    stated = _xmp_rights(xmp)
    older = {
        "creator": iptc.get(_CREATOR) or _of_exif(exif.get(_ARTIST)),
        "credit": iptc.get(_CREDIT),
        "rights": iptc.get(_RIGHTS) or _of_exif(exif.get(_COPYRIGHT)),
    }
    for name, value in older.items():
        stated[name] = stated.get(name) or _text(value)
    return {name: words[:300] for name, words in stated.items() if words}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, bytes):
        try:
            value = value.decode()
        except UnicodeDecodeError:
            value = value.decode("latin-1")
    return plain(value.replace("\x00", " ")) if isinstance(value, str) else ""


def _of_exif(value: Any) -> str:
    """EXIF's text: read as Latin-1, though cameras write UTF-8 there."""
    if not isinstance(value, str):
        return ""
    try:
        return _text(value.encode("latin-1").decode())
    except UnicodeError:
        return _text(value)


def _xmp_rights(xmp: bytes | str) -> dict[str, str]:
    try:
        packet = xmp.decode() if isinstance(xmp, bytes) else xmp
        if not packet.strip("\x00 \n") or len(packet) > _LONGEST_XMP or re.search(r"<!(DOCTYPE|ENTITY)", packet):
            return {}
        root = ElementTree.fromstring(packet.strip("\x00"))  # noqa: S314  (short, and without entities)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        return {}
    found = {}
    for name, tag in _XMP.items():
        attribute = next((each.get(tag) for each in root.iter() if each.get(tag)), None)
        element = next(root.iter(tag), None)
        words = (
            [attribute] if attribute else [part.strip() for part in element.itertext()] if element is not None else []
        )
        found[name] = plain(", ".join(part for part in words if part))
    return found
