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

from articles.models import Revision
from articles.text import PolicyText, mapped
from corrections.carrying import standing
from corrections.models import Correction
from newsroom.html import tokens

_NEEDED = ("after", "start", "thanked", "withdrawn_at", "revision__number")


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


def public_log(article: Any, revision: Revision, body: str, rows: Sequence[dict[str, Any]]) -> PublicLog:
    """The log of an article whose `revision` is rendered as `body`; `rows` are its notices, as its page knows them.

    By one query; by none for an article without notices. What was withdrawn is told in the log of the edition only.
    """
    if not rows:
        return PublicLog(body)
    found = Correction.objects.filter(article=article, revision__number__in=[row["number"] for row in rows])
    known = {correction.revision.number: correction for correction in found.select_related("revision").only(*_NEEDED)}
    still = [row for row in rows if row["number"] not in known or not known[row["number"]].withdrawn_at]
    places = _places(revision, body, [known[row["number"]] for row in still if row["number"] in known])
    notices = [_notice(row, known.get(row["number"]), places) for row in still]
    marks = [(places[notice.number], notice) for notice in notices if notice.number in places]
    return PublicLog(_with_marks(body, marks) if marks else body, notices)


def _places(revision: Revision, body: str, corrections: Iterable[Correction]) -> dict[int | None, int]:
    """The number of each correction whose sentence stands in the rendered body → where a mark after it belongs in it."""
    placed = {correction.pk: place for correction in corrections if (place := standing(correction, revision))}
    text = mapped(body) if placed else None
    if text is None or text.text != revision.text:  # a preview, of which no place is known
        return {}
    return {number: _after(body, text, place) for number, place in placed.items()}


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


def _notice(row: dict[str, Any], known: Correction | None, places: dict[int | None, int]) -> Notice:
    number = known.pk if known else None
    return Notice(
        kind=row["kind"],
        label=row["label"],
        text=row["notice"],
        at=row["at"],
        place=row["place"],
        number=number,
        thanked=known.thanked if known else (),
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
