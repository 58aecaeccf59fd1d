"""The buttons on a report: those that act at once, and the pages of those that ask something first."""

from __future__ import annotations

from collections.abc import Callable
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
from django.views.decorators.http import require_POST

from articles.actions import ArticleError, Change, MovedOn
from articles.anchors import NotInText, State, find
from articles.models import Article, Revision
from articles.rewording import CrossesMarkup
from corrections import actions, alike, sentences
from corrections.admin import queue
from corrections.admin.forms import DeclineForm, PlaceForm, QuestionForm, WordingForm
from corrections.carrying import bring_up_to_date
from corrections.models import Correction, Message, ReadyAnswer, Report
from corrections.notices import propose
from newsroom.admin.common import person, step

REFUSALS = (actions.CorrectionError, ArticleError)
#: Where the last decision waits to be told, and undone, on the next page of the queue.
DONE = "corrections_done"


def demand(request: HttpRequest, *, to_publish: bool = False) -> None:
    if not request.user.has_perm("corrections.decide_report"):
        raise PermissionDenied
    if to_publish and not request.user.has_perm("articles.publish_article"):
        raise PermissionDenied


# --- At once ---


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The suggestion as it is, as a typo: nothing is said, and the date of change stays."""
    demand(request, to_publish=True)
    report, reports = _report(pk)
    place = (report.place_start or 0, report.place_end or 0)
    seen = _seen(request, report)

    def do() -> None:
        change = Change(Revision.KindOfChange.TYPO)
        done = actions.apply(
            reports, words=report.suggestion, place=place, seen_revision=seen, change=change, by=person(request),
            at=timezone.now(),
        )  # fmt: skip
        _tell_applied(request, done)

    return _press(request, report, do)


@require_POST
def already_fixed(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request)
    report, reports = _report(pk)

    def do() -> None:
        done = actions.already_fixed(reports, by=person(request), at=timezone.now())
        _tell(request, done, _("Closed: it is right in the article by now, and the reader is thanked."))

    return _press(request, report, do)


@require_POST
def spam(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request)
    report, reports = _report(pk)

    def do() -> None:
        _tell(request, actions.mark_spam(reports, by=person(request), at=timezone.now()), _("Put away as spam."))

    return _press(request, report, do)


@require_POST
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    demand(request)
    report, reports = _report(pk)

    def do() -> None:
        actions.let_in(reports)
        messages.success(request, _("Let in. It waits with the others now."))

    return _press(request, report, do)


@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Take back what changed no text."""
    demand(request)
    numbers = [int(number) for number in request.POST.get("reports", "").split(",") if number.isdecimal()]
    reports = list(Report.objects.filter(pk__in=numbers))
    if not reports or len({report.article_id for report in reports}) > 1:
        return HttpResponseRedirect(_back(request, None))

    def do() -> None:
        actions.reopen(reports)
        messages.success(request, _("Undone. It waits again."))

    return _press(request, reports[0], do, then=reports[0].pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The words from before stand again."""
    demand(request, to_publish=True)
    correction = get_object_or_404(Correction.objects.select_related("revision"), pk=pk)
    report = correction.reports.first()

    def do() -> None:
        actions.undo(correction, by=person(request), at=timezone.now())
        messages.success(request, _("Undone: the words from before stand again, and the report waits."))

    return _press(request, report, do, then=report.pk if report else None, article=correction.article_id)


# --- After a question ---


def wording(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponse:
    """Edit the words, choose the kind, word the notice; then apply."""
    demand(request, to_publish=True)
    report, reports = _report(pk)
    article, live = _public(report)
    if not State(report.place).is_certain or report.place_start is None or report.place_end is None:
        return HttpResponseRedirect(f"{reverse('admin:corrections_report_place', args=[pk])}?{request.GET.urlencode()}")
    place = (report.place_start, report.place_end)
    old = live.text[place[0] : place[1]]
    suggestion = report.suggestion or old

    def form_class(*args: Any, **kwargs: Any) -> WordingForm:
        return WordingForm(*args, old=old, suggestion=suggestion, language=article.edition_id, **kwargs)

    def do(form: WordingForm) -> str:
        seen = get_object_or_404(Revision, pk=form.cleaned_data["revision"], article=article)
        try:
            done = actions.apply(
                reports, words=form.cleaned_data["words"], place=place, seen_revision=seen, change=form.change(),
                by=person(request), at=timezone.now(),
            )  # fmt: skip
        except MovedOn:
            _look_again(form, report)
            raise
        _tell_applied(request, done)
        return ""

    with_notice = request.GET.get("with") == "notice"
    kinds = Revision.KindOfChange
    try:
        return _step(
            request,
            model_admin,
            reports,
            live,
            title=_("Apply with a notice") if with_notice else _("Edit, then apply"),
            button=_("Apply"),
            do=do,
            form_class=form_class,
            initial={
                "revision": live.pk,
                "words": suggestion,
                "kind_of_change": kinds.CORRECTION if with_notice else kinds.TYPO,
                "notice": propose(old, suggestion, article.edition_id),
            },
            template="admin/corrections/wording.html",
            templates_of_notice=_templates_of_notice(article.edition_id),
            old=old,
            focus="notice" if with_notice else "words",
        )
    except CrossesMarkup:
        return _to_the_article(request, report)


def decline(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponse:
    demand(request)
    report, reports = _report(pk)
    article, live = _public(report)

    def form_class(*args: Any, **kwargs: Any) -> DeclineForm:
        return DeclineForm(*args, edition=article.edition_id, **kwargs)

    def do(form: DeclineForm) -> str:
        done = actions.decline(reports, answer=form.text(), by=person(request), at=timezone.now())
        _tell(request, done, _("Declined, with your answer."))
        return ""

    return _step(
        request,
        model_admin,
        reports,
        live,
        title=_("Decline"),
        button=_("Decline"),
        do=do,
        form_class=form_class,
        template="admin/corrections/decline.html",
        answers=ReadyAnswer.objects.filter(edition=article.edition_id),
    )


def ask(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponse:
    demand(request)
    report, reports = _report(pk)
    _article, live = _public(report)
    asked = next((each for each in reports if each.email), report)

    def do(form: QuestionForm) -> str:
        actions.ask(asked, question=form.cleaned_data["question"], by=person(request), at=timezone.now())
        return _("Asked. The report waits for the answer.")

    return _step(
        request,
        model_admin,
        [asked],
        live,
        title=_("Ask the reader"),
        explanation=_("The question goes by mail, and stands on the reader’s private page.")
        if asked.email
        else _("The reader left no address: the question stands on the private page only, and may never be seen."),
        button=_("Ask"),
        do=do,
        form_class=QuestionForm,
    )


def place(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponse:
    """Let an editor say which words of the present text are meant."""
    demand(request)
    report, reports = _report(pk)
    article, live = _public(report)
    places = _candidates(report, live.text)

    def form_class(*args: Any, **kwargs: Any) -> PlaceForm:
        return PlaceForm(*args, places=places, **kwargs)

    def do(form: PlaceForm) -> str:
        seen = get_object_or_404(Revision, pk=form.cleaned_data["revision"], article=article)
        start, end = form.chosen()
        actions.confirm_place(reports, start=start, end=end, seen_revision=seen, at=timezone.now())
        return _("Confirmed. Now it can be applied.")

    return _step(
        request,
        model_admin,
        reports,
        live,
        title=_("Confirm the place"),
        button=_("These words"),
        do=do,
        form_class=form_class,
        initial={"revision": live.pk, "place": f"{places[0][0]}-{places[0][1]}" if places else ""},
        template="admin/corrections/place.html",
        places=[(f"{start}-{end}", sentences.around(live.text, start, end)) for start, end in places],
        then=pk,
    )


# --- What they share ---


def _report(pk: int) -> tuple[Report, list[Report]]:
    """The report, and all that say the same and are decided with it."""
    report = get_object_or_404(Report.objects.select_related("place_revision"), pk=pk)
    return report, alike.together(report)


def _public(report: Report) -> tuple[Article, Revision]:
    """The report's article, and the version that readers see; the report is brought to it."""
    article = Article.objects.select_related("live", "next", "edition").get(pk=report.article_id)
    live = article.current(timezone.now())
    assert live  # noqa: S101  (only what was public can be reported)
    if report.place_revision_id != live.pk and report.status in (Report.Status.OPEN, Report.Status.HELD):
        bring_up_to_date(Report.objects.undecided().filter(article=article), live)
        report.refresh_from_db()
    return article, live


def _seen(request: HttpRequest, report: Report) -> Revision:
    number = request.POST.get("revision", "")
    return get_object_or_404(Revision, pk=int(number) if number.isdecimal() else 0, article=report.article_id)


def _candidates(report: Report, text: str) -> list[tuple[int, int]]:
    """Places of the present text that may be meant: the likeliest, then wherever the same words stand."""
    places: list[tuple[int, int]] = []
    if report.place_start is not None and report.place_end is not None:
        places.append((report.place_start, report.place_end))
    if report.quote:
        try:
            found = find(text, report.quote)
            places.append((found.start, found.end))
        except NotInText as several:
            places.extend(several.places[:20])
    return list(dict.fromkeys(places))


def _templates_of_notice(language: str) -> dict[str, str]:
    """The proposals with names in place of the words, for the script that keeps the field fitting."""
    return {
        "both": propose("{old}", "{new}", language),
        "come": propose("", "{new}", language),
        "gone": propose("{old}", "", language),
    }


def _step(
    request: HttpRequest,
    model_admin: Any,
    reports: list[Report],
    live: Revision,
    *,
    do: Callable[[Any], str],
    **kwargs: Any,
) -> HttpResponse:
    article = reports[0].article
    card = queue.card_of(reports, live, Message.objects.filter(report__in=reports).select_related("author"))
    return step(
        request,
        model_admin=model_admin,
        back=_back(request, reports[0], then=kwargs.pop("then", None)),
        do=do,
        refusals=REFUSALS,
        card=card,
        article=article,
        language=article.edition_id,
        **{"template": "admin/corrections/step.html"} | kwargs,
    )


def _look_again(form: WordingForm, report: Report) -> None:
    """The next attempt is made knowing what is public now."""
    report.refresh_from_db()
    data = form.data.copy()  # type: ignore[attr-defined]
    data["revision"] = str(Article.objects.values_list("live", flat=True).get(pk=report.article_id))
    form.data = data


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
        return _to_the_article(request, report, article)
    except REFUSALS as refusal:
        messages.warning(request, str(refusal))
        then = report.pk if report else None
    return HttpResponseRedirect(_back(request, report, then=then))


def _to_the_article(request: HttpRequest, report: Report | None, article: int | None = None) -> HttpResponse:
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


def _back(request: HttpRequest, report: Report | None, *, then: int | None = None) -> str:
    """The page of the queue from which the editor came, at the report that is next."""
    asked = request.POST.get("then") or request.GET.get("then") or ""
    following = then or (int(asked) if asked.isdecimal() else None)
    back = request.POST.get("back", request.GET.get("back", ""))
    if back == "report" and report:
        return reverse("admin:corrections_report_change", args=[report.pk])
    place = f"#report-{following}" if following else "#reports"
    return f"{reverse('admin:corrections_report_changelist')}{f'?{back}' if back else ''}{place}"


def _tell_applied(request: HttpRequest, done: actions.Applied) -> None:
    sentence = ngettext(
        "Applied, and public. %(count)s report is closed.", "Applied, and public. %(count)s reports are closed.", len(done.reports)
    ) % {"count": len(done.reports)}  # fmt: skip
    if not done.is_in_working_copy:
        sentence += " " + _(
            "The draft of this article differs there and does not have this fix: look at it before you publish it."
        )
    request.session[DONE] = {
        "sentence": sentence,
        "undo": reverse("admin:corrections_report_undo", args=[done.correction.pk]),
    }


def _tell(request: HttpRequest, done: list[Report], sentence: str) -> None:
    request.session[DONE] = {
        "sentence": sentence,
        "undo": reverse("admin:corrections_report_reopen"),
        "reports": ",".join(str(report.pk) for report in done),
    }


def query(**values: Any) -> str:
    """A query string of what is not empty."""
    return urlencode({name: value for name, value in values.items() if value})
