"""The one form in which HTML is kept: sanitised, NFC, and in the serialisation that `clean` writes.

What `clean` returns is a fixed point: cleaning it again changes nothing, and so does opening and saving it unchanged
in the editor. Because of that form, `tokens` can read stored HTML with one regular expression: attribute values hold
no raw angle brackets, and text holds no other references than `&amp;`, `&lt;`, `&gt;` and `&nbsp;`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import nh3

BLOCKS = frozenset(
    ["p", "h2", "h3", "blockquote", "ul", "ol", "li", "hr", "table", "tbody", "tr", "th", "td", "figure", "figcaption"]
)
_ALLOWED = BLOCKS | frozenset(["a", "strong", "em", "s", "sub", "sup", "br", "cite", "time"])
#: Older or presentational names, and the name under which we keep them.
_SAME_AS = {"b": "strong", "i": "em", "strike": "s", "del": "s", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
_ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "blockquote": {"cite", "lang", "data-translation"},
    "figure": {"data-post"},
    "li": set(),
    "ol": {"start", "data-footnotes"},
    "sup": {"data-footnote"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
#: Elements whose content is blocks, so that loose words in them belong in a paragraph.
_HOLDS_BLOCKS = frozenset(["blockquote", "li", "td", "th"])
#: Elements between whose children only white space may stand.
_HOLDS_NO_WORDS = frozenset(["ul", "ol", "table", "tbody", "tr", "figure"])
#: Marks from the outermost to the innermost, in the order in which the editor writes them.
_MARKS = ("a", "strong", "em", "s", "sub", "sup", "cite", "time")
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>|([^<]+)")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\n\r\f]+")
#: Feed readers and mail programs trim more before a scheme than browsers do.
_INVISIBLE = re.compile(r"[\s\x00-\x20\x7f-\xa0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_SAFE_LINK = re.compile(r"(https?:|mailto:|/(?![/\\])|#)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One tag or one run of text of stored HTML; `start` and `end` are its offsets in it (end exclusive)."""

    start: int
    end: int
    name: str  # "" for text
    closing: bool
    raw: str  # a tag's attributes or a text's source, as they stand

    @property
    def attributes(self) -> dict[str, str]:
        return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(self.raw)} if self.name else {}


def tokens(stored: str) -> Iterator[Token]:
    """The tags and texts of HTML that `clean` wrote, in order."""
    for match in _TOKEN.finditer(stored):
        slash, name, attributes, text = match.groups()
        yield Token(match.start(), match.end(), name or "", bool(slash), attributes if name else text)


