"""Take words out of what was published, leaving a mark where they stood and every tag where it is."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote, unquote

from articles.excerpts import folded
from articles.text import mapped
from newsroom.html import escape, tokens

MARK = "▮▮▮"
_IN_ADDRESS = "removed"  # an address takes no such mark
_LINES, _ADDRESSES = ("alt", "title"), ("href", "cite")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]+)"')
_ALIKE = {sign: f"[{signs}]" for signs in ("'’ʼ‘`", "‐‑-", '"“”„«»') for sign in signs}
_BETWEEN = r"(?:[\s_+.-]|%20)+"  # words in an address


class Words:
    """Words to be found wherever they stand whole: in any case, with any kind of apostrophe, hyphen and quotation mark.

    They are sought in policy text, so that neither markup nor white space nor what nobody sees hides them. `places`
    counts what was struck out.
    """

    def __init__(self, words: str) -> None:
        self.words = unicodedata.normalize("NFC", folded(words))
        if not self.words:
            raise ValueError("There are no words to be found.")
        first = r"(?<!\w)" if self.words[0].isalnum() else ""
        last = r"(?!\w)" if self.words[-1].isalnum() else ""
        pattern = first + "".join(_ALIKE.get(sign) or re.escape(sign) for sign in self.words) + last
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self.in_addresses = re.compile(pattern.replace(re.escape(" "), _BETWEEN), re.IGNORECASE)
        self.places = 0

    def ranges(self, text: str) -> list[tuple[int, int]]:
        """Where they stand in policy text."""
        return [match.span() for match in self.pattern.finditer(text)]

    def stand_in(self, text: str) -> bool:
        """Whether they stand in plain text."""
        return bool(self.pattern.search(unicodedata.normalize("NFC", folded(text))))

    def struck_from(self, body: str) -> str:
        """Stored HTML without them: in its text, in what describes its pictures, in where its links lead."""
        found = mapped(body)
        sources = [found.source(*span) for span in self.ranges(found.text)]
        self.places += len(sources)
        out: list[str] = []
        for token in tokens(body):
            raw = body[token.start : token.end]
            out.append(self._struck_from_tag(raw) if token.name else _struck(raw, token.start, sources))
        return "".join(out)

    def struck_from_line(self, text: str) -> str:
        """Plain text without them."""
        return html.unescape(self.struck_from(escape(text)))

    def struck_from_address(self, address: str) -> str:
        changed, count = self.in_addresses.subn(_IN_ADDRESS, unquote(address))
        self.places += count
        return quote(changed, safe="/:?#[]@!$&'()*+,;=%~") if count else address

    def _struck_from_tag(self, raw: str) -> str:
        return _ATTRIBUTE.sub(self._struck_from_attribute, raw) if '="' in raw else raw

    def _struck_from_attribute(self, match: re.Match[str]) -> str:
        name, value = match[1], html.unescape(match[2])
        if name in _LINES:
            changed = self.struck_from_line(value)
        elif name in _ADDRESSES:
            changed = self.struck_from_address(value)
        else:
            return match[0]
        return match[0] if changed == value else f'{name}="{escape(changed).replace(chr(34), "&quot;")}"'


def _struck(raw: str, offset: int, ranges: list[tuple[int, int]]) -> str:
    """A run of text that stands at `offset` of its HTML, with a mark for what of the ranges stands in it."""
    for first, last in reversed(ranges):
        start, end = max(first - offset, 0), min(last - offset, len(raw))
        words = raw[start:end] if start < end else ""
        if words.strip():
            before, after = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
            raw = raw[: start + before] + MARK + raw[end - after :]
    return raw
