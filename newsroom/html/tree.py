"""Sanitised HTML as a tree of elements."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.html.tokens import tokens, trimmed

#: Older or presentational names, and the name under which we keep them.
SAME_AS = {"b": "strong", "i": "em", "strike": "s", "del": "s", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
_DEEPEST = 150


@dataclass(slots=True)
class Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    reference: int = -1  # which reference to a note it is, counted from 0 over the body

    @property
    def text(self) -> str:
        return trimmed("".join(_texts(self.children)))


def _texts(nodes: list[Element | str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.name == "br":
            yield " "
        elif node.reference < 0:
            yield from _texts(node.children)


def tree(sanitised: str) -> Element:
    """The elements of well-formed HTML; an element that lies too deep lends its children to the one around it."""
    root = Element("")
    open_ = [root]
    references = 0
    for token in tokens(sanitised):
        if not token.name:
            open_[-1].children.append(html.unescape(token.raw))
        elif token.closing:
            open_.pop()
        else:
            element = Element(SAME_AS.get(token.name, token.name), token.attributes)
            if "data-footnote" in element.attributes and not any(is_notes(around) for around in open_):
                element.reference = references
                references += 1
            if len(open_) > _DEEPEST:
                element.children = open_[-1].children
            else:
                open_[-1].children.append(element)
            if token.name not in ("br", "hr", "img"):
                open_.append(element)
    return root


def is_notes(element: Element) -> bool:
    return "data-footnotes" in element.attributes
