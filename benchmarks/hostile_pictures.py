"""Files that are sent as pictures to do harm, or were harmed on their way: made here, the same every time."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Iterator
from functools import cache

from PIL import Image

_SCRIPT = b"<script>alert(1)</script>"
_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="50,27.0N"/></rdf:RDF></x:xmpmeta>'
)


def scene(width: int, height: int, seed: int = 1) -> Image.Image:
    """Something like a photograph: broad light, soft forms, grain."""
    state = random.getstate()
    random.seed(seed)
    forms = Image.effect_noise((max(width // 16, 2), max(height // 16, 2)), 90).convert("RGB")
    random.setstate(state)
    light = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    grain = Image.effect_noise((width, height), 10).convert("RGB")
    mixed = Image.blend(forms.resize((width, height), Image.Resampling.BICUBIC), light, 0.5)
    return Image.blend(mixed, grain, 0.1)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def with_place(image: Image.Image) -> Image.Exif:
    """EXIF with a place, a device and a maker, turned by a quarter."""
    exif = Image.Exif()
    exif[0x0112], exif[0x0110], exif[0x8298] = 6, "Spycam 3", "Ruth Calder"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (50.0, 27.0, 0.0), "E", (30.0, 31.0, 0.0)
    return exif


@cache
def sound_files() -> dict[str, bytes]:
    """Small pictures of every kind that is taken, with what they may carry; names without an ending."""
    image = scene(120, 80)
    exif = with_place(image)
    return {
        "jpeg": written(image, "JPEG", exif=exif, xmp=_XMP, comment=_SCRIPT),
        "jpeg-progressive": written(image, "JPEG", progressive=True),
        "jpeg-cmyk": written(image.convert("CMYK"), "JPEG"),
        "png": written(image, "PNG", exif=exif),
        "png-palette": written(image.quantize(16), "PNG", transparency=1),
        "png-deep": written(image.convert("L").convert("I;16"), "PNG"),
        "png-see-through": written(Image.merge("RGBA", (*image.split(), image.getchannel(0))), "PNG"),
        "gif": written(image.quantize(32), "GIF", save_all=True, append_images=[image.quantize(8)], comment=_SCRIPT),
        "webp": written(image, "WEBP", exif=exif, xmp=_XMP),
        "webp-lossless": written(image, "WEBP", lossless=True),
        "webp-moving": written(image, "WEBP", save_all=True, append_images=[image.rotate(9)]),
        "avif": written(image, "AVIF", exif=exif, xmp=_XMP),
    }


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, (head, *chunks, b"IEND")))


def _chunk(content: bytes) -> bytes:
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def _webp(*chunks: bytes) -> bytes:
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def _avif(places: bytes, filling: int = 32, times: int = 1) -> bytes:
    """An AVIF whose one item is EXIF; `places` is its box `iloc`. It may say so many times."""
    item = _box(b"infe", bytes((2, 0, 0, 0, 0, 1, 0, 0)) + b"Exif\x00")
    items = _box(b"iinf", bytes((0, 0, 0, 0, 0, 1)) + item)
    meta = _box(b"meta", bytes(4) + items + _box(b"iloc", places))
    return _box(b"ftyp", b"avif" + bytes(4) + b"avif") + meta * times + _box(b"mdat", bytes(filling))


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def _places(sizes: int, items: int, extents: int, extent: bytes = b"") -> bytes:
    """The box `iloc`: `sizes` are those of offset and length, `extent` is an offset and a length."""
    item = struct.pack(">HHH", 1, 0, extents) + extent * extents
    return bytes((0, 0, 0, 0, sizes, 0)) + struct.pack(">H", items) + item * items


@cache
def no_pictures() -> dict[str, bytes]:
    """Programs, documents, bombs and halves, by the name under which they are sent."""
    sound = sound_files()
    nothing = zlib.compress(bytes(3_000_000), 9)
    jpeg = bytearray(sound["jpeg-cmyk"])
    frame = jpeg.find(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    return {
        "empty.jpg": b"",
        "one-byte.png": b"\x89",
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "drawing.png": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "page.jpg": b"<!DOCTYPE html><script>alert(1)</script>",
        "program.php.jpg": b"<?php system($_GET[0]); ?>",
        "archive.gif": b"PK\x03\x04" + bytes(60),
        "document.avif": b"%PDF-1.7\n" + bytes(60),
        "photo.heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200),
        "bomb.png": _png(20_000, 20_000, b"IDAT" + nothing),
        "long-bomb.png": _png(60_000, 10, b"IDAT" + nothing),
        "no-size.png": _png(0, 10, b"IDAT" + nothing),
        "profile-bomb.png": _png(40, 40, b"iCCPx\x00\x00" + zlib.compress(bytes(90_000_000), 9), b"IDAT" + nothing),
        "text-bomb.png": _png(40, 40, b"zTXtx\x00\x00" + zlib.compress(bytes(90_000_000), 9), b"IDAT" + nothing),
        "many-chunks.png": _png(40, 40, *[b"IDAT"] * 300_000),
        "bomb.gif": b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + sound["gif"][10:],
        "endless.gif": sound["gif"][:13] + b"\x21\xfe" + b"\x01a" * 600_000,
        "many-notes.gif": sound["gif"][:109] + (b"\x21\xfe" + b"\x01a" * 150_000 + b"\x00") * 4 + sound["gif"][109:],
        "bomb.jpg": bytes(jpeg),
        "all-ff.jpg": b"\xff\xd8\xff" + b"\xff" * 3_000_000,
        "many-marks.jpg": b"\xff\xd8" * 300_000 + sound["jpeg"],
        "many-chunks.webp": _webp(sound["webp"][12:], (b"none" + bytes(4)) * 300_000),
        "boundless.avif": _avif(_places(0x88, 1, 1, struct.pack(">QQ", 100, 2**62))),
        "elsewhere.avif": _avif(bytes((1, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 2, 0, 0, 0, 1)) + bytes(8)),
        "endless.avif": _avif(_places(0x00, 2_000, 65_535)),
        "many-metadata.avif": _avif(_places(0x00, 1, 19_000), times=15_000),
        "overlapping.avif": _avif(_places(0x44, 1, 15_000, struct.pack(">II", 0, 5_000_000)), 5_000_000),
        "no-end.jpg": sound["jpeg"][:-2],
        "half.jpg": sound["jpeg"][: len(sound["jpeg"]) // 2],
        "polyglot.jpg": sound["jpeg"] + _SCRIPT,
        "polyglot.gif": b"GIF89a/*" + sound["gif"][8:] + b"*/=1;alert(1)",
        "polyglot.png": sound["png"] + b"PK\x03\x04" + _SCRIPT,
        "wrong-name.exe": sound["webp"],
    }


def hostile_files(count: int, seed: int = 3) -> Iterator[tuple[str, bytes]]:
    """`count` files with their names: those above, then sound ones that were cut, bitten, stretched and mixed."""
    choose = random.Random(seed)
    made = 0
    for name, content in no_pictures().items():
        yield name, content
        made += 1
    sound = sound_files()
    while made < count:
        kind = choose.choice(list(sound))
        yield f"{kind}-{made}.{kind.split('-')[0]}", _harmed(sound, kind, choose)
        made += 1


def _harmed(sound: dict[str, bytes], kind: str, choose: random.Random) -> bytes:
    content = bytearray(sound[kind])
    for _time in range(choose.choice([1, 1, 2, 5, 20])):
        place = choose.randrange(len(content))
        if choose.random() < 0.3:
            place = choose.randrange(min(len(content), 200))  # the head decides most
        how = choose.randrange(7)
        if how == 0:
            content[place] = choose.randrange(256)
        elif how == 1:
            content[place : place + 4] = struct.pack(">I", choose.choice([0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 70_000]))
        elif how == 2:
            del content[place : place + choose.randrange(1, 60)]
        elif how == 3:
            content[place:place] = choose.randbytes(choose.randrange(1, 60))
        elif how == 4:
            content = content[: max(place, 12)]
        elif how == 5:
            other = sound[choose.choice(list(sound))]
            content[place:] = other[choose.randrange(len(other)) :]
        else:
            content[place] ^= 1 << choose.randrange(8)
        if len(content) < 2:
            break
    return bytes(content)
