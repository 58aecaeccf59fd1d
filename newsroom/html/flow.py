"""Reads the tree of any sanitised HTML into blocks as the editor's schema holds them."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.html.lines import MARKS, Block, Piece, line, tag
from newsroom.html.pictures import Picture
from newsroom.html.posts import Post
from newsroom.html.tree import Element, is_notes

Marks = dict[str, str]
#: Blocks may stand in each other so deep; what lies deeper joins the block around it.
_DEEPEST = 12


class Flow:
    """Fills one place that holds blocks: the body, a quotation, a list item, a cell.

    A plain one, for a note or for the words of a post, holds nothing but paragraphs without references.
    """

    def __init__(self, notes: list[list[Block]], *, depth: int = 0, is_plain: bool = False) -> None:
        self.notes = notes
        self.depth = depth
        self.is_plain = is_plain
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []  # of the line that is being filled
        self.kind = "p"  # and the block that it becomes

    def read(self, nodes: list[Element | str], marks: Marks | None = None) -> list[Block]:
        self.add(nodes, marks or {}, "p")
        self.end_line()
        return self.blocks

    def add(self, nodes: list[Element | str], marks: Marks, kind: str) -> None:
        for node in nodes:
            if isinstance(node, str):
                self.add_piece(Piece(node, marks), kind)
            elif node.name == "br":
                self.add_piece(Piece("\n", marks), kind)
            elif node.reference >= 0:  # what stood in it was its number, which is ours to write
                if not self.is_plain:
                    self.add_piece(Piece("", note=node.reference), kind)
            elif "data-footnote" in node.attributes:
                continue  # notes have no notes
            elif node.name == "img":
                continue  # a picture is a figure of our library; its description is no text
            elif node.name in MARKS:
                self.add(node.children, _with(marks, node), kind)
            else:
                self.end_line()
                self.add_block(node, marks, kind)
                self.end_line()

    def add_piece(self, piece: Piece, kind: str) -> None:
        self.kind = kind
        self.pieces.append(piece)

    def end_line(self) -> None:
        if pieces := line(self.pieces):
            self.blocks.append(Block(self.kind, pieces=pieces))
        self.pieces = []

    def add_block(self, node: Element, marks: Marks, kind: str) -> None:
        if self.is_plain:
            self.add(node.children, marks, "p")
        elif is_notes(node):
            self.add_notes(node)
        elif node.name in ("h2", "h3"):
            self.add(node.children, marks, node.name)
        elif node.name == "hr":
            self.blocks.append(Block("hr"))
        elif self.depth == _DEEPEST:
            self.add(node.children, marks, kind)
        elif node.name == "blockquote":
            if inner := self.inner(node.children, marks):
                source = {key: value for key, value in node.attributes.items() if key != "data-translation"}
                self.blocks.append(Block("blockquote", source, inner))
        elif node.name in ("ul", "ol"):
            self.add_list(node, marks)
        elif node.name == "table":
            self.add_table(node, marks)
        elif node.name == "figure" and "data-post" in node.attributes:
            self.add_post(node, marks)
        elif node.name == "figure" and "data-picture" in node.attributes:
            self.blocks.append(Picture(node, lambda nodes: Flow(self.notes, is_plain=True).read(nodes)).figure())
        else:  # a paragraph, or something outside the element that gives it a meaning
            self.add(node.children, marks, kind)

    def inner(self, nodes: list[Element | str], marks: Marks) -> list[Block]:
        return Flow(self.notes, depth=self.depth + 1).read(nodes, marks)

    def add_list(self, node: Element, marks: Marks) -> None:
        items: list[Block] = []
        for child in node.children:
            if isinstance(child, Element) and child.name == "li":
                items.append(Block("li", blocks=self.inner(child.children, marks)))
            elif inner := self.inner([child], marks):  # a list or words right in a list belong to the item before
                items = items or [Block("li")]
                items[-1].blocks += inner
        for item in items:
            if item.blocks and item.blocks[0].name in ("h2", "h3"):
                item.blocks[0].name = "p"
            elif not item.blocks or item.blocks[0].name != "p":
                item.blocks.insert(0, Block("p"))
        if items:
            self.blocks.append(Block(node.name, node.attributes, items))

    def add_table(self, node: Element, marks: Marks) -> None:
        rows: list[Block] = []
        outside: list[Element | str] = []  # words between the cells, which a browser shows before the table
        for row in _rows(node, outside):
            rows.append(Block("tr"))
            for child in row.children:
                if isinstance(child, Element) and child.name in ("td", "th"):
                    inner = self.inner(child.children, marks) or [Block("p")]
                    rows[-1].blocks.append(Block(child.name, child.attributes, inner))
                else:
                    outside.append(child)
        self.add(outside, marks, "p")
        self.end_line()
        if rows := _fitted(rows):
            self.blocks.append(Block("table", blocks=[Block("tbody", blocks=rows)]))

    def add_post(self, node: Element, marks: Marks) -> None:
        post = Post(node, lambda nodes: Flow(self.notes, is_plain=True).read(nodes))
        if post.original or post.translation:
            self.blocks.append(post.figure())
            self.add(post.rest, marks, "p")
        else:
            self.add(node.children, marks, "p")

    def add_notes(self, node: Element) -> None:
        for child in node.children:
            if isinstance(child, Element) and child.name == "li":
                self.notes.append(Flow(self.notes, is_plain=True).read(child.children))
            elif inner := Flow(self.notes, is_plain=True).read([child]):
                self.notes.append(inner)


def read_body(root: Element) -> list[Block]:
    """The blocks of a body. The nth reference has the nth note; notes that nobody refers to become a plain list."""
    notes: list[list[Block]] = []
    blocks = Flow(notes).read(root.children)
    referred = [reference.note for block in blocks for reference in block.references()]
    spare = [note for index, note in enumerate(notes) if index not in set(referred) and note]
    if spare:
        blocks.append(Block("ol", blocks=[Block("li", blocks=note) for note in spare]))
    if referred:
        own = [notes[index] if index < len(notes) else [] for index in referred]
        items = [Block("li", blocks=note or [Block("p")]) for note in own]
        blocks.append(Block("ol", {"data-footnotes": ""}, items))
    return blocks


def _with(marks: Marks, node: Element) -> Marks:
    if node.name == "time" or (node.name == "a" and "href" not in node.attributes):
        return marks
    name = "em" if node.name == "cite" else node.name  # outside a quoted post: the title of a work
    return marks | {name: tag(name, node.attributes)}


def _rows(node: Element, outside: list[Element | str]) -> Iterator[Element]:
    for child in node.children:
        if isinstance(child, Element) and child.name == "tr":
            yield child
        elif isinstance(child, Element) and child.name in ("tbody", "thead", "tfoot"):
            yield from _rows(child, outside)
        elif isinstance(child, Element) and child.name in ("td", "th"):
            yield Element("tr", children=[child])
        else:
            outside.append(child)


def _fitted(rows: list[Block]) -> list[Block]:
    """The rows without those that are empty, and no cell reaching below the last of them."""
    kept: list[Block] = []
    reach = 0  # how many rows the cells above still cover
    for row in rows:
        if row.blocks or reach > 0:
            kept.append(row)
            reach = max([reach, *(int(cell.attributes.get("rowspan", 1)) for cell in row.blocks)]) - 1
    for index, row in enumerate(kept):
        for cell in row.blocks:
            span = min(int(cell.attributes.pop("rowspan", 1)), len(kept) - index)
            if span > 1:
                cell.attributes["rowspan"] = str(span)
    return kept
