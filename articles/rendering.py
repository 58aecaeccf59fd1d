"""A stored body as readers get it: numbered footnotes that lead there and back, tables that scroll.

What is added is furniture and marked so: the policy text of the page's text element equals that of the body.
"""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from newsroom.html import Token, tokens


def render(body: str) -> SafeString:
    """The HTML of a sanitised body (see `newsroom.html.clean`) for a page."""
    return mark_safe("".join(_Rendering().write(body)))  # noqa: S308  (sanitised when it was stored)


class _Rendering:
    def __init__(self) -> None:
        self.references = 0
        self.notes = 0
        self.in_notes = 0  # depth of lists inside the list of notes

    def write(self, body: str) -> list[str]:
        out = []
        source = list(tokens(body))
        for index, token in enumerate(source):
            following = source[index + 1] if index + 1 < len(source) else None
            out.append(self.piece(token, following, body))
        return out

    def piece(self, token: Token, following: Token | None, body: str) -> str:
        raw = body[token.start : token.end]
        if token.name == "sup" and "data-footnote" in token.raw:
            self.references += 1
            n = self.references
            label = escape(_("Note %(number)s") % {"number": n})
            return (
                f'<sup data-footnote="" data-furniture="" id="ref-{n}"><a href="#note-{n}" aria-label="{label}">{n}</a>'
            )
        if token.name == "table":
            return raw + "</div>" if token.closing else f'<div class="table" role="group" tabindex="0">{raw}'
        if token.name == "ol" and (self.in_notes or "data-footnotes" in token.raw):
            self.in_notes += -1 if token.closing else 1
            if self.in_notes == 1 and not token.closing:
                heading = escape(_("Notes"))
                return f'<h2 class="notes-heading" data-furniture="">{heading}</h2>{raw}'
        if token.name == "li" and self.in_notes == 1 and not token.closing:
            self.notes += 1
            return f'<li id="note-{self.notes}">'
        if token.name == "p" and token.closing and self.in_notes == 1 and self._ends_note(following):
            label = escape(_("Back to the text, note %(number)s") % {"number": self.notes})
            return f' <a href="#ref-{self.notes}" class="back" data-furniture="" aria-label="{label}">↩</a></p>'
        return raw

    @staticmethod
    def _ends_note(following: Token | None) -> bool:
        return following is not None and following.name == "li" and following.closing
