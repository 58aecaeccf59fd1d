"""Decode a picture and write its renditions: a program of its own, so that a file that kills it kills nothing else.

    python -I decoder.py ORIGINAL FOLDER < {"widths": [400, 800], "rights": {"creator": …}}

It writes `800.avif` and `800.jpg` for each width, and says on its output `{}` or `{"error": "damaged"}`. It knows nothing
of the site: only Pillow is imported. Of the original only pixels get into what it writes, and the rights given to it.
"""

from __future__ import annotations

import errno
import io
import json
import resource
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image, ImageCms

MEMORY = 2 << 30  # of address space; 40 megapixels take up to 650 MB of it
SECONDS = 60  # of processor time
LARGEST_FILE = 64 << 20
MOST_PIXELS = 40_000_000
PAPER = (255, 255, 255)
#: Measured on photographs (docs/decisions/0030-renditions.md).
AVIF: dict[str, Any] = {"quality": 62, "speed": 6, "max_threads": 2}
JPEG: dict[str, Any] = {"quality": 80, "progressive": True, "optimize": True}
_FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # EXIF's number → what makes the picture upright
_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">{properties}</rdf:Description></rdf:RDF></x:xmpmeta>'
)
_PROPERTIES = {
    "creator": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "rights": '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>',
    "credit": "<photoshop:Credit>{}</photoshop:Credit>",
}


def xmp_of(rights: dict[str, str]) -> bytes:
    """What renditions say of their rights; b"" for nothing."""
    properties = "".join(form.format(escape(rights[name])) for name, form in _PROPERTIES.items() if rights.get(name))
    return _XMP.format(properties=properties).encode() if properties else b""


def opened(original: Path, width: int) -> Image.Image:
    """The picture upright, in sRGB and on paper, at most `width` pixels wide and without any notes."""
    with Image.open(original, formats=_FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        turn = image.getexif().get(0x0112, 1)
        size = _fitting(image.size, width, is_turned=turn >= 5)
        if image.format == "JPEG":
            image.draft(None, (size[0] * 2, size[1] * 2))  # decodes fewer pixels of what is much larger
        image.load()
        small = _resizable(image)
        if small.size != size:
            small = small.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        flat = _on_paper(small, image.info.get("icc_profile", b""))
    upright = flat.transpose(_TURNS[turn]) if turn in _TURNS else flat
    upright.info.clear()
    return upright


def _fitting(size: tuple[int, int], width: int, *, is_turned: bool) -> tuple[int, int]:
    """The size, as stored, of a picture that is to be at most `width` wide when it is looked at."""
    across, along = size[::-1] if is_turned else size
    fitting = (width, max(1, round(along * width / across))) if across > width else (across, along)
    return fitting[::-1] if is_turned else fitting


def _resizable(image: Image.Image) -> Image.Image:
    """The picture in a mode in which pixels can be averaged, with 8 bits a colour."""
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 256), "L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _on_paper(image: Image.Image, profile: bytes) -> Image.Image:
    if image.mode != "RGBA":
        return _in_srgb(image, profile)
    paper = Image.new("RGB", image.size, PAPER)
    paper.paste(_in_srgb(image.convert("RGB"), profile), mask=image.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted:
                return converted
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile for other colours than the picture's, or none at all
    return image.convert("RGB")


def write(image: Image.Image, folder: Path, widths: list[int], rights: dict[str, str]) -> None:
    xmp = xmp_of(rights)
    ratio = image.height / image.width
    for width in sorted(widths, reverse=True):
        if width != image.width:  # each from the one before: the sizes are close, so nothing is lost but time
            image = image.resize((width, max(1, round(width * ratio))), Image.Resampling.LANCZOS)
        image.save(folder / f"{width}.jpg", "JPEG", xmp=xmp, **JPEG)
        image.save(folder / f"{width}.avif", "AVIF", xmp=xmp, **AVIF)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(original: str, folder: str) -> dict[str, str]:
    _limit()
    asked = json.load(sys.stdin)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        write(opened(Path(original), max(asked["widths"])), Path(folder), asked["widths"], asked["rights"])
    except Image.DecompressionBombError:
        return {"error": "too_many_pixels"}
    except MemoryError:
        return {"error": "too_hard"}
    except OSError as error:
        is_cut = "truncated" in str(error)
        return {"error": "no_space" if error.errno == errno.ENOSPC else "truncated" if is_cut else "damaged"}
    except Exception as error:  # noqa: BLE001  (decoders raise anything at all)
        print(repr(error), file=sys.stderr)  # noqa: T201
        return {"error": "damaged"}
    return {}


if __name__ == "__main__":
    json.dump(main(*sys.argv[1:]), sys.stdout)
