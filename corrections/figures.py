"""How an outlet deals with what readers report, for the page of corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Min, Q

from corrections.models import Report, Rules

_SPAN = timedelta(days=365)
_Status = Report.Status


class Median(Aggregate):
    """PostgreSQL's own, by interpolation."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of what was reported in the last year, and of whatever is open; None where there is nothing to tell."""

    median_days: int | None  # begun days from a report to the corrected article
    accepted: int | None  # percent of those decided that led to a change
    oldest_open_at: datetime | None


def figures(edition: str, at: datetime) -> Figures | None:
    """The figures of an edition by one query; None where editors do not show them, or there are none."""
    if not Rules.objects.filter(shows_figures=True).exists():
        return None
    recent = Q(received_at__gt=at - _SPAN)
    led_to_a_change = recent & Q(status__in=[_Status.APPLIED, _Status.ALREADY_FIXED])
    took = ExpressionWrapper(F("decided_at") - F("received_at"), output_field=DurationField())
    found = Report.objects.filter(article__edition=edition).aggregate(
        median=Median(took, filter=recent & Q(status=_Status.APPLIED), output_field=DurationField()),
        accepted=Count("pk", filter=led_to_a_change),
        declined=Count("pk", filter=recent & Q(status=_Status.DECLINED)),
        oldest=Min("received_at", filter=Q(status=_Status.OPEN)),
    )
    decided = found["accepted"] + found["declined"]
    made = Figures(
        median_days=ceil(found["median"] / timedelta(days=1)) if found["median"] is not None else None,
        accepted=round(100 * found["accepted"] / decided) if decided else None,
        oldest_open_at=found["oldest"],
    )
    return None if made == Figures(None, None, None) else made
