"""Reports that say the same of the same place, so that editors decide once for all of their readers."""

from __future__ import annotations

from collections.abc import Hashable

from corrections.models import Report


def edit(report: Report) -> Hashable:
    """What is to be changed where, without the words around it that stay: “teh” → “the” is also “teh lock” → “the lock”.

    Reports with equal edits say the same. One without a suggestion says only what its own comment says.
    """
    if not report.suggestion:
        return report.pk
    if report.place_start is None:
        return (report.quote, report.suggestion)
    old, new = report.quote, report.suggestion
    start = in_common(old, new)
    end = in_common(old[start:][::-1], new[start:][::-1])
    return (report.place_start + start, old[start : len(old) - end], new[start : len(new) - end])


def together(report: Report) -> list[Report]:
    """The report and all others in the same state that say the same, the oldest first."""
    same_state = Report.objects.filter(article=report.article_id, status=report.status)
    if not report.suggestion:
        return [report]
    if report.place_start is None:
        others = same_state.filter(place_start=None, quote=report.quote, suggestion=report.suggestion)
    else:
        others = same_state.filter(place_start__lt=report.place_end, place_end__gt=report.place_start)
    alike = [other for other in others.exclude(suggestion="") if edit(other) == edit(report)]
    return sorted({each.pk: each for each in [report, *alike]}.values(), key=lambda each: each.pk)


def in_common(one: str, other: str) -> int:
    """How many characters at their beginnings are the same."""
    for number, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return number
    return min(len(one), len(other))
