"""Picture files from the outside: what they are, whether they are whole, and what of them is kept as an original.

Nothing is decoded here. Each format is walked from piece to piece; colour profile, picture and how it is turned are
kept, and everything that says where, when, with what and for whom it was made is left out, as is what follows the end.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from mmap import mmap

from PIL import Image

from articles.models import Refusal

#: More pieces than any program writes; files that have them are made to keep us busy.
MOST_PIECES = 20_000
_MOST_GIF_BLOCKS = 200_000  # of 255 bytes at most
_MOST_FILLING = 1_000  # bytes before a segment of a JPEG
_ORIENTATION = 0x0112
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


class Refused(Exception):
    """A file that cannot become a picture; `refusal` has the sentence."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.value)


def kind_of(head: bytes) -> str:
    """The format by the first kilobyte of a file: what a name or a browser says of it proves nothing. Raises Refused."""
    for kind, signature in (
        ("jpeg", b"\xff\xd8\xff"),
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("gif", b"GIF87a"),
        ("gif", b"GIF89a"),
    ):
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        if any(brand in head[8:64] for brand in (b"avif", b"avis")):
            return "avif"
        raise Refused(Refusal.HEIC if head[8:12] in _HEIC else Refusal.NOT_A_PICTURE)
    if re.search(rb"<(svg|html|!doctype|\?xml|script|body)\b", head, re.IGNORECASE):
        raise Refused(Refusal.DRAWING)
    raise Refused(Refusal.NOT_A_PICTURE if head else Refusal.EMPTY)


def pieces_to_keep(file: mmap, kind: str, orientation: int) -> Iterator[bytes]:
    """The file again without what it tells of its maker, in pieces to be written. Raises Refused.

    `orientation` is EXIF's (1 for upright): it is written anew where the format keeps it among what is left out.
    """
    walk = {"jpeg": _jpeg, "png": _png, "gif": _gif, "webp": _webp, "avif": _avif}[kind]
    try:
        for number, piece in enumerate(walk(file, orientation)):
            if number > MOST_PIECES:
                raise Refused(Refusal.DAMAGED)
            yield piece
    except (struct.error, IndexError) as error:  # read past the end
        raise Refused(Refusal.TRUNCATED) from error


def _turned(orientation: int) -> bytes:
    """EXIF that says nothing but how the picture is turned; b"" if it is upright."""
    if orientation == 1:
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    return exif.tobytes()


def _slice(file: mmap, start: int, end: int) -> bytes:
    if end > len(file):
        raise Refused(Refusal.TRUNCATED)
    return file[start:end]


# --- JPEG: segments, then runs of coded data between them ---

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9


def _jpeg(file: mmap, orientation: int) -> Iterator[bytes]:
    yield file[:2]
    if exif := _turned(orientation):
        yield struct.pack(">BBH", 0xFF, 0xE1, len(exif) + 2) + exif
    place, has_picture = 2, False
    while True:
        found = _NEXT_MARKER.search(file, place)  # what stands before it is filling
        if not found:
            raise Refused(Refusal.TRUNCATED)
        if found.start() - place > _MOST_FILLING:
            raise Refused(Refusal.DAMAGED)
        place, marker = found.end(), found.group()[1]
        if marker == _END_OF_IMAGE:
            if not has_picture:
                raise Refused(Refusal.TRUNCATED)
            yield b"\xff\xd9"
            return
        if marker in (0x01, 0xD8):
            yield b""
            continue
        (length,) = struct.unpack_from(">H", file, place)
        segment = _slice(file, place, place + length)
        place += length
        if _is_kept(marker, segment):
            yield bytes((0xFF, marker)) + segment
        else:
            yield b""
        if marker == _START_OF_SCAN:
            has_picture = True
            after = _NEXT_MARKER.search(file, place)
            end = after.start() if after else len(file)
            yield file[place:end]
            place = end


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker == 0xE0:
        return segment[2:6] == b"JFIF"
    if marker == 0xE2:
        return segment[2:13] == b"ICC_PROFILE"
    if marker == 0xEE:
        return segment[2:7] == b"Adobe"
    return not (0xE1 <= marker <= 0xEF or marker == 0xFE)  # other programs' notes, and comments


# --- PNG: chunks with a checksum each ---

_PNG_KEPT = frozenset(
    [b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs"]
)


def _png(file: mmap, orientation: int) -> Iterator[bytes]:
    yield file[:8]
    place, has_picture = 8, False
    while True:
        (length,) = struct.unpack_from(">I", file, place)
        chunk = _slice(file, place + 4, place + 8 + length)
        (checksum,) = struct.unpack_from(">I", file, place + 8 + length)
        name = chunk[:4]
        if zlib.crc32(chunk) != checksum:
            raise Refused(Refusal.DAMAGED)
        if name == b"IEND":
            if not has_picture:
                raise Refused(Refusal.DAMAGED)
            yield file[place : place + 12]
            return
        has_picture |= name == b"IDAT"
        yield file[place : place + 12 + length] if name in _PNG_KEPT else b""
        place += 12 + length
        if name == b"IHDR" and (exif := _turned(orientation).removeprefix(b"Exif\x00\x00")):
            yield _png_chunk(b"eXIf" + exif)


def _png_chunk(chunk: bytes) -> bytes:
    return struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))


# --- GIF: blocks; only the first picture is kept ---


