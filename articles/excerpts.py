"""The only place that shortens a text. Whatever shows less than the whole article asks here for its part.

The limit counts code points of policy text (`articles.text`), the mark "…" included.
"""

from __future__ import annotations

import re

from articles.text import INVISIBLE

MARK = "…"
_WORD_END = re.compile(r"\s+\S*$")


def extract(text: str, limit: int) -> str:
    """`text` if it is within `limit` characters, else its beginning, ended at a word and marked with "…".

    The result is never longer than `limit`. White space is folded as the policy counts it.
    """
    text = " ".join("".join(c for c in text if c not in INVISIBLE).split())
    if len(text) <= limit:
        return text
    room = text[: max(limit - len(MARK), 0)]
    if text[len(room)] != " ":
        room = _WORD_END.sub("", room) if " " in room else room
    return (room.rstrip(" ,;:–—-") + MARK)[:limit]


def opening(standfirst: str, text: str, limit: int) -> tuple[str, str]:
    """The standfirst and as much of the text's beginning as fits, together at most `limit` characters."""
    standfirst = extract(standfirst, limit)
    room = limit - len(standfirst) - 1  # two paragraphs are a space apart
    enough = 80  # a shorter piece of the text says nothing
    return standfirst, extract(text, room) if room >= enough else ""
