"""Blocks and lines of text, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.html.tokens import escape, folded

#: Marks from the outermost to the innermost, in the order in which the editor writes them; the last two stand in the
#: caption of a quoted post only.
MARKS = ("a", "strong", "em", "s", "sub", "sup", "cite", "time")
#: What an element may carry, in the order in which it is written.
ATTRIBUTES = {
    "a": ("href", "title", "hreflang"),
    "blockquote": ("cite", "lang", "data-translation"),
    "figure": ("data-post", "data-picture", "data-focus"),
    "img": ("alt",),
    "ol": ("start", "data-footnotes"),
    "sup": ("data-footnote",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "time": ("datetime",),
}
#: Blocks that hold nothing.
VOID = ("hr", "img")
REFERENCE = '<sup data-footnote=""></sup>'


def tag(name: str, attributes: dict[str, str]) -> str:
    """The opening tag; attributes that the element may not carry are left out."""
    values = ((key, attributes[key]) for key in ATTRIBUTES.get(name, ()) if key in attributes)
    return f"<{name}" + "".join(f' {key}="{escape(value).replace(chr(34), "&quot;")}"' for key, value in values) + ">"


@dataclass(slots=True)
class Piece:
    """Text, a line break ("\\n") or a reference to a note (""), under its marks (name → opening tag)."""

    text: str
    marks: dict[str, str] = field(default_factory=dict)
    note: int = -1  # of a reference: the place of its note among the notes of the source

    @property
    def is_break(self) -> bool:
        return self.text == "\n"

    @property
    def is_text(self) -> bool:
        return self.text not in ("", "\n")


@dataclass(slots=True)
class Block:
    """A block with either blocks or pieces of text in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def references(self) -> Iterator[Piece]:
        yield from (piece for piece in self.pieces if piece.note >= 0)
        for block in self.blocks:
            yield from block.references()

    def write(self) -> Iterator[str]:
        yield tag(self.name, self.attributes)
        if self.name in VOID:
            return
        written: list[str] = []  # the marks that stand open
        for piece in self.pieces:
            marks = [piece.marks[name] for name in MARKS if name in piece.marks]
            yield from _change(written, marks)
            written = marks
            yield REFERENCE if piece.note >= 0 else "<br>" if piece.is_break else escape(piece.text)
        yield from _change(written, [])
        for block in self.blocks:
            yield from block.write()
        yield f"</{self.name}>"


def _change(written: list[str], wanted: list[str]) -> Iterator[str]:
    """Close and open marks as the editor does: those that go on from the outside in stay open."""
    kept = 0
    while kept < min(len(wanted), len(written)) and wanted[kept] == written[kept]:
        kept += 1
    for opening in reversed(written[kept:]):
        yield f"</{re.split('[ >]', opening[1:])[0]}>"
    yield from wanted[kept:]


def line(pieces: list[Piece]) -> list[Piece]:
    """One line of text with white space folded across its pieces; [] if nobody would see anything of it."""
    result: list[Piece] = []
    for piece in _joined(pieces):
        if piece.is_text:
            piece.text = folded(piece.text)
            if not result or result[-1].text.endswith((" ", "\n")):
                piece.text = piece.text.lstrip(" \u0338")
            if not piece.text:
                continue
        if piece.is_break:
            _trim(result)
        result.append(piece)
    _trim(result)
    while result and result[-1].is_break:  # a break at the end of a block shows nothing
        result.pop()
    return result if any(piece.note >= 0 or piece.text.strip() for piece in result) else []


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with neighbouring texts of the same marks as one, since characters may compose across them."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.is_text and piece.is_text and last.marks == piece.marks:
            last.text += piece.text
            continue
        if last:
            yield last
        last = Piece(piece.text, piece.marks, piece.note)
    if last:
        yield last


def _trim(pieces: list[Piece]) -> None:
    """No white space before a break or at the end."""
    while pieces and pieces[-1].text.endswith(" "):
        pieces[-1].text = pieces[-1].text.rstrip(" ")
        if pieces[-1].text:
            return
        pieces.pop()
