"""What changed between two states of an article, word by word, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Credit, Revision
from articles.pictures.in_texts import Figure, as_shown, figures_in
from articles.text import policy_text
from newsroom.html import tokens

_WORDS = re.compile(r"\s+|\w+(?:[’'`-]\w+)*|[^\w\s]")
_LINES = frozenset(["p", "h2", "h3", "td", "th", "figcaption"])  # the blocks that hold words


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed ("same"), came ("added") or went ("removed")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or cell of the comparison; `is_changed` is false for one that only gives context."""

    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two states of an article; what did not change is None or empty."""

    title: list[Piece] | None = None
    standfirst: list[Piece] | None = None
    lines: list[Line | None] = field(default_factory=list)
    credits: list[Piece] | None = None
    original: list[Piece] | None = None
    pictures: list[PictureChange] = field(default_factory=list)
    links_gone: list[str] = field(default_factory=list)
    links_come: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        words = (self.title, self.standfirst, self.lines, self.credits, self.original)
        return not any((*words, self.pictures, self.links_gone, self.links_come))


def between(old: Any, new: Any) -> Comparison:
    """The differences between two states of an article: revisions, or the working copy.

    Who is credited and what was translated is compared between revisions only, which keep that as it was shown.
    """
    gone, come = changed_links(old.body, new.body)
    are_revisions = isinstance(old, Revision) and isinstance(new, Revision)
    return Comparison(
        title=_if_changed(old.title, new.title),
        standfirst=_if_changed(old.standfirst, new.standfirst),
        lines=with_context(compare(old.body, new.body)),
        credits=_if_changed(_credited(old), _credited(new)) if are_revisions else None,
        original=_if_changed(_translated(old), _translated(new)) if are_revisions else None,
        pictures=changed_pictures(old, new),
        links_gone=gone,
        links_come=come,
    )


def _if_changed(old: str, new: str) -> list[Piece] | None:
    return compare_texts(old, new) if old != new else None


def _credited(revision: Revision) -> str:
    """Who did what, as one line."""
    return "; ".join(f"{Credit.Role(row['role']).label}: {row['name']}" for row in revision.credits)


def _translated(revision: Revision) -> str:
    """The original as one line."""
    shown = revision.original_as_shown or {}
    source = (shown.get("source") or {}).get("name", "")
    return ", ".join(filter(None, [shown.get("title"), shown.get("author"), source, shown.get("url")]))


def compare_texts(old: str, new: str) -> list[Piece]:
    """The differences between two plain texts, in words."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("removed", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", "".join(after[j1:j2])))
    return pieces


def compare(old: str, new: str) -> list[Line]:
    """The differences between two bodies of stored HTML, line by line and in words within a changed line."""
    before, after = list(lines(old)), list(lines(new))
    result: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            result.extend(Line([Piece("same", text)]) for text in before[i1:i2])
            continue
        paired = min(i2 - i1, j2 - j1)
        result.extend(Line(compare_texts(before[i1 + n], after[j1 + n])) for n in range(paired))
        result.extend(Line([Piece("removed", text)]) for text in before[i1 + paired : i2])
        result.extend(Line([Piece("added", text)]) for text in after[j1 + paired : j2])
    return result


def with_context(compared: list[Line], around: int = 1) -> list[Line | None]:
    """The changed lines with `around` unchanged ones before and after; None stands for what is left out."""
    kept = {
        near
        for index, line in enumerate(compared)
        if line.is_changed
        for near in range(index - around, index + around + 1)
    }
    result: list[Line | None] = []
    if not kept:
        return result
    for index, line in enumerate(compared):
        if index in kept:
            result.append(line)
        elif not result or result[-1] is not None:
            result.append(None)
    return result


def changed_links(old: str, new: str) -> tuple[list[str], list[str]]:
    """The link targets that went and that came; a link may change while its words stay."""
    before, after = set(_links(old)), set(_links(new))
    return sorted(before - after), sorted(after - before)


