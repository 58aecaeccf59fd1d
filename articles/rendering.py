"""A stored body as readers get it: numbered footnotes that lead there and back, tables that scroll, pictures with credit.

What is added is furniture and marked so: the policy text of the page's text element equals that of the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.pictures import markup
from newsroom.html import Token, tokens


def render(body: str, pictures: Mapping[str, Any] | None = None) -> SafeString:
    """The HTML of a sanitised body (see `newsroom.html.clean`) for a page; `pictures` are a revision's."""
    return mark_safe("".join(_Rendering(pictures or {}).write(body)))  # noqa: S308  (sanitised when it was stored)


def without_notes(body: str, pictures: Mapping[str, Any]) -> SafeString:
    """The same with its pictures only, for pages on which several versions stand and a note's address leads nowhere."""
    rendering = _Rendering(pictures, has_notes=False)
    return mark_safe("".join(rendering.write(body)))  # noqa: S308


class _Rendering:
    def __init__(self, pictures: Mapping[str, Any], *, has_notes: bool = True) -> None:
        self.pictures = pictures
        self.has_notes = has_notes
        self.figure: dict[str, str] = {}  # attributes of the figure of a picture that stands open
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
        if token.name == "sup" and "data-footnote" in token.raw and self.has_notes:
            self.references += 1
            n = self.references
            label = escape(_("Note %(number)s") % {"number": n})
            return (
                f'<sup data-footnote="" data-furniture="" id="ref-{n}"><a href="#note-{n}" aria-label="{label}">{n}</a>'
            )
        if token.name == "figure" and (self.figure or "data-picture" in token.raw):
            return self.figure_of_picture(token)
        if token.name == "img":
            return self.image(token, following)
        if token.name == "figcaption" and token.closing and self.figure:
            return f" {self.credit()}{raw}"
        if not self.has_notes:
            return raw
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

    def figure_of_picture(self, token: Token) -> str:
        self.figure = {} if token.closing else token.attributes
        return "</figure>" if token.closing else '<figure class="picture">'

    def image(self, token: Token, following: Token | None) -> str:
        """The picture, and its credit where no caption follows that will carry it."""
        shown = self.pictures.get(self.figure.get("data-picture", ""))
        if not shown:  # in a preview; a text with an unknown picture is not published
            image = '<p class="picture-missing" data-furniture="">{}</p>'.format(escape(_("This picture is missing.")))
        elif not shown["widths"]:
            image = '<p class="picture-missing" data-furniture="">{}</p>'.format(
                escape(_("This picture is being prepared."))
            )
        else:
            focus = self.figure.get("data-focus", "")
            image = markup.picture(shown, token.attributes.get("alt", ""), focus=focus)
        has_caption = following is not None and following.name == "figcaption"
        credit = "" if has_caption else self.credit()
        return image + (f'<figcaption data-furniture="">{credit}</figcaption>' if credit else "")

    def credit(self) -> str:
        shown = self.pictures.get(self.figure.get("data-picture", ""))
        return markup.credit(shown) if shown else ""

    @staticmethod
    def _ends_note(following: Token | None) -> bool:
        return following is not None and following.name == "li" and following.closing
