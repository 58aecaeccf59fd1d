"""Atom, RSS and JSON feeds: valid, within the limit, of everything that has its own list."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from articles.text import policy_length
from newsroom.models import ReusePolicy
from tests import cast

pytestmark = pytest.mark.django_db
LISTS = ["", "sections/society/", "topics/rivers/", "people/ruth-calder/"]
LONG = "".join(f"<p>Paragraph {n} goes on about the water.</p>" for n in range(60))


def parsed(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("of", LISTS)
@pytest.mark.parametrize("form", ["", "rss/"])
def test_feeds_are_valid_and_keep_to_the_limit(client: Client, of: str, form: str):
    article = cast.published(slug="boats", body=LONG, standfirst="A standfirst & more. " * 5)
    feed = parsed(client, f"/{of}feed/{form}")
    assert [entry.link for entry in feed.entries] == ["http://127.0.0.1:8000/articles/boats/"]
    entry = feed.entries[0]
    assert entry.id == article.key.urn
    assert entry.title == "The lock keeper"
    assert 400 < policy_length(entry.summary) <= 500
    assert entry.summary.startswith("<p>A standfirst &amp; more.")
    assert entry.author == "Ruth Calder"


@pytest.mark.parametrize("of", LISTS)
def test_the_json_feed_is_valid_and_keeps_to_the_limit(client: Client, of: str):
    cast.published(slug="boats", body=LONG)
    response = client.get(f"/{of}feed/json/")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://127.0.0.1:8000/{of}feed/json/"
    item = feed["items"][0]
    assert policy_length(item["content_html"]) <= 500
    assert item["authors"] == [{"name": "Ruth Calder"}]
    assert feed["_rights"]["max_excerpt"] == 500


def test_an_article_may_have_a_limit_of_its_own(client: Client):
    strict = ReusePolicy.objects.create(name="Strict", limit=120, holder="X", first_year=2026, contact="a@b.example")
    cast.published(slug="boats", body=LONG, reuse_policy=strict)
    assert policy_length(parsed(client, "/feed/").entries[0].summary) <= 120


def test_an_edition_s_feed_is_in_its_language_and_holds_its_articles_only(client: Client):
    cast.published(slug="boats")
    cast.published("Човен", edition="uk", translator=cast.contributor("Ruth Calder", "Рут Колдер"))
    feed = parsed(client, "/uk/feed/")
    assert [entry.title for entry in feed.entries] == ["Човен"]
    assert feed.feed.language == "uk"
    assert feed.entries[0].author == "Рут Колдер"


def test_an_id_outlives_its_address(client: Client):
    article = cast.published(slug="boats")
    before = parsed(client, "/feed/").entries[0].id
    article.slug = "ships"
    actions.save_draft(article, by=None, at=cast.NOON)
    assert parsed(client, "/feed/").entries[0].id == before


@pytest.mark.parametrize("of", LISTS)
def test_a_feed_asks_the_same_number_of_questions_however_long_it_is(client: Client, of: str):
    counts = []
    for number in range(3):
        cast.published(f"Article {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/{of}feed/")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 4


def test_unknown_feeds_are_not_there(client: Client):
    for path in ("/sections/nothing/feed/", "/topics/nothing/feed/rss/", "/people/nobody/feed/json/"):
        assert client.get(path).status_code == 404
