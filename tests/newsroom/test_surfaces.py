"""Every public address says how much of an article it may show, and keeps to it."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from articles import actions
from articles.text import policy_text
from corrections import actions as of_corrections
from corrections.models import Correction, Report
from newsroom import surfaces
from newsroom.models import Outlet, Page
from newsroom.surfaces import Shows
from tests import cast
from tests.corrections.readers import report

pytestmark = pytest.mark.django_db
#: Not for readers: signing in, the admin, what only operators and the demonstration have.
PRIVATE = ("admin/", "accounts/", "healthz", "demo/")

ICONS = [(settings.BASE_DIR / "static" / "img" / f"icon.{ending}").read_bytes() for ending in ("ico", "png")]

#: Words that stand nowhere else, each once, so that every character of theirs is known wherever it turns up.
CANARY = [f"canary{n:03}{'bird' * (n % 3)}{'.' * (n % 7 == 6)}" for n in range(400)]
MISSED = f" {CANARY[80]} "
STANDFIRST, PARAGRAPHS = CANARY[:40], [CANARY[n : n + 28] for n in range(40, 400, 28)]


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
    if response["Content-Type"].startswith("image/"):
        assert b"".join(response.streaming_content) in {b"a picture", *ICONS}
        return ""
    raw = response.content.decode()
    if "json" in response["Content-Type"]:
        raw = json.dumps(json.loads(raw), ensure_ascii=False)
    attributes = " ".join(re.findall(r'="([^"]*)"', raw))
    raw = raw.replace("&lt;", "<").replace("&gt;", ">")
    return policy_text(re.sub(r"<(?!/?[a-z])", "&lt;", raw)) + " " + attributes


def example_of(path: str) -> str:
    for part, slug in (
        ("sections/", "society"),
        ("topics/", "rivers"),
        ("people/", "ruth-calder"),
        ("articles/", "canary"),
    ):
        if part in path:
            path = path.replace("<slug:slug>", slug)
    for part, example in (
        ("<key:key>", "k" * 16),
        ("<width:width>", "400"),
        ("<ending:ending>", "jpg"),
        ("<digest:digest>", "d" * 32),
    ):
        path = path.replace(part, example)
    if "<str:token>" in path:
        path = path.replace(
            "<str:token>",
            Report.objects.filter(article__edition="uk" if path[:3] == "uk/" else "en").earliest("pk").token,
        )
    return path.replace("<page:slug>", "about").replace("<slug:name>-<int:number>", "pages-1")


def canary_shown(text: str) -> int:
    """How many characters of the canary's policy text are in `text`: its words, its full stops, the spaces between."""
    found = set(re.findall(r"canary\d\w*\.?", text))
    found |= {word.rstrip(".") for word in found}
    assert found <= {*CANARY, *(word.rstrip(".") for word in CANARY)}  # no word is cut, or it would not be counted
    length = 0
    for word, after in zip(CANARY, [*CANARY[1:], ""], strict=True):
        if word.rstrip(".") in found:
            length += len(word if word in found else word.rstrip("."))
            length += after.rstrip(".") in found  # a space
    return length


def test_the_canary_is_counted_to_the_character():
    assert canary_shown("") == 0
    assert canary_shown("canary000 canary001bird") == len("canary000 canary001bird")
    assert canary_shown("canary000 canary001bird … canary000") == len("canary000 canary001bird")
    assert canary_shown("canary006.") == len("canary006.")
    assert canary_shown("canary006…") == len("canary006")
    assert canary_shown(" ".join(CANARY)) == len(" ".join(CANARY))
    with pytest.raises(AssertionError):
        canary_shown("canary001bi…")


def test_no_address_shows_more_than_its_surface_says(client: Client):
    """A canary article on every public address: whole on its own page, at most the limit anywhere else."""
    for edition in settings.EDITIONS:
        body = "".join(f"<p>{' '.join(words)}</p>" for words in PARAGRAPHS)
        bird = cast.published(
            "The bird", slug="canary", edition=edition, standfirst=" ".join(STANDFIRST), body=body.replace(MISSED, " ")
        )
        bird.body = body
        actions.save_draft(bird, by=None, at=cast.NOON)
        actions.amend(bird, change=actions.Change("correction", "A bird was missed.", "foot"), by=None, at=cast.NOON)
        seen, quote = cast.live(bird), " ".join(PARAGRAPHS[0][:20])
        of_corrections.report(bird, revision=seen, quote=quote, channel="form", key=uuid.uuid4(), at=cast.NOON)
        Page.objects.create(edition_id=edition, slug="about", title="About us")
    for name in (f"pictures/{'k' * 16}/400.jpg", f"cards/{'d' * 32}.jpg"):
        storages["public"].save(name, ContentFile(b"a picture"))
    Outlet.objects.update(security="security@outlet.example")
    limit, lengths, reached = 500, {}, set()
    for path, entry in public_patterns():
        edition = path.partition("/")[0] if path.startswith(tuple(settings.EDITIONS[1:])) else settings.EDITIONS[0]
        correction = Correction.objects.get(article__edition=edition)
        asked = path.replace("corrections/<int:number>", f"corrections/{correction.pk}")
        asked = asked.replace("<str:token>", report(correction.article, "", comment="Look here.").token)
        response = client.get("/" + example_of(asked))
        assert response.status_code == 200, path
        declared = getattr(entry.callback, "surface")  # noqa: B009
        reached.add(declared.name)
        lengths[path] = canary_shown(shown(response))
        if declared.shows is Shows.WHOLE:
            assert lengths[path] == len(" ".join(CANARY)), path
        else:
            assert lengths[path] <= limit, path
    assert lengths[""] > limit / 2  # the front page shows much of it, so the bound is tried
    assert reached == {name for name in surfaces.REGISTRY if not name.startswith(("demo.", "tests."))}


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
