"""Ukrainian readers find an article by any form of its words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from articles.search.hits import Hits
from articles.search.questions import read, understand
from tests import cast

pytestmark = pytest.mark.django_db
ARTICLES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("ukrainian_search.toml").read_text())["article"]
PAIRS = [(query, row["title"]) for row in ARTICLES for query in row["queries"]]


def first_for(query: str) -> int | None:
    meaning = understand(read(query), "uk")
    hits = Hits(meaning, "uk", timezone.now()).ranked(None) if meaning.tsquery else []
    return hits[0].article if hits else None


def test_at_least_95_of_100_inflected_questions_find_their_article_first():
    numbers = {
        row["title"]: cast.published(row["title"], edition="uk", standfirst="", body=f"<p>{row['body']}</p>").pk
        for row in ARTICLES
    }
    missed = [(query, title) for query, title in PAIRS if first_for(query) != numbers[title]]
    assert len(PAIRS) >= 60
    assert len(missed) <= len(PAIRS) * 0.05, missed
