"""What the buttons of a report share: who may, which reports are meant, where it goes on, what is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions import ArticleError
from articles.models import Article, Revision
from corrections import actions, alike
from corrections.carrying import bring_up_to_date
from corrections.models import Report

REFUSALS = (actions.CorrectionError, ArticleError)
#: Where the last decision waits to be told, and undone, on the next page of the queue.
DONE = "corrections_done"


def demand(request: HttpRequest, *, to_publish: bool = False) -> None:
    if not request.user.has_perm("corrections.decide_report"):
        raise PermissionDenied
    if to_publish and not request.user.has_perm("articles.publish_article"):
        raise PermissionDenied


def report_of(pk: int) -> tuple[Report, list[Report]]:
    """The report, and all that say the same and are decided with it."""
    report = get_object_or_404(Report.objects.select_related("place_revision"), pk=pk)
    return report, alike.together(report)


def public_of(report: Report) -> tuple[Article, Revision]:
    """The report's article, and the version that readers see; the report is brought to it."""
    article = Article.objects.select_related("live", "next", "edition").get(pk=report.article_id)
    live = article.current(timezone.now())
    assert live  # noqa: S101  (only what was public can be reported)
    if report.place_revision_id != live.pk and report.status in (Report.Status.OPEN, Report.Status.HELD):
        bring_up_to_date(Report.objects.undecided().filter(article=article), live)
        report.refresh_from_db()
    return article, live


def number(text: str) -> int | None:
    """A key that came from outside; None for what is none, and for what is longer than any."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def numbers(text: str) -> list[int]:
    """Keys that came from outside with commas between them."""
    return [found for each in text.split(",") if (found := number(each)) is not None]


def way_back(request: HttpRequest, report: Report | None, *, then: int | None = None) -> str:
    """The page of the queue from which the editor came, at the report that is next."""
    asked = request.POST.get("then") or request.GET.get("then") or ""
    following = then or number(asked)
    back = request.POST.get("back", request.GET.get("back", ""))
    if back == "report" and report:
        return reverse("admin:corrections_report_change", args=[report.pk])
    place = f"#report-{following}" if following else "#reports"
    return f"{reverse('admin:corrections_report_changelist')}{f'?{back}' if back else ''}{place}"


def to_the_article(request: HttpRequest, report: Report | None, article: int | None = None) -> HttpResponse:
    messages.warning(
        request,
        _(
            "Here a link, emphasis or the end of a paragraph stands within the words “%(words)s”, so somebody has to decide "
            "what becomes of it. Change the text here and publish it; then close the report as corrected."
        )
        % {"words": report.quote if report else ""},
    )
    return HttpResponseRedirect(
        reverse("admin:articles_article_change", args=[article or (report.article_id if report else 0)])
    )


def tell_applied(request: HttpRequest, done: actions.Applied) -> None:
    sentence = ngettext(
        "Applied, and public. %(count)s report is closed.", "Applied, and public. %(count)s reports are closed.", len(done.reports)
    ) % {"count": len(done.reports)}  # fmt: skip
    if not done.is_in_working_copy:
        sentence += " " + _(
            "The draft of this article differs there and does not have this fix: look at it before you publish it."
        )
    if not done.is_in_scheduled:
        sentence += " " + _(
            "The version that is scheduled differs there and would bring the old words back: change it and schedule it again."
        )
    request.session[DONE] = {
        "sentence": sentence,
        "undo": reverse("admin:corrections_report_undo", args=[done.correction.pk]),
    }


def tell_decided(request: HttpRequest, done: list[Report], sentence: str) -> None:
    request.session[DONE] = {
        "sentence": sentence,
        "undo": reverse("admin:corrections_report_reopen"),
        "reports": ",".join(str(report.pk) for report in done),
    }


def query(**values: Any) -> str:
    """A query string of what is not empty."""
    return urlencode({name: value for name, value in values.items() if value})
