from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from articles.cards import cards, front
from articles.models import Article, Contributor, Credit, Section, Topic
from articles.public_page import page_of, with_surroundings
from articles.search.page import NoSuchPage, Search
from articles.structured import profile
from newsroom.editions import EditionRequest
from newsroom.structured import website
from newsroom.surfaces import Shows, surface

PER_PAGE = 24


@surface(Shows.EXTRACT)
def home(request: EditionRequest) -> HttpResponse:
    articles = Article.objects.in_edition(request.edition_code)
    context: dict[str, Any] = {"counterparts": _everywhere(request, "home"), "structured": [website(request.edition)]}
    return _list(request, "articles/home.html", articles, is_front=True, **context)


@surface(Shows.EXTRACT)
def section(request: EditionRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Section, edition=request.edition_code, slug=slug)
    return _list(
        request, "articles/section.html", found.articles.all(), subject=found, counterparts=_counterparts(found)
    )


@surface(Shows.EXTRACT)
def topic(request: EditionRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, edition=request.edition_code, slug=slug)
    return _list(request, "articles/topic.html", found.articles.all(), subject=found, counterparts=_counterparts(found))


@surface(Shows.EXTRACT)
def person(request: EditionRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(Contributor.objects.named_in(request.edition_code).public(at), slug=slug)
    here = Article.objects.in_edition(request.edition_code)
    roles = [role for role in Credit.Role.values if here.public(at).credited_to(found, at, role).exists()]
    counterparts = _everywhere(request, "person", slug)
    articles = here.credited_to(found, at)
    context: dict[str, Any] = {"person": found, "roles": roles, "structured": [profile(request.edition, found)]}
    return _list(request, "articles/person.html", articles, counterparts=counterparts, **context)


@surface(Shows.EXTRACT)
def translators(request: EditionRequest) -> HttpResponse:
    people = Contributor.objects.named_in(request.edition_code).translating_in(request.edition_code, timezone.now())
    context = {"people": people, "counterparts": _everywhere(request, "translators")}
    return render(request, "articles/translators.html", context)


@surface(Shows.EXTRACT, is_indexed=False)
def search(request: EditionRequest) -> HttpResponse:
    try:
        context = Search(request.GET, request.edition, timezone.now()).context()
    except NoSuchPage as error:
        raise Http404 from error
    return render(request, "articles/search.html", context, status=422 if "refusal" in context else 200)


@surface(Shows.WHOLE)
def article(request: EditionRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    found = with_surroundings(Article.objects.in_edition(request.edition_code), at).filter(slug=slug).first()
    if found is None or not found.published_at or found.published_at > at:
        return _moved(request, slug)
    if found.taken_down_at:
        return render(request, "410.html", {"article": found}, status=410)
    revision = found.current(at)
    assert revision  # noqa: S101  (a constraint: published articles have one)
    return render(request, "articles/article.html", page_of(request.edition, found, revision))


def _moved(request: EditionRequest, slug: str) -> HttpResponse:
    """A permanent redirect from an address that a published article once had, also to a 410; else 404."""
    published = Article.objects.in_edition(request.edition_code).published(timezone.now())
    found = published.filter(former_slugs__slug=slug, former_slugs__edition=request.edition_code).first()
    if not found:
        raise Http404
    return HttpResponsePermanentRedirect(found.get_absolute_url())


def _list(
    request: EditionRequest, template: str, articles: QuerySet[Article], *, is_front: bool = False, **context: Any
) -> HttpResponse:
    """A page of cards, newest first; `?before=` an article's number goes on from there, however many there are."""
    at = timezone.now()
    found = articles.public(at).newest_first().with_revisions()  # type: ignore[attr-defined]
    before = request.GET.get("before", "")
    if before:
        found = found.older_than(_number(before))
    page: list[Article] = list(found[: PER_PAGE + 1])
    shown = cards(page[:PER_PAGE], at=at, limit=request.edition.policy["limit"])
    context |= {
        "edition": request.edition,
        "cards": shown,
        "front": front(shown) if is_front else None,
        "older": page[PER_PAGE - 1].pk if len(page) > PER_PAGE else None,
        "is_first_page": not before,
    }
    return render(request, template, context)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)


def _url(edition: str, name: str, *args: str) -> str:
    return reverse(f"site:{name}", args=args, current_app=edition)


def _counterparts(subject: Section | Topic) -> list[dict[str, str]]:
    """The same section or topic in the other editions: what has the same address there."""
    others = type(subject)._default_manager.filter(slug=subject.slug).exclude(edition=subject.edition_id)
    return [
        {"code": other.edition_id, "language": other.edition.language_name, "url": other.get_absolute_url()}
        for other in others.select_related("edition").order_by("edition__position")
    ]


def _everywhere(request: EditionRequest, name: str, *args: str) -> list[dict[str, str]]:
    """The same page in the other editions, for pages that every edition has."""
    return [
        {"code": row["code"], "language": row["language"], "url": _url(row["code"], name, *args)}
        for row in request.edition.edition_rows
        if row["code"] != request.edition_code
    ]
