"""What the public is told of changes: the history of an article, the log of an edition, each correction."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from articles import rendering
from articles.models import Article, Revision
from corrections.carrying import standing
from corrections.entries import entries
from corrections.figures import figures
from corrections.forms import LogForm
from corrections.history import history_of
from corrections.models import Correction
from newsroom.editions import EditionRequest
from newsroom.surfaces import Shows, surface

PER_PAGE = 20


@surface(Shows.WHOLE, is_indexed=False)
def history(request: EditionRequest, slug: str) -> HttpResponse:
    """Every version that readers have seen, and with `?v=` what has changed since that one.

    A long history goes on at `?before=` a version.
    """
    at = timezone.now()
    published = Article.objects.in_edition(request.edition_code).published(at).select_related("section")
    article = published.defer("body").filter(slug=slug).first()
    if article is None:
        return _moved(request, published, slug)
    if article.taken_down_at:
        return render(request, "410.html", {"article": article}, status=410)
    revisions = list(article.revisions.filter(goes_live_at__lte=at).order_by("number"))
    found = history_of(article, revisions, _version(request.GET.get("before"), revisions))
    since = _version(request.GET.get("v"), revisions)
    context = {
        "article": article,
        "history": found,
        "first_body": rendering.without_notes(found.first.body, found.first.pictures),
        "since": since,
        "since_then": found.since(since) if since else None,
    }
    return render(request, "corrections/history.html", context)


@surface(Shows.EXTRACT)
def corrections(request: EditionRequest) -> HttpResponse:
    """The log of an edition, newest first; `?before=` a correction's number goes on from there."""
    at, edition = timezone.now(), request.edition
    form = LogForm(request.GET, edition=edition.code, at=at)
    if not form.is_valid():
        raise Http404
    found = form.narrowed(Correction.objects.public(at).in_edition(edition.code)).newest_first().with_articles()
    page = list(found[: PER_PAGE + 1])
    context: dict[str, Any] = {
        "form": form,
        "entries": entries(page[:PER_PAGE], edition, at),
        "older": page[PER_PAGE - 1].pk if len(page) > PER_PAGE else None,
        "is_first_page": not form.cleaned_data["before"],
        "figures": figures(edition.code, at),
        "policy_slugs": [row["slug"] for row in edition.policy_page_rows],
        "counterparts": _everywhere(request, "corrections"),
    }
    return render(request, "corrections/log.html", context)


@surface(Shows.EXTRACT)
def correction(request: EditionRequest, number: int) -> HttpResponse:
    """One correction, at an address that stays."""
    at = timezone.now()
    published = Correction.objects.filter(revision__goes_live_at__lte=at, article__published_at__lte=at)
    found = get_object_or_404(published.with_articles(), pk=number)
    if found.article.edition_id != request.edition_code:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    if found.article.taken_down_at:
        return render(request, "410.html", {"article": found.article}, status=410)
    shown = found.article.current(at)
    has_mark = shown and found.revision.notice and not found.withdrawn_at and standing(found, shown)
    context = {"entry": entries([found], request.edition, at)[0], "is_marked": bool(has_mark)}
    return render(request, "corrections/correction.html", context)


def _version(asked: str | None, revisions: list[Revision]) -> Revision | None:
    """The version of the number that the address asks for, if it asks for one."""
    if asked is None:
        return None
    named = next((revision for revision in revisions if str(revision.number) == asked), None)
    if named is None:
        raise Http404
    return named


def _moved(request: EditionRequest, published: Any, slug: str) -> HttpResponse:
    """To the history at the article's present address, from one that it once had; else 404."""
    article = published.filter(former_slugs__slug=slug, former_slugs__edition=request.edition_code).first()
    if not article:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("site:history", args=[article.slug], current_app=article.edition_id))


def _everywhere(request: EditionRequest, name: str) -> list[dict[str, str]]:
    """The same page in the other editions."""
    return [
        {"code": row["code"], "language": row["language"], "url": reverse(f"site:{name}", current_app=row["code"])}
        for row in request.edition.edition_rows
        if row["code"] != request.edition_code
    ]
