"""Charts as SVG that a template draws: no script, no inline style, and every figure stands in a table too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 960, 220  # of the drawing, in its own units; whole numbers, which no language writes with a comma
_LONGEST_BY_DAY = 120  # days; a longer time has a bar a week
_DATES = 6  # written below


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    label: str
    reads: int


@dataclass(frozen=True, slots=True)
class Chart:
    bars: list[Bar]
    lines: list[tuple[int, int]]  # y and the number of reads
    dates: list[tuple[int, str]]  # x and the day
    is_by_week: bool
    width: int = WIDTH
    height: int = HEIGHT


def bar_chart(reads: dict[date, int], first: date, last: date) -> Chart:
    """The reads of every day from `first` to `last`, or of every week."""
    length = (last - first).days + 1
    step = 1 if length <= _LONGEST_BY_DAY else 7
    begins = [first + timedelta(days=n) for n in range(0, length, step)]
    sums = [sum(reads.get(begin + timedelta(days=n), 0) for n in range(step)) for begin in begins]
    top = _round_up(max(sums))
    edges = [WIDTH * n // len(begins) for n in range(len(begins) + 1)]
    bars = []
    for n, (begin, count) in enumerate(zip(begins, sums, strict=True)):
        height = -(-HEIGHT * count // top)
        day = date_format(begin, "DATE_FORMAT")
        label = _("week from %s") % day if step == 7 else day
        bars.append(Bar(edges[n], HEIGHT - height, max(edges[n + 1] - edges[n] - 1, 1), height, label, count))
    every = -(-len(begins) // _DATES)
    return Chart(
        bars=bars,
        lines=[(HEIGHT - HEIGHT * part // 4, top * part // 4) for part in (1, 2, 3, 4)],
        dates=[(edges[n], date_format(begins[n], "SHORT_DATE_FORMAT")) for n in range(0, len(begins), every)],
        is_by_week=step == 7,
    )


def _round_up(reads: int) -> int:
    """The next of 4, 8, 20, 40, 80, 200 …, which four lines divide."""
    return next(step * 10**power for power in range(12) for step in (4, 8, 20) if step * 10**power >= reads)


def with_shares(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, the greatest first, each with its part of the greatest in per cent."""
    greatest = rows[0]["reads"] if rows else 1
    return [row | {"share": -(-100 * row["reads"] // greatest)} for row in rows]
