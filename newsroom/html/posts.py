"""A quoted post: someone's words on a platform, quoted with who, where and when, and our translation of them.

    <figure data-post="telegram">
      <blockquote cite="https://…" lang="uk"><p>…</p></blockquote>
      <blockquote data-translation=""><p>…</p></blockquote>
      <figcaption><cite>Author</cite> <a href="https://…">Telegram</a> <time datetime="2026-03-01">…</time></figcaption>
    </figure>

is written without the white space between the elements. The words are paragraphs and breaks without marks. What is
not known is left out; without a link the name of the platform stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newsroom.html.lines import Block, Piece, tag
from newsroom.html.tokens import trimmed
from newsroom.html.tree import Element


class Post:
    """What a figure says of a quoted post. `words` reads nodes as paragraphs without marks."""

    def __init__(self, figure: Element, words: Callable[[list[Element | str]], list[Block]]) -> None:
        self.platform = figure.attributes["data-post"].lower()
        self.original: list[Block] = []
        self.translation: list[Block] = []
        self.lang = self.link = self.author = self.name = self.day = self.day_in_words = ""
        self.rest: list[Element | str] = []  # words of the caption that have no place in it
        caption: list[Element | str] = []
        for node in figure.children:
            if isinstance(node, Element) and node.name == "figcaption":
                caption += node.children
            elif isinstance(node, Element) and "data-translation" in node.attributes:
                self.translation += _paragraphs(words([node]))
            else:
                self.original += _paragraphs(words([node]))
                if isinstance(node, Element) and node.name == "blockquote":
                    self.lang = self.lang or node.attributes.get("lang", "")
                    self.link = self.link or _on_the_web(node.attributes.get("cite", ""))
        self._read_caption(caption)

    def _read_caption(self, nodes: list[Element | str]) -> None:
        for node in _parts(nodes):
            text = "" if isinstance(node, str) else node.text
            if isinstance(node, Element) and node.name == "cite" and text and not self.author:
                self.author = text
            elif isinstance(node, Element) and node.name == "a" and not self.name:
                self.name = text
                self.link = _on_the_web(node.attributes.get("href", "")) or self.link
            elif isinstance(node, Element) and node.name == "time" and "datetime" in node.attributes and not self.day:
                self.day = node.attributes["datetime"]
                self.day_in_words = text or self.day
            else:
                self.rest.append(node)
        if not self.name:
            self.name = Element("", children=self.rest).text or self.platform.capitalize()
            self.rest = []

    def figure(self) -> Block:
        source = {"cite": self.link, "lang": self.lang}
        blocks = [Block("blockquote", _known(source), self.original or [Block("p")])]
        if self.translation:
            blocks.append(Block("blockquote", {"data-translation": ""}, self.translation))
        caption = [Piece(self.name, {"a": tag("a", {"href": self.link})} if self.link else {})]
        if self.author:
            caption = [Piece(self.author, {"cite": "<cite>"}), Piece(" "), *caption]
        if self.day:
            caption += [Piece(" "), Piece(self.day_in_words, {"time": tag("time", {"datetime": self.day})})]
        return Block("figure", {"data-post": self.platform}, [*blocks, Block("figcaption", pieces=caption)])


def _known(values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _on_the_web(link: str) -> str:
    return link if link.lower().startswith(("https://", "http://")) else ""


def _parts(nodes: list[Element | str]) -> Iterator[Element | str]:
    """The parts of a caption, taken out of whatever else is around them."""
    for node in nodes:
        if isinstance(node, str) or node.name in ("cite", "a", "time", "br"):
            yield node
        elif node.reference < 0:
            yield from _parts(node.children)


def _paragraphs(blocks: list[Block]) -> list[Block]:
    """Paragraphs of lines without marks; an empty line begins a new one."""
    paragraphs: list[Block] = []
    for block in blocks:
        text = "".join(piece.text for piece in block.pieces)
        for paragraph in text.split("\n\n"):
            lines = [trimmed(line) for line in paragraph.split("\n")]
            pieces = [Piece(part) for line in lines if line.strip() for part in (line, "\n")]
            if pieces:
                paragraphs.append(Block("p", pieces=pieces[:-1]))
    return paragraphs
