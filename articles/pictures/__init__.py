"""Pictures: what the rest of the site may know of them.

**In a body** a picture is `<figure data-picture="KEY" data-focus="40 30"><img alt="…"><figcaption>…</figcaption></figure>`,
without an address: where the files are is said when the page is rendered. `data-focus` is left out where the
picture's own focal point is meant.

**On a revision**, `pictures` keeps what `shown` says of every picture that it shows, the lead's too, by key. A page is
rendered from that alone, so a later change in the library changes no published page and costs no query:

    revision.pictures[revision.lead_picture_id]     # the foreign key holds the picture's key

**On a page**, `sources` turns such an entry into the attributes of `<picture>`, and `focus_classes` a focal point into
classes (static/css/focus.css), since public pages carry no inline style.

**In the admin** a dialog asks three addresses, each answering JSON (`articles/admin/picture_dialog.py`):

    POST admin:articles_picture_upload    `file` (one), `edition`   → 201 and a picture, or 400 {"error": "a sentence"}
    GET  admin:articles_picture_search    ?q=&edition=&after=       → {"pictures": [picture, …], "after": "" or more}
    GET  admin:articles_picture_status    ?key=…&key=…&edition=     → {"pictures": [picture, …]}

where a picture is `{"key", "title", "status", "failure", "thumbnail", "preview", "width", "height", "credit", "focus",
"alt", "caption", "url"}`: `thumbnail` and `preview` are "" until it is ready, `credit` is what the file proposes until
somebody changes it, `alt` and `caption` are the library's words in that edition, `url` is its page in the admin.

`articles.pictures.uses` says which article shows which picture and is called whenever a working copy is saved or a
revision made. Files are named by the key and never change: what is at an address stays what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

from django.conf import settings

from articles.models import Picture, Revision
from newsroom.html.pictures import FOCUS

#: Widths of the renditions in pixels; none is wider than its original.
WIDTHS = (400, 800, 1200, 1600, 2400)
#: What `<img src>` names, for those who know no `srcset`.
FALLBACK_WIDTH = 800
PREVIEW_WIDTH = 1200
#: The format for all but old browsers: its file ending and media type.
MODERN, MODERN_TYPE = "avif", "image/avif"
#: What `sizes` says of a picture as wide as the text.
TEXT_SIZES = "(min-width: 40rem) 36rem, 100vw"


class Shown(TypedDict):
    """What a public page must know of a picture. Kept as JSON on revisions, so keys are only ever added."""

    key: str
    width: int  # of the original, as it is looked at; in pixels
    height: int
    widths: list[int]  # of the renditions
    focus: str  # "40 30"
    credit: str
    source_url: str
    may_pass_on: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """The attributes of `<picture><source type srcset sizes><img src srcset sizes width height></picture>`."""

    modern_type: str
    modern_srcset: str
    srcset: str
    src: str
    sizes: str
    width: int
    height: int


def widths_for(width: int) -> list[int]:
    """The widths of the renditions of a picture that is `width` pixels wide."""
    smaller = [each for each in WIDTHS if each < width]
    return [*smaller, width] if len(smaller) < len(WIDTHS) else list(WIDTHS)


def rendition_name(key: str, width: int, ending: str) -> str:
    """The name of a rendition in the public storage; `ending` is "jpg" or MODERN."""
    return f"pictures/{key}/{width}.{ending}"


def public_url(name: str) -> str:
    """The address of a file in the public storage."""
    return settings.MEDIA_URL + name


def shown(picture: Picture) -> Shown:
    """What a revision keeps of the picture."""
    return Shown(
        key=picture.key,
        width=picture.width,
        height=picture.height,
        widths=picture.widths,
        focus=picture.focus,
        credit=picture.credit,
        source_url=picture.source_url,
        may_pass_on=picture.may_pass_on,
    )


def sources(shown: Shown | dict[str, Any], *, sizes: str = TEXT_SIZES) -> Sources:
    """The files of a picture for a page on which it takes `sizes`, in the words of HTML's attribute."""
    key, widths = shown["key"], shown["widths"]
    fallback = min(widths, key=lambda width: abs(width - FALLBACK_WIDTH))
    return Sources(
        modern_type=MODERN_TYPE,
        modern_srcset=_srcset(key, widths, MODERN),
        srcset=_srcset(key, widths, "jpg"),
        src=public_url(rendition_name(key, fallback, "jpg")),
        sizes=sizes,
        width=shown["width"],
        height=shown["height"],
    )


def _srcset(key: str, widths: list[int], ending: str) -> str:
    return ", ".join(f"{public_url(rendition_name(key, width, ending))} {width}w" for width in widths)


def thumbnail_url(picture: Picture) -> str:
    """The smallest rendition, for the admin; "" while there is none."""
    return _made(picture, min(picture.widths))


def preview_url(picture: Picture) -> str:
    """A rendition in which details are seen, for the admin; "" while there is none."""
    return _made(picture, max((width for width in picture.widths if width <= PREVIEW_WIDTH), default=picture.width))


def _made(picture: Picture, width: int) -> str:
    return public_url(rendition_name(picture.key, width, "jpg")) if picture.status == Picture.Status.READY else ""


def focus_classes(focus: str) -> str:
    """The classes that keep "x y" in sight where a picture is cropped; "" for what is no focal point.

    In steps of 5 percent, so that the style sheet stays small.
    """
    if not FOCUS.fullmatch(focus):
        return ""
    x, y = (5 * round(int(part) / 5) for part in focus.split())
    return f"focus-x-{x} focus-y-{y}"


def social_card_url(revision: Revision) -> str:
    """The path (or address) of the revision's picture for social networks, 1200 × 630; "" until it is drawn."""
    return public_url(revision.social_card) if revision.social_card else ""