def _gif(file: mmap, orientation: int) -> Iterator[bytes]:
    place, left = 13 + _colours(file[10]), _MOST_GIF_BLOCKS
    yield _slice(file, 0, place)
    while True:
        start, mark = place, file[place]
        if mark == 0x21:  # an extension; 0xF9 says what is transparent, the others speak to people and programs
            place, left = _past_blocks(file, place + 2, left)
            yield file[start:place] if file[start + 1] == 0xF9 else b""
        elif mark == 0x2C:
            place, left = _past_blocks(file, place + 11 + _colours(file[place + 9]), left)
            yield file[start:place] + b";"
            return
        else:
            raise Refused(Refusal.DAMAGED)


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _past_blocks(file: mmap, place: int, left: int) -> tuple[int, int]:
    """Where a row of blocks ends, and how many more of the `left` blocks the file may have."""
    for number in range(left):
        if file[place] == 0:
            return place + 1, left - number
        place += file[place] + 1
    raise Refused(Refusal.DAMAGED)


# --- WebP: chunks in a RIFF ---

_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _webp(file: mmap, orientation: int) -> Iterator[bytes]:
    (size,) = struct.unpack_from("<I", file, 4)
    end = 8 + size
    if end > len(file):
        raise Refused(Refusal.TRUNCATED)
    exif = _turned(orientation)
    kept: list[bytes] = []
    place, seen = 12, 0
    while place + 8 <= end:
        seen += 1
        if seen > MOST_PIECES:
            raise Refused(Refusal.DAMAGED)
        name, (length,) = file[place : place + 4], struct.unpack_from("<I", file, place + 4)
        chunk = bytearray(_slice(file, place, min(place + 8 + length + length % 2, end)))
        if len(chunk) < 8 + length:
            raise Refused(Refusal.TRUNCATED)
        if name == b"VP8X":
            chunk[8] = chunk[8] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if exif else 0)
        if name in (b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"):
            kept.append(bytes(chunk))
        place += 8 + length + length % 2
    if exif and kept and kept[0].startswith(b"VP8X"):
        kept.append(b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\x00" * (len(exif) % 2))
    yield b"RIFF" + struct.pack("<I", 4 + sum(map(len, kept))) + b"WEBP"
    yield from kept


# --- AVIF: boxes that point at each other by their place in the file, so what goes is blanked, not taken out ---

_IN_FILE, _IN_METADATA = 0, 1  # what an item's place is counted from


def _avif(file: mmap, orientation: int) -> Iterator[bytes]:
    blanked = bytearray(file)
    end, has_metadata = 0, False
    for name, start, stop, box in _boxes(file, 0, len(file)):
        end = stop
        if name == b"meta":
            if has_metadata:  # a file has one; each may take as long as the last
                raise Refused(Refusal.DAMAGED)
            has_metadata = True
            for place, length in _metadata_in(blanked, start + 4, stop):
                blanked[place : place + length] = bytes(length)
        elif name == b"moov":
            raise Refused(Refusal.MOVING)
        elif name not in (b"ftyp", b"mdat"):
            blanked[box + 4 : box + 8] = b"free"
            blanked[start:stop] = bytes(stop - start)
    yield bytes(blanked[:end])


def _boxes(file: mmap | bytearray, place: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Name of each box, where its content starts and stops, and where the box itself starts."""
    for _number in range(MOST_PIECES):
        if place + 8 > end:
            return
        (size,), name, head = struct.unpack_from(">I", file, place), bytes(file[place + 4 : place + 8]), 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", file, place + 8), 16
        size = size or end - place
        if size < head or place + size > end:
            raise Refused(Refusal.TRUNCATED)
        yield name, place + head, place + size, place
        place += size
    raise Refused(Refusal.DAMAGED)


def _metadata_in(file: bytearray, start: int, stop: int) -> list[tuple[int, int]]:
    """Place and length of what the items for EXIF and XMP hold; the items themselves become of no known kind."""
    boxes = {name: (first, last) for name, first, last, _box in _boxes(file, start, stop)}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        raise Refused(Refusal.DAMAGED)
    first, last = boxes[b"iinf"]
    ids = set()
    for name, begin, _stop, _box in _boxes(file, first + (6 if file[first] == 0 else 8), last):
        wide = file[begin] >= 3
        number = int.from_bytes(file[begin + 4 : begin + (8 if wide else 6)], "big")
        kind = begin + (10 if wide else 8)
        if name == b"infe" and bytes(file[kind : kind + 4]) in (b"Exif", b"mime"):
            file[kind : kind + 4] = b"none"
            ids.add(number)
    places = {_IN_FILE: 0, _IN_METADATA: boxes.get(b"idat", (0, 0))[0]}
    found, left = [], len(file)
    for number, method, place, length in _extents(file, *boxes[b"iloc"]):
        if number in ids:
            left -= length
            if left < 0 or method not in places or places[method] + place + length > len(file):
                raise Refused(Refusal.DAMAGED)
            found.append((places[method] + place, length))
    return found


def _extents(file: bytearray, place: int, last: int) -> Iterator[tuple[int, int, int, int]]:
    """Item, how it is placed, place and length of every extent of an `iloc` box."""
    version, sizes = file[place], file[place + 4 : place + 6]
    place += 6

    def number(length: int) -> int:
        nonlocal place
        place += length
        if place > last:
            raise Refused(Refusal.DAMAGED)
        return int.from_bytes(file[place - length : place], "big")

    wide, left = 4 if version == 2 else 2, MOST_PIECES
    for _item in range(number(wide)):
        item, method = number(wide), number(2) & 15 if version else 0
        number(2)  # which file: this one
        base, extents = number(sizes[1] >> 4), number(2)
        left -= 1 + extents
        if left < 0:  # an extent may take no byte of the file, so its end alone would not end this
            raise Refused(Refusal.DAMAGED)
        for _extent in range(extents):
            number(sizes[1] & 15 if version else 0)
            yield item, method, base + number(sizes[0] >> 4), number(sizes[0] & 15)