def escape(text: str) -> str:
    """Text as it stands between tags in stored HTML."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")
    )  # the same four, in the same way, as the sanitiser


def plain(text: str) -> str:
    """One line of plain text as a person typed it: NFC, no control characters, white space folded."""
    return " ".join(unicodedata.normalize("NFC", _CONTROLS.sub("", text)).split())


def clean(source: str) -> str:
    """Sanitise HTML from any source into the form in which it is kept; "" when nothing visible is left."""
    result = _CONTROLS.sub("", source)
    for _round in range(8):  # loose words pulled out of broken nesting may need a second look; two rounds is usual
        before, result = result, _tidy(_sanitiser.clean(result))
        if before == result:
            break
    return result if re.search(r"<(hr|sup data-footnote)|[^\s<>](?![^<]*>)", result) else ""


def _safe_attribute(element: str, attribute: str, value: str) -> str | None:
    if attribute in ("href", "cite"):
        value = _INVISIBLE.sub("", value)
        return value if _SAFE_LINK.match(value) else None
    if attribute in ("colspan", "rowspan", "start"):
        return value if re.fullmatch(r"[1-9]\d{0,2}", value) and value != "1" else None
    if attribute in ("lang", "hreflang", "data-post", "scope"):
        return value if re.fullmatch(r"[A-Za-z0-9-]{1,35}", value) else None
    if attribute == "datetime":
        return value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    if attribute.startswith("data-"):
        return ""
    return unicodedata.normalize("NFC", value)


_sanitiser = nh3.Cleaner(
    tags=set(_ALLOWED) | set(_SAME_AS),
    clean_content_tags={"script", "style", "noscript", "template", "title", "textarea", "iframe", "svg", "math"},
    attributes={**_ATTRIBUTES},
    attribute_filter=_safe_attribute,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
    strip_comments=True,
)


class _Tidy:
    """Writes sanitised HTML as the editor would: one name for one thing, marks in one order, words in paragraphs.

    Marks are not copied as tags; each piece of text is written with the marks that hold for it, so that empty,
    split and crossed marks come out alike.
    """

    def __init__(self) -> None:
        self.out: list[str] = []
        self.blocks: list[str] = []
        self.marks: dict[str, str] = {}  # what holds at this place of the source: name → opening tag
        self.written: list[tuple[str, str]] = []  # what stands open in the output
        self.loose = False  # inside a paragraph that we opened
        self.at_edge = True  # white space here would be at an edge or after other white space

    def write(self, sanitised: str) -> str:
        skip = False
        for token in tokens(sanitised):
            name = _SAME_AS.get(token.name, token.name)
            if skip:  # the content of a footnote's reference is its number, which is ours to write
                skip = token.name != "sup"
            elif not name:
                self.words(html.unescape(_SPACE.sub(" ", token.raw)))
            elif name in BLOCKS:
                self.block(name, token)
            elif name == "br":
                if not token.closing:
                    self.atom("<br>")
                    self.at_edge = True
            elif name == "sup" and "data-footnote" in token.raw:
                self.atom('<sup data-footnote=""></sup>')
                self.at_edge = False
                skip = True
            elif token.closing:
                self.marks.pop(name, None)
            elif name != "a" or "href=" in token.raw:
                self.marks[name] = f"<{name}{token.raw}>"
        self.end_block()
        return "".join(self.out).replace("</tbody><tbody>", "")

    def words(self, text: str) -> None:
        if not self.holds_words() and not text.strip(" "):
            return
        if self.at_edge:
            text = text.lstrip(" ")
        if text:
            self.atom(escape(unicodedata.normalize("NFC", text)))
            self.at_edge = text.endswith(" ")

    def atom(self, markup: str) -> None:
        """Write one piece that stands in a line of text, under the marks that hold for it."""
        if not self.loose and (not self.blocks or self.blocks[-1] in _HOLDS_BLOCKS):
            self.out.append("<p>")
            self.loose = True
        self.set_marks([(name, self.marks[name]) for name in _MARKS if name in self.marks])
        self.out.append(markup)

    def set_marks(self, wanted: list[tuple[str, str]]) -> None:
        kept = 0
        while kept < min(len(wanted), len(self.written)) and wanted[kept] == self.written[kept]:
            kept += 1
        self.out.extend(f"</{name}>" for name, _tag in reversed(self.written[kept:]))
        self.out.extend(tag for _name, tag in wanted[kept:])
        self.written = wanted

    def end_block(self) -> None:
        """End the line of text that is being written: no white space at its end, no mark left open."""
        for index in range(len(self.out) - 1, -1, -1):
            if not self.out[index].startswith("<"):
                self.out[index] = self.out[index].rstrip(" ")
                if self.out[index]:
                    break
            elif self.out[index] != "<br>" and self.out[index].strip("</>") not in _MARKS:
                break
        self.set_marks([])
        if self.loose:
            self.out.append("</p>")
            self.loose = False
        self.at_edge = True

    def block(self, name: str, token: Token) -> None:
        self.end_block()
        if not token.closing:
            self.out.append(f"<{name}{token.raw}>")
            if name != "hr":
                self.blocks.append(name)
            return
        if name not in self.blocks:
            return
        while (open_ := self.blocks.pop()) != name:
            self.out.append(f"</{open_}>")
        empty = self.out[-1].startswith(f"<{name}")
        if (empty and name == "p" and not self.blocks) or (empty and name in ("blockquote", "figcaption", "h2", "h3")):
            self.out.pop()
        else:
            self.out.append(f"<p></p></{name}>" if empty and name in _HOLDS_BLOCKS else f"</{name}>")

    def holds_words(self) -> bool:
        return self.loose or (bool(self.blocks) and self.blocks[-1] not in _HOLDS_NO_WORDS | _HOLDS_BLOCKS)


def _tidy(sanitised: str) -> str:
    return _Tidy().write(sanitised)
