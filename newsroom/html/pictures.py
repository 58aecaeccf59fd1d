"""A picture of the outlet's library in a text: which one, what it shows, and how it is captioned.

    <figure data-picture="KEY" data-focus="40 30"><img alt="What it shows"><figcaption>Words</figcaption></figure>

The file, its size and its credit are the library's. `data-focus`, in per cent from the left and from the top, stands
only where this text wants another point than the picture's own; the caption, one line of text with its marks, only
where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from newsroom.html.lines import Block, Piece, line
from newsroom.html.tokens import plain
from newsroom.html.tree import Element

KEY = re.compile(r"[a-z2-7]{16}")
FOCUS = re.compile(r"(?:100|[1-9]?[0-9]) (?:100|[1-9]?[0-9])")


class Picture:
    """What a figure says of a picture. `words` reads nodes as paragraphs without references."""

    def __init__(self, figure: Element, words: Callable[[list[Element | str]], list[Block]]) -> None:
        self.attributes = figure.attributes
        self.alt = next((image.attributes.get("alt", "") for image in _images(figure)), "")
        self.caption = list(_joined(words(figure.children)))

    def figure(self) -> Block:
        kept: dict[str, str] = {
            name: self.attributes[name] for name in ("data-picture", "data-focus") if name in self.attributes
        }
        blocks = [Block("img", {"alt": plain(self.alt)})]
        if caption := line(self.caption):
            blocks.append(Block("figcaption", pieces=caption))
        return Block("figure", kept, blocks)


def _images(element: Element) -> Iterator[Element]:
    for node in element.children:
        if isinstance(node, Element):
            if node.name == "img":
                yield node
            yield from _images(node)


def _joined(paragraphs: list[Block]) -> Iterator[Piece]:
    """The pieces of paragraphs as one line without breaks."""
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            yield replace(piece, text=" ") if piece.is_break else piece
        yield Piece(" ")
