"""Every public address says how much of an article it may show, and keeps to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from articles.text import policy_text
from newsroom import surfaces
from newsroom.surfaces import Shows
from tests import cast

pytestmark = pytest.mark.django_db
#: Not for readers: signing in, the admin, what only operators and the demonstration have.
PRIVATE = ("admin/", "accounts/", "healthz", "demo/")

#: Sentences that stand nowhere else, so that any of them is recognised wherever it turns up.
SENTENCES = [f"Sentence number {n} speaks of the {n * 7919 % 9973}rd barge on the canal." for n in range(60)]
STANDFIRST = " ".join(f"Promise {n} names the {n * 104729 % 9967}th lock." for n in range(20))


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        else:
            yield path, entry


def public_patterns() -> list[tuple[str, URLPattern]]:
    return [(path, entry) for path, entry in patterns(get_resolver()) if not path.startswith(PRIVATE)]


def test_every_public_address_is_declared():
    undeclared = [path for path, entry in public_patterns() if not hasattr(entry.callback, "surface")]
    assert undeclared == []
    assert len(public_patterns()) >= 20 * len(settings.EDITIONS)


def shown(response: Any) -> str:
    """All text of an answer: of the page, its attributes, its feed items, its JSON."""
    raw = response.content.decode()
    if "json" in response["Content-Type"]:
        raw = json.dumps(json.loads(raw), ensure_ascii=False)
    attributes = " ".join(re.findall(r'="([^"]*)"', raw))
    raw = raw.replace("&lt;", "<").replace("&gt;", ">")
    return policy_text(re.sub(r"<(?!/?[a-z])", "&lt;", raw)) + attributes


def example_of(path: str) -> str:
    for part, slug in (
        ("sections/", "society"),
        ("topics/", "rivers"),
        ("people/", "ruth-calder"),
        ("articles/", "canary"),
    ):
        if part in path:
            path = path.replace("<slug:slug>", slug)
    return path.replace("<path:slug>", "about")


def test_no_address_shows_more_than_its_surface_says(client: Client):
    """A canary article on every public address: whole on its own page, at most the limit anywhere else."""
    for edition in settings.EDITIONS:
        cast.published(
            "Canary", slug="canary", edition=edition, standfirst=STANDFIRST,
            body="".join(f"<p>{sentence}</p>" for sentence in SENTENCES),
        )  # fmt: skip
    limit, whole = 500, 0
    for path, entry in public_patterns():
        response = client.get("/" + example_of(path))
        text = shown(response)
        words = set(re.findall(r"\d+(?:rd|th)", " ".join(SENTENCES) + STANDFIRST)) & set(
            re.findall(r"\d+(?:rd|th)", text)
        )
        found = [s for s in (*SENTENCES, *STANDFIRST.split(". ")) if re.search(r"\d+(?:rd|th)", s)[0] in words]  # type: ignore[index]
        length = sum(len(sentence) for sentence in found)
        if getattr(entry.callback, "surface").shows is Shows.WHOLE:  # noqa: B009
            whole += 1
            assert length > limit, path
        else:
            assert length <= limit + 60, (path, length)  # a sentence that is cut is counted in full
    assert whole == len(settings.EDITIONS)


def test_an_own_text_is_never_stored_and_other_methods_are_refused():
    @surfaces.surface(Shows.OWN_TEXT, methods=("POST",), is_indexed=False)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("yours")

    request = HttpRequest()
    request.method = "POST"
    assert view(request)["Cache-Control"] == "private, no-store"
    assert view(request)["X-Robots-Tag"] == "noindex"
    request.method = "GET"
    assert view(request).status_code == 405


@pytest.mark.parametrize("path", ["/", "/sections/society/", "/articles/boats/", "/feed/", "/about/"])
def test_reading_answers_get_and_head_only(client: Client, path: str):
    cast.published(slug="boats")
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(path).status_code == 405