@dataclass(frozen=True, slots=True)
class PictureChange:
    """What changed about a picture: what it is, in words, and the words that came and went."""

    label: str
    pieces: list[Piece]


def changed_pictures(old: Any, new: Any) -> list[PictureChange]:
    """What became of the pictures between two states of an article; their captions in the text are lines of `compare`.

    What the library says of them is kept on a revision, and is what it says now for a working copy.
    """
    before, after = _kept(old), _kept(new)
    return [
        *_changed_lead(old, new),
        *_changed_figures(list(figures_in(old.body)), list(figures_in(new.body))),
        *(change for key in after if key in before for change in _changed_in_library(before[key], after[key])),
    ]


def _kept(state: Any) -> dict[str, Any]:
    pictures: dict[str, Any] = state.pictures if isinstance(state, Revision) else as_shown(state)
    return pictures


def _changed_lead(old: Any, new: Any) -> Iterator[PictureChange]:
    if old.lead_picture_id != new.lead_picture_id:
        if old.lead_picture_id:
            yield PictureChange(_("Lead picture removed:"), [Piece("removed", old.lead_alt or old.lead_picture_id)])
        if new.lead_picture_id:
            yield PictureChange(_("Lead picture added:"), [Piece("added", new.lead_alt or new.lead_picture_id)])
    elif old.lead_alt != new.lead_alt:
        yield PictureChange(_("Description of the lead picture:"), compare_texts(old.lead_alt, new.lead_alt))
    elif old.lead_focus != new.lead_focus:
        yield PictureChange(_("Another point stays in sight in the lead picture:"), [Piece("same", new.lead_alt)])
    if old.lead_caption != new.lead_caption:
        yield PictureChange(_("Caption of the lead picture:"), compare_texts(old.lead_caption, new.lead_caption))


def _changed_figures(before: list[Figure], after: list[Figure]) -> Iterator[PictureChange]:
    left = list(before)
    for figure in after:
        known = next((each for each in left if each.key == figure.key), None)
        if known is None:
            yield PictureChange(_("Picture added:"), [Piece("added", figure.alt or figure.key)])
            continue
        left.remove(known)
        if known.alt != figure.alt:
            yield PictureChange(_("Description of a picture:"), compare_texts(known.alt, figure.alt))
        elif known.focus != figure.focus:
            yield PictureChange(_("Another point stays in sight in the picture:"), [Piece("same", figure.alt)])
    for figure in left:
        yield PictureChange(_("Picture removed:"), [Piece("removed", figure.alt or figure.key)])


def _changed_in_library(old: dict[str, Any], new: dict[str, Any]) -> Iterator[PictureChange]:
    if old["credit"] != new["credit"]:
        yield PictureChange(_("Credit of a picture:"), _replaced(old["credit"], new["credit"]))
    if old["source_url"] != new["source_url"]:
        yield PictureChange(_("Where a picture comes from:"), _replaced(old["source_url"], new["source_url"]))
    if old["focus"] != new["focus"]:
        yield PictureChange(_("Another point stays in sight in the picture by:"), [Piece("same", new["credit"])])
    if old["may_pass_on"] != new["may_pass_on"]:
        label = (
            _("Others may reprint the picture by:")
            if new["may_pass_on"]
            else _("Others may no longer reprint the picture by:")
        )
        yield PictureChange(label, [Piece("same", new["credit"])])


def _replaced(old: str, new: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("removed", old), ("added", new)) if text]


def lines(body: str) -> Iterator[str]:
    """The policy texts of the body's paragraphs, headings and cells, in order."""
    start = 0
    for token in tokens(body):
        if token.name in _LINES:
            text = policy_text(body[start : token.start])
            if text:
                yield text
            start = token.end
    if rest := policy_text(body[start:]):
        yield rest


def _links(body: str) -> Iterator[str]:
    for token in tokens(body):
        if token.name == "a" and (href := token.attributes.get("href")):
            yield href
