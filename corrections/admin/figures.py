"""How many reports come, what becomes of them, and how long it takes: for the newsroom."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.charts import bar_chart, with_shares
from corrections.figures import Median
from corrections.models import Report

WEEKS = 26
SHOWN = 15  # rows of a table
_Status = Report.Status


def summary(today: date) -> dict[str, Any]:
    """Of the last half year: reports by week, hours to a decision, what became of them, by kind and by section."""
    first = today - timedelta(days=7 * WEEKS - 1)
    begun = timezone.make_aware(datetime.combine(first, time.min))
    reports = Report.objects.exclude(status=_Status.SPAM).filter(received_at__gte=begun)
    by_day = dict(
        reports.order_by().annotate(day=TruncDate("received_at")).values_list("day").annotate(count=Count("pk"))
    )
    return {
        "first": first,
        "last": today,
        "total": sum(by_day.values()),
        "chart": bar_chart(by_day, first, today),
        "times": _times(reports),
        "outcomes": _named(reports, "status", dict(_Status.choices)),
        "kinds": _named(reports, "kind", dict(Report.Kind.choices) | {"": _("not said")}),
        "sections": _sections(reports),
    }


def _times(reports: QuerySet[Report]) -> dict[str, Any]:
    """The median time to a decision, and how many were decided within a day and within a week."""
    took = ExpressionWrapper(F("decided_at") - F("received_at"), output_field=DurationField())
    decided = reports.order_by().exclude(decided_at=None).annotate(took=took)
    found: dict[str, Any] = decided.aggregate(
        median=Median("took", output_field=DurationField()),
        count=Count("pk"),
        within_a_day=Count("pk", filter=Q(took__lte=timedelta(days=1))),
        within_a_week=Count("pk", filter=Q(took__lte=timedelta(days=7))),
        applied=Count("pk", filter=Q(status__in=[_Status.APPLIED, _Status.ALREADY_FIXED])),
    )
    oldest = reports.filter(status=_Status.OPEN).order_by("received_at").first()
    return found | {"oldest": oldest, "words": _in_words(found["median"])}


def _in_words(took: timedelta | None) -> str:
    """A length of time as people say it: hours up to two days, then days."""
    if took is None:
        return "–"
    hours = took.total_seconds() / 3600
    if hours < 1:
        return _("under an hour")
    if hours < 48:
        return _("%(hours)s h") % {"hours": round(hours)}
    return _("%(days)s days") % {"days": round(hours / 24)}


def _named(reports: QuerySet[Report], name: str, labels: dict[Any, Any]) -> list[dict[str, Any]]:
    rows = reports.order_by().values(name).annotate(reads=Count("pk")).order_by("-reads")
    return with_shares([{"name": labels[row[name]], "reads": row["reads"]} for row in rows])


def _sections(reports: QuerySet[Report]) -> list[dict[str, Any]]:
    rows = reports.order_by().values(section=F("article__section__name"), edition=F("article__edition"))
    rows = rows.annotate(reads=Count("pk")).order_by("-reads")[:SHOWN]
    return with_shares([dict(row) | {"name": row["section"] or "–"} for row in rows])
