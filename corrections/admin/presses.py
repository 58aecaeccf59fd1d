"""The buttons on a report that act at once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import Change
from articles.models import Revision
from articles.rewording import CrossesMarkup
from corrections import actions
from corrections.admin.common import (
    REFUSALS,
    demand,
    number,
    numbers,
    report_of,
    tell_applied,
    tell_decided,
    to_the_article,
    way_back,
)
from corrections.models import Correction, Report
from newsroom.admin.common import person


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The suggestion as it is, as a typo: nothing is said, and the date of change stays."""
    demand(request, to_publish=True)
    report, reports = report_of(pk)
    place = (report.place_start or 0, report.place_end or 0)
    seen = _seen(request, report)

    def do() -> None:
        change = Change(Revision.KindOfChange.TYPO)
        done = actions.apply(
            reports, words=report.suggestion, place=place, seen_revision=seen, change=change, by=person(request),
            at=timezone.now(), thanks=numbers(request.POST.get("thanks", "")),
        )  # fmt: skip
        tell_applied(request, done)

    return _press(request, report, do)


@require_POST
def already_fixed(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request)
    report, reports = report_of(pk)

    def do() -> None:
        done = actions.already_fixed(reports, by=person(request), at=timezone.now())
        tell_decided(request, done, _("Closed: it is right in the article by now, and the reader is thanked."))

    return _press(request, report, do)


@require_POST
def spam(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request)
    report, reports = report_of(pk)

    def do() -> None:
        tell_decided(request, actions.mark_spam(reports, by=person(request), at=timezone.now()), _("Put away as spam."))

    return _press(request, report, do)


@require_POST
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request)
    report, reports = report_of(pk)

    def do() -> None:
        actions.let_in(reports)
        messages.success(request, _("Let in. It waits with the others now."))

    return _press(request, report, do)


@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Take back what changed no text."""
    demand(request)
    reports = list(Report.objects.filter(pk__in=numbers(request.POST.get("reports", ""))))
    if not reports or len({report.article_id for report in reports}) > 1:
        return HttpResponseRedirect(way_back(request, None))

    def do() -> None:
        actions.reopen(reports)
        messages.success(request, _("Undone. It waits again."))

    return _press(request, reports[0], do, then=reports[0].pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The words from before stand again."""
    demand(request, to_publish=True)
    corrections = Correction.objects.public(timezone.now()).made_by_reports().select_related("revision")
    correction = get_object_or_404(corrections, pk=pk)
    report = correction.reports.first()

    def do() -> None:
        actions.undo(correction, by=person(request), at=timezone.now())
        messages.success(request, _("Undone: the words from before stand again, and the report waits."))

    return _press(request, report, do, then=report.pk if report else None, article=correction.article_id)


def _seen(request: HttpRequest, report: Report) -> Revision:
    return get_object_or_404(Revision, pk=number(request.POST.get("revision", "")) or 0, article=report.article_id)


def _press(
    request: HttpRequest,
    report: Report | None,
    do: Callable[[], None],
    *,
    then: int | None = None,
    article: int | None = None,
) -> HttpResponse:
    try:
        do()
    except CrossesMarkup:
        return to_the_article(request, report, article)
    except REFUSALS as refusal:
        messages.warning(request, str(refusal))
        then = report.pk if report else None
    return HttpResponseRedirect(way_back(request, report, then=then))
