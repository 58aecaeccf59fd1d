"""What readers of an article are told of its corrections: the notices, and marks at the sentences that they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime

from articles.text import PolicyText, mapped
from corrections.models import Correction
from newsroom.html import tokens


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice on an article's page. `number` is its correction's; `is_marked` where the text shows its sentence."""

    kind: str
    label: str
    text: str
    at: datetime
    place: str
    number: int | None
    thanked: Sequence[str]
    is_marked: bool


@dataclass(frozen=True, slots=True)
class PublicLog:
    """What an article's page shows of its past: its notices, oldest first, and its body with their marks."""

    body: str
    notices: Sequence[Notice] = field(default=())

    @property
    def on_top(self) -> list[Notice]:
        return [notice for notice in self.notices if notice.place == "top"]

    @property
    def at_foot(self) -> list[Notice]:
        return [notice for notice in self.notices if notice.place == "foot"]


def public_log(article: Any, body: str, rows: Sequence[dict[str, Any]]) -> PublicLog:
    """The log of an article whose rendered body is `body`; `rows` are its notices, as its page knows them.

    By one query; by none for an article without notices. What was withdrawn is told in the log of the edition only.
    """
    if not rows:
        return PublicLog(body)
    known: dict[int, Any] = {
        correction["revision__number"]: correction
        for correction in Correction.objects.filter(
            article=article, revision__number__in=[row["number"] for row in rows]
        ).values("pk", "after", "start", "end", "thanked", "withdrawn_at", "revision__number")
    }
    standing = [row for row in rows if not known.get(row["number"], {}).get("withdrawn_at")]
    places = _places(body, [known[row["number"]] for row in standing if row["number"] in known])
    notices = [_notice(row, known.get(row["number"]), places) for row in standing]
    marks = [(places[notice.number], notice) for notice in notices if notice.number in places]
    return PublicLog(_with_marks(body, marks) if marks else body, notices)


def place_of(after: str, start: int | None, end: int | None, text: str) -> tuple[int, int] | None:
    """Where a corrected sentence stands in `text`: where its place says, or where alone it stands word by word."""
    if not after or start is None:
        return None
    if text[start:end] == after:
        return start, start + len(after)
    alone = text.find(after)
    return (alone, alone + len(after)) if alone >= 0 and text.find(after, alone + 1) < 0 else None


def _places(body: str, corrections: Iterable[dict[str, Any]]) -> dict[int | None, int]:
    """The number of each correction whose sentence stands in the rendered body → where a mark after it belongs in it."""
    placed = [correction for correction in corrections if correction["after"] and correction["start"] is not None]
    if not placed:
        return {}
    text = mapped(body)
    found: dict[int | None, int] = {}
    for correction in placed:
        place = place_of(correction["after"], correction["start"], correction["end"], text.text)
        if place:
            found[correction["pk"]] = _after(body, text, place)
    return found


def _after(body: str, text: PolicyText, place: tuple[int, int]) -> int:
    """The offset in the HTML at which the sentence has ended, outside of any link: a link holds no other."""
    _first, last = text.source(*place)
    is_in_link = False
    for token in tokens(body):
        if token.name == "a":
            if token.start >= last:
                return token.end if is_in_link else last
            is_in_link = not token.closing
        elif token.start >= last and not is_in_link:
            break
    return last


def _notice(row: dict[str, Any], known: dict[str, Any] | None, places: dict[int | None, int]) -> Notice:
    number = known["pk"] if known else None
    return Notice(
        kind=row["kind"],
        label=row["label"],
        text=row["notice"],
        at=row["at"],
        place=row["place"],
        number=number,
        thanked=known["thanked"] if known else (),
        is_marked=number in places,
    )


def _with_marks(body: str, marks: Iterable[tuple[int, Notice]]) -> SafeString:
    """The rendered body with a mark after each sentence, from which a link leads to its notice."""
    for offset, notice in sorted(marks, key=lambda mark: (-mark[0], -(mark[1].number or 0))):
        body = body[:offset] + _mark(notice) + body[offset:]
    return mark_safe(body)  # noqa: S308  (rendered from a sanitised body; what is added is escaped)


def _mark(notice: Notice) -> str:
    label = escape(f"{capfirst(notice.label)}, {date_format(localtime(notice.at), 'j E Y')}")
    return (
        f'<sup class="correction-mark" data-furniture="" id="corrected-{notice.number}">'
        f'<a href="#correction-{notice.number}" aria-label="{label}">*</a></sup>'
    )
