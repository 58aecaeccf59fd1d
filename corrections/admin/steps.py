"""The buttons on a report that ask something first, each on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions import MovedOn
from articles.anchors import NotInText, State, find
from articles.models import Article, Revision
from articles.rewording import CrossesMarkup
from corrections import actions, sentences
from corrections.admin import queue
from corrections.admin.common import (
    REFUSALS,
    demand,
    numbers,
    public_of,
    report_of,
    tell_applied,
    tell_decided,
    to_the_article,
    way_back,
)
from corrections.admin.forms import DeclineForm, PlaceForm, QuestionForm, WordingForm
from corrections.models import Message, ReadyAnswer, Report
from corrections.notices import propose, sentence
from newsroom.admin.common import person, step


def wording(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponse:
    """Edit the words, choose the kind, word the notice; then apply."""
    demand(request, to_publish=True)
    report, reports = report_of(pk)
    article, live = public_of(report)
    if not State(report.place).is_certain or report.place_start is None or report.place_end is None:
        return HttpResponseRedirect(f"{reverse('admin:corrections_report_place', args=[pk])}?{request.GET.urlencode()}")
    place = (report.place_start, report.place_end)
    old = live.text[place[0] : place[1]]
    suggestion = report.suggestion or old

    with_notice = request.GET.get("with") == "notice"
    focus = "notice" if with_notice else "words"

    def form_class(*args: Any, **kwargs: Any) -> WordingForm:
        return WordingForm(*args, old=old, suggestion=suggestion, language=article.edition_id, focus=focus, **kwargs)

    def do(form: WordingForm) -> str:
        seen = get_object_or_404(Revision, pk=form.cleaned_data["revision"], article=article)
        try:
            done = actions.apply(
                reports, words=form.cleaned_data["words"], place=place, seen_revision=seen, change=form.change(),
                by=person(request), at=timezone.now(), thanks=numbers(request.POST.get("thanks", "")),
            )  # fmt: skip
        except MovedOn:
            _look_again(form, report)
            raise
        tell_applied(request, done)
        return ""

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
        )
    except CrossesMarkup:
        return to_the_article(request, report)


def decline(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponse:
    demand(request)
    report, reports = report_of(pk)
    article, live = public_of(report)

    def form_class(*args: Any, **kwargs: Any) -> DeclineForm:
        return DeclineForm(*args, edition=article.edition_id, **kwargs)

    def do(form: DeclineForm) -> str:
        done = actions.decline(reports, answer=form.text(), by=person(request), at=timezone.now())
        tell_decided(request, done, _("Declined, with your answer."))
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
    report, reports = report_of(pk)
    _article, live = public_of(report)
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
    report, reports = report_of(pk)
    article, live = public_of(report)
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


def forget(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponse:
    """Delete the name and the address of a reader who asks for it."""
    demand(request)
    report = get_object_or_404(Report.objects.select_related("article"), pk=pk)
    _article, live = public_of(report)

    def do(form: Any) -> str:
        count = actions.forget_reader(report, at=timezone.now())
        return ngettext(
            "Forgotten. Nothing in %(count)s report names the reader any more.",
            "Forgotten. Nothing in %(count)s reports names the reader any more.",
            count,
        ) % {"count": count}

    return _step(
        request,
        model_admin,
        [report],
        live,
        title=_("Forget the reader"),
        explanation=_(
            "The name and the address are deleted from every report of this address, and from the public thanks. No "
            "outcome can be mailed then, and this cannot be undone. What was reported stays."
        ),
        button=_("Forget the reader"),
        do=do,
    )


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
        "both": sentence("{old}", "{new}", language),
        "come": sentence("", "{new}", language),
        "gone": sentence("{old}", "", language),
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
        back=way_back(request, reports[0], then=kwargs.pop("then", None)),
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
