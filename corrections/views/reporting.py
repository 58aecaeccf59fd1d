from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article
from corrections import actions
from corrections.forms import AnswerForm, ReportForm
from corrections.models import Report
from corrections.passages import passages
from newsroom import limits, proof_of_work, stamps
from newsroom.editions import EditionRequest
from newsroom.surfaces import Shows, surface


@surface(Shows.WHOLE, methods=("GET", "HEAD", "POST"), is_indexed=False)
def report(request: EditionRequest, slug: str) -> HttpResponse:
    """The form under each article, and what the dialog on its page sends its words to."""
    at = timezone.now()
    article = _article(request, slug, at)
    if article.taken_down_at:
        return _gone(request, article)
    if request.method != "POST":
        return _page(request, ReportForm.new(request.GET, article=article, at=at))
    form = ReportForm(request.POST, article=article, at=at)
    try:
        if form.is_valid() and (sent := _send(request, form)):
            return _sent(request, sent)
    except limits.TooMany as error:
        return _too_many(request, form, error.free_at)
    except actions.ArticleGone:
        return _gone(request, article)
    except (actions.NotInThisVersion, actions.QuoteTooLong) as error:
        form.add_error("quote", str(error))
    except actions.CorrectionError as error:
        form.add_error(None, str(error))
    return _page(request, form, status=422)


@surface(Shows.OWN_TEXT, methods=("GET", "HEAD", "POST"), is_indexed=False)
def status(request: EditionRequest, token: str) -> HttpResponse:
    """The reader's private page: what became of a report. Opening it does nothing."""
    at = timezone.now()
    reports = Report.objects.filter(article__edition=request.edition_code).select_related("article", "revision")
    found = reports.by_link(token)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid() and not found.has_expired(at):
        try:
            actions.answer(found, text=form.cleaned_data["text"], at=at)
            return redirect(request.path)
        except actions.NothingAsked as error:
            refusal = str(error)
    context: dict[str, Any] = {"report": found, "form": form, "refusal": refusal, "thread": found.messages.all()}
    context |= {"question": found.question(), "has_expired": found.has_expired(at)}
    code = 410 if context["has_expired"] else 409 if refusal else 422 if form.errors else 200
    response = render(request, "corrections/status.html", context, status=code)
    # With "no-referrer" browsers send a form from nowhere, and it is refused for it. Never the path.
    response["Referrer-Policy"] = "strict-origin" if context["question"] else "no-referrer"
    return response


def _article(request: EditionRequest, slug: str, at: datetime) -> Article:
    """Also by a former address, so that a form that was open meanwhile can still be sent."""
    articles = Article.objects.in_edition(request.edition_code).published(at).select_related("live", "next")
    former = Q(former_slugs__slug=slug, former_slugs__edition=request.edition_code)
    return get_object_or_404(articles.filter(Q(slug=slug) | former).distinct())


def _send(request: EditionRequest, form: ReportForm) -> Report | Article:
    """The report; or, of a program, which is thanked and forgotten, the article."""
    if form.is_from_a_program():
        return form.article
    was_sent = Report.objects.filter(key=form.cleaned_data["key"]).exists()
    with transaction.atomic():
        if not was_sent:
            _let_in(request, form)
        if form.seen is None:
            raise actions.VersionUnknown
        channel = Report.Channel.DIALOG if _wants_json(request) else Report.Channel.FORM
        report = actions.report(form.article, **form.report(), channel=channel, at=form.at)
        if was_sent and report.received_at == form.at:  # not the same once more, but other words by the same form
            _let_in(request, form)
    return report


def _let_in(request: EditionRequest, form: ReportForm) -> None:
    if not proof_of_work.accept(form.cleaned_data["proof"], form.at):
        limits.take_place("report", limits.REPORTS, sender=limits.sender(request), at=form.at)


def _sent(request: EditionRequest, sent: Report | Article) -> HttpResponse:
    if _wants_json(request):
        return _json({"url": sent.get_absolute_url()})
    response = redirect(sent.get_absolute_url())
    response["Cache-Control"] = "private, no-store"
    return response


def _too_many(request: EditionRequest, form: ReportForm, free_at: datetime) -> HttpResponse:
    """A browser with scripts does some arithmetic and goes on; others wait, and lose nothing."""
    when = timezone.localtime(free_at)
    form.add_error(
        None,
        _("Many reports have come from your connection. The next one can be sent at %(time)s.")
        % {"time": date_format(when, "TIME_FORMAT")}
        if when.date() == timezone.localtime(form.at).date()
        else _("Many reports have come from your connection today. The next one can be sent tomorrow at %(time)s.")
        % {"time": date_format(when, "TIME_FORMAT")},
    )
    form.typed["proof"] = ""
    return _page(request, form, status=429, challenge=proof_of_work.challenge(form.at))


def _page(request: EditionRequest, form: ReportForm, status: int = 200, challenge: Any = None) -> HttpResponse:
    if form.seen is None:  # a version that nobody has seen: the present one is offered instead
        form.seen = form.current
        if form.is_bound and form.seen:
            form.typed["version"] = str(form.seen.number)
    assert form.seen  # noqa: S101  (a constraint: published articles have a version)
    if _wants_json(request) and status != 200:
        return _json({"errors": _errors(form), "challenge": challenge, "stamp": form["stamp"].value()}, status)
    context = {
        "article": form.article,
        "revision": form.seen,
        "form": form,
        "blocks": passages(form.seen.body),
        "challenge": challenge,
        "youngest": stamps.seconds_to_wait(),
    }
    response = render(request, "corrections/report.html", context, status=status)
    response["Cache-Control"] = "private, no-store"  # it holds a token, a key and what was typed
    return response


def _gone(request: EditionRequest, article: Article) -> HttpResponse:
    if _wants_json(request):
        return _json({"errors": {"": [str(actions.ArticleGone())]}}, 410)
    response = render(request, "corrections/gone.html", {"article": article}, status=410)
    response["Cache-Control"] = "private, no-store"
    return response


def _errors(form: ReportForm) -> dict[str, list[str]]:
    """Field → sentences; those of the whole form under an empty name."""
    return {name if name != "__all__" else "": list(map(str, errors)) for name, errors in form.errors.items()}


def _wants_json(request: EditionRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _json(answer: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(answer, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
