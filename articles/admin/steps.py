"""The pages behind the buttons of the article form, each for one step; and the preview."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles import actions, differences, rendering
from articles.forms import ChangeForm, RestoreForm, RetractForm, TakeDownForm, WhenAndChangeForm, WhenForm
from articles.models import Article, Revision, Topic
from articles.pictures import in_texts
from articles.public_page import page_of, with_surroundings
from newsroom import editions
from newsroom.admin.common import person, step
from newsroom.html import plain

Page = Callable[[HttpRequest, Any, Article], HttpResponse]


def page(model_admin: Any, view: Page) -> Callable[..., HttpResponse]:
    """A view of one article that the person may edit."""

    def answer(request: HttpRequest, pk: int) -> HttpResponse:
        article = get_object_or_404(model_admin.get_queryset(request), pk=pk)
        if not model_admin.has_change_permission(request, article):
            raise PermissionDenied
        return view(request, model_admin, article)

    return answer


def preview(
    request: HttpRequest, article: Article, credited: list[dict[str, Any]], topics: Iterable[Topic]
) -> HttpResponse:
    """What stands in the form as the real page, by the same template; nothing of it is saved."""
    at = timezone.now()
    found: Any = article
    if article.pk:
        found = with_surroundings(Article.objects.all(), at).get(pk=article.pk)
    else:
        for rows in ("family_rows", "notice_rows", "chosen_rows", "sharing_rows"):
            setattr(found, rows, [])
    found.section = article.section
    found.topic_rows = [{"name": topic.name, "slug": topic.slug} for topic in topics]
    draft = Revision(
        title=plain(article.title) or _("Untitled"),
        standfirst=plain(article.standfirst),
        body=article.body,
        lead_picture_id=article.lead_picture_id,
        lead_alt=plain(article.lead_alt),
        lead_caption=plain(article.lead_caption),
        lead_focus=article.lead_focus,
        pictures=in_texts.as_previewed(article),
        credits=credited,
        original_as_shown=actions.original_as_shown(article.original),
        goes_live_at=found.published_at or at,
        modified_at=found.published_at or at,
    )
    with translation.override(article.edition_id):
        edition = editions.load(article.edition_id)
        request.edition = edition  # type: ignore[attr-defined]
        request.edition_code = article.edition_id  # type: ignore[attr-defined]
        request.current_app = article.edition_id
        response = render(request, "articles/article.html", page_of(edition, found, draft, is_preview=True))
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def schedule(request: HttpRequest, model_admin: Any, article: Article) -> HttpResponse:
    _demand(request, article, "schedule")
    form_class: Any = WhenAndChangeForm if article.live else WhenForm

    def do(form: Any) -> str:
        change = form.change() if article.live else None
        when = form.cleaned_data["goes_live_at"]
        seen = form.cleaned_data["seen_version"]
        actions.schedule(
            article, by=person(request), goes_live_at=when, at=timezone.now(), change=change, seen_version=seen
        )
        return _("Scheduled: %(when)s") % {"when": date_format(localtime(when), "DATETIME_FORMAT")}

    return _step(
        request,
        model_admin,
        article,
        form_class=form_class,
        title=_("Schedule “%(title)s”") % {"title": article},
        explanation=_("Readers see it from this moment on, without anybody pressing a button. Times are in %(zone)s.")
        % {"zone": timezone.get_current_timezone_name()},
        button=_("Schedule"),
        do=do,
        comparison=_comparison(article),
    )


def amend(request: HttpRequest, model_admin: Any, article: Article) -> HttpResponse:
    _demand(request, article, "amend")

    def do(form: Any) -> str:
        seen = form.cleaned_data["seen_version"]
        actions.amend(article, change=form.change(), by=person(request), at=timezone.now(), seen_version=seen)
        return _("The changes are public.")

    return _step(
        request,
        model_admin,
        article,
        form_class=ChangeForm,
        title=_("Publish changes to “%(title)s”") % {"title": article},
        button=_("Publish changes"),
        do=do,
        comparison=_comparison(article),
    )


def retract(request: HttpRequest, model_admin: Any, article: Article) -> HttpResponse:
    _demand(request, article, "retract")

    def do(form: Any) -> str:
        actions.retract(article, by=person(request), at=timezone.now(), **form.cleaned_data)
        return _("Retracted. The page stays, and says so above the text.")

    return _step(
        request,
        model_admin,
        article,
        form_class=RetractForm,
        title=_("Retract “%(title)s”") % {"title": article},
        explanation=_(
            "The article stays at its address, so that readers can see what was published, under your notice."
        ),
        button=_("Retract"),
        do=do,
    )


def take_down(request: HttpRequest, model_admin: Any, article: Article) -> HttpResponse:
    _demand(request, article, "take_down")

    def do(form: Any) -> str:
        actions.take_down(article, by=person(request), at=timezone.now(), **form.cleaned_data)
        return _("Taken down. Its address now gives the reason only.")

    return _step(
        request,
        model_admin,
        article,
        form_class=TakeDownForm,
        title=_("Take down “%(title)s”") % {"title": article},
        explanation=_("The last resort, for when reading it would harm somebody. A wrong article is better retracted."),
        button=_("Take down"),
        do=do,
    )


def versions(request: HttpRequest, model_admin: Any, article: Article) -> HttpResponse:
    """Every version with what it changed; any of them can be put back into the draft."""
    if request.method == "POST":
        return _restore(request, article)
    revisions = list(article.revisions.select_related("made_by").order_by("number"))
    rows = []
    for previous, revision in zip([None, *revisions], revisions, strict=False):
        rows.append(
            {
                "revision": revision,
                "body": rendering.without_notes(revision.body, revision.pictures),
                "comparison": differences.between(previous, revision) if previous else None,
            }
        )
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Versions of “%(title)s”") % {"title": article},
        "article": article,
        "rows": rows[::-1],
        "has_unpublished_changes": article.live is not None and actions.differs(article, article.live),
        "back": reverse("admin:articles_article_change", args=[article.pk]),
    }
    return TemplateResponse(request, "admin/articles/article/versions.html", context)


def _restore(request: HttpRequest, article: Article) -> HttpResponse:
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise Http404
    revision = get_object_or_404(article.revisions, number=form.cleaned_data["number"])
    seen = form.cleaned_data["seen_version"]
    try:
        actions.restore_as_draft(article, revision=revision, by=person(request), at=timezone.now(), seen_version=seen)
    except actions.EditedMeanwhile as refusal:
        messages.error(
            request,
            _("Nothing was restored: %(name)s has saved since. Look at the text, then try again.")
            % {"name": refusal.theirs.edited_by or _("Somebody")},
        )
        return HttpResponseRedirect(reverse("admin:articles_article_versions", args=[article.pk]))
    messages.success(
        request,
        _("Version %(number)s is in the form again. Readers see nothing of it before it is published.")
        % {"number": revision.number},
    )
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def translate(request: HttpRequest, model_admin: Any, article: Article) -> HttpResponse:
    """Begin the same text in another edition."""
    edition = request.POST.get("edition", "")
    if request.method == "POST" and edition in editions.others(article.edition_id):
        article = actions.begin_translation(article, edition=edition, by=person(request), at=timezone.now())
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


PAGES: dict[str, Page] = {
    "schedule": schedule,
    "amend": amend,
    "retract": retract,
    "take_down": take_down,
    "versions": versions,
    "translate": translate,
}


def _comparison(article: Article) -> differences.Comparison | None:
    """What publishing would change for readers; None before the first publication."""
    return differences.between(Revision.objects.get(pk=article.live_id), article) if article.live_id else None


def _demand(request: HttpRequest, article: Article, name: str) -> None:
    """The right is demanded here; what does not fit the state is the action's to refuse."""
    right = "articles.take_down_article" if name == "take_down" else "articles.publish_article"
    if not request.user.has_perm(right):
        raise PermissionDenied


def _step(request: HttpRequest, model_admin: Any, article: Article, **kwargs: Any) -> HttpResponse:
    return step(
        request,
        model_admin=model_admin,
        back=reverse("admin:articles_article_change", args=[article.pk]),
        refusals=actions.ArticleError,
        warnings=actions.warnings_for_publication(article, timezone.now()),
        initial={"seen_version": article.version},
        **kwargs,
    )
