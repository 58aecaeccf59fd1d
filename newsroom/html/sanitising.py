"""From HTML of any source to the one form in which it is kept."""

from __future__ import annotations

import re
import string
from datetime import date
from unicodedata import is_normalized
from urllib.parse import quote

import nh3

from newsroom.html.flow import read_body
from newsroom.html.lines import ATTRIBUTES
from newsroom.html.pictures import FOCUS, KEY
from newsroom.html.tokens import BLOCKS, plain, without_controls
from newsroom.html.tree import SAME_AS, tree

_INLINE = {"a", "strong", "em", "s", "sub", "sup", "br", "cite", "time", "img"}
#: Blocks without a meaning of their own here: they end a line of text, so that its words do not run into the next.
_BOUNDARIES = {
    *(
        "address",
        "article",
        "aside",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
    ),
    *(
        "form",
        "header",
        "hgroup",
        "legend",
        "main",
        "menu",
        "nav",
        "pre",
        "search",
        "section",
        "summary",
        "tfoot",
        "thead",
    ),
}
#: Feed readers and mail programs trim more before a scheme than browsers do.
_INVISIBLE = re.compile(r"[\s\x00-\x20\x7f-\xa0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_SAFE_LINK = re.compile(r"(https?:|mailto:|/(?![/\\])|#)", re.IGNORECASE)
#: An address that somebody typed without a scheme, such as "news.example/story".
_BARE_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)+(?!(?:html?|php|aspx?|pdf|jpe?g|png)\b)[a-z]{2,}(?:[/?#]|:\d|$)", re.IGNORECASE
)
_VISIBLE = re.compile(r"<(hr|img|sup data-footnote)|[^\s<>](?![^<]*>)")


def clean(source: str) -> str:
    """Sanitise HTML from any source into the form in which it is kept; "" when nothing visible is left."""
    blocks = read_body(tree(_sanitiser.clean(without_controls(source))))
    result = "".join(piece for block in blocks for piece in block.write())
    return result if _VISIBLE.search(result) else ""


def _safe_attribute(_element: str, attribute: str, value: str) -> str | None:
    if attribute in ("href", "cite"):
        value = _address(value)
        if _BARE_HOST.match(value):
            value = f"https://{value}"  # as it was meant, and as a browser's address bar would read it
        return value if _SAFE_LINK.match(value) else None
    if attribute in ("colspan", "rowspan", "start"):
        return value if re.fullmatch(r"[1-9][0-9]{0,2}", value) and value != "1" else None
    if attribute in ("lang", "hreflang", "data-post", "scope"):
        return value if re.fullmatch(r"[A-Za-z0-9-]{1,35}", value) else None
    if attribute == "data-picture":
        return value if KEY.fullmatch(value) else None
    if attribute == "data-focus":
        return value if FOCUS.fullmatch(value) else None
    if attribute == "datetime":
        return value if _is_day(value) else None
    if attribute.startswith("data-"):
        return ""
    return plain(value) or None


def _address(value: str) -> str:
    """An address without white space and invisible characters; NFC too, without leading anywhere else."""
    value = without_controls(_INVISIBLE.sub("", value))
    return value if is_normalized("NFC", value) else quote(value, safe=string.punctuation)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_sanitiser = nh3.Cleaner(
    tags=BLOCKS | _INLINE | _BOUNDARIES | set(SAME_AS),
    clean_content_tags={"script", "style", "noscript", "template", "title", "textarea", "iframe", "svg", "math"},
    attributes={name: set(allowed) for name, allowed in ATTRIBUTES.items()},
    attribute_filter=_safe_attribute,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
    strip_comments=True,
)
