"""The audit judges every kind of page, and finds what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from audit import feeds, lighthouse
from audit.pages import ACCOUNTS, ADMIN, EVERY, FEEDS, PUBLIC, SITEMAPS, Page
from tests import cast
from tests.newsroom.test_surfaces import public_patterns

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>https://a.example/</id><title>A</title>
<updated>2026-11-24T12:00:00+00:00</updated><link href="https://a.example/" rel="alternate"/><entry><id>urn:a:1</id><title>B</title>
<updated>2026-11-24T12:00:00+00:00</updated><author><name>C</name></author><link href="https://a.example/b/"/></entry></feed>"""
RSS = b"""<rss version="2.0"><channel><title>A</title><link>https://a.example/</link><description>A</description><item><title>B</title>
<link>https://a.example/b/</link><guid>b</guid><pubDate>Tue, 24 Nov 2026 07:13:16 +0000</pubDate></item></channel></rss>"""
MAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="http://www.w3.org/1999/xhtml"><url><loc>https://a.example/</loc>
<lastmod>2026-11-24T12:00:00+00:00</lastmod><x:link rel="alternate" hreflang="uk" href="https://a.example/uk/"/></url></urlset>"""
#: Texts without a schema, pictures, what the audit finds by the sitemaps' index, and a page that has one reader.
UNREAD = {
    "corrections/reports/<str:token>/",
    "robots.txt",
    "favicon.ico",
    "icon.png",
    ".well-known/security.txt",
    "sitemap-<slug:name>-<int:number>.xml",
    "media/pictures/<key:key>/<width:width>.<ending:ending>",
    "media/cards/<digest:digest>.jpg",
}
JSON = {"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [{"id": "1", "content_text": "B"}]}


def test_no_kind_of_page_is_forgotten():
    """Of every public address of the first edition one example is audited."""
    paths = [page.path for page in EVERY] + FEEDS + SITEMAPS
    audited = {resolve(path.partition("?")[0]).route for path in paths if "no-such" not in path}
    others = tuple(f"{code}/" for code in settings.EDITIONS[1:])
    wanted = {path for path, _entry in public_patterns() if not path.startswith(others)} - UNREAD
    assert wanted - audited == set()


def test_pages_of_every_edition_are_audited():
    for code in settings.EDITIONS[1:]:
        assert [page for page in PUBLIC if page.path.startswith(f"/{code}/") and page.is_timed]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ADMIN)
def test_the_pages_of_the_admin_that_are_audited_stand(client: Client, path: str):
    client.force_login(cast.chief())
    assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", [page.path for page in ACCOUNTS])
def test_the_pages_of_accounts_that_are_audited_stand(client: Client, path: str):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("atom", ATOM, ATOM.replace(b"<id>urn:a:1</id>", b"")),
        ("atom", ATOM, ATOM.replace(b"12:00:00+00:00", b"12:00:00")),
        ("atom", ATOM, ATOM.replace(b"<author><name>C</name></author>", b"")),
        ("atom", ATOM, ATOM.replace(b"https://a.example/b/", b"/b/").replace(b"<title>B", b"<tite>B")),
        ("atom", ATOM, ATOM[:-5]),
        ("rss", RSS, RSS.replace(b"Tue, 24 Nov 2026 07:13:16 +0000", b"2026-11-24")),
        ("rss", RSS, RSS.replace(b"https://a.example/b/", b"/b/")),
        ("rss", RSS, RSS.replace(b"<description>A</description>", b"")),
        ("sitemap", MAP, MAP.replace(b"<loc>https://a.example/</loc>", b"<loc>/</loc>")),
        ("sitemap", MAP, MAP.replace(b"2026-11-24T12:00:00+00:00", b"yesterday")),
    ],
)
def test_a_schema_takes_what_is_right_and_nothing_else(name: str, right: bytes, wrong: bytes):
    assert feeds.against(name, right) == []
    assert feeds.against(name, wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "1"},
        {"title": ""},
        {"items": [{"id": 1, "content_text": "B"}]},
        {"items": [{"id": "1"}]},
        {"items": [{"id": "1", "content_text": "B", "date_published": "2026-11-24T12:00:00"}]},
        {"items": [{"id": "1", "content_text": "B", "authors": [{}]}]},
        {"items": [{"id": "1", "content_text": "B"}] * 2},
    ],
    ids=str,
)
def test_a_json_feed_is_checked(wrong: dict[str, Any]):
    assert feeds.json_feed(json.dumps(JSON).encode()) == []
    assert feeds.json_feed(json.dumps(JSON | wrong).encode())


def audit_of(name: str, score: float, *items: dict[str, str]) -> dict[str, Any]:
    return {"id": name, "weight": 1, "score": score, "shown": "", "items": list(items)}


@pytest.mark.parametrize(
    ("audit", "page", "points"),
    [
        (audit_of("meta-description", 0), Page("", "/"), 0.5),
        (audit_of("is-crawlable", 0), Page("", "/"), 0.5),
        (audit_of("is-crawlable", 0), Page("", "/", is_indexed=False), 1),
        (audit_of("robots-txt", 0, {"line": "License: https://a.example/rsl.xml"}), Page("", "/"), 1),
        (audit_of("robots-txt", 0, {"line": "Disalow: /"}), Page("", "/"), 0.5),
        (audit_of("robots-txt", 0, {"line": "License: a"}, {"line": "Disalow: /"}), Page("", "/"), 0.5),
        (audit_of("robots-txt", 0), Page("", "/"), 0.5),
    ],
)
def test_lighthouse_is_not_asked_for_what_is_meant_to_be_as_it_is(audit: dict[str, Any], page: Page, points: float):
    assert lighthouse.score([audit, audit_of("document-title", 1)], page) == points


def test_the_speed_of_a_page_is_the_median_of_its_visits():
    def visit(score: float) -> dict[str, Any]:
        rest = [{"id": name, "score": 1, "audits": [audit_of("a", 1)]} for name in list(lighthouse.GOALS)[1:]]
        return {"categories": [{"id": "performance", "score": score, "audits": []}, *rest]}

    points = lighthouse.judged(Page("", "/"), [visit(score) for score in (1, 0.7, 1, 0.99, 1)])
    assert points == {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
