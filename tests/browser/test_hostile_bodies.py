"""A hostile body is cleaned: nothing of the corpora runs in Chromium, nor stands in a feed."""

from __future__ import annotations

import html
import re

import feedparser
import pytest
from playwright.sync_api import Browser

from articles import feeds
from articles.excerpts import opening
from articles.rendering import render
from articles.text import policy_text
from benchmarks import frames
from newsroom.html import clean

pytestmark = pytest.mark.browser
EXPECTED = 8_347  # distinct payloads in the corpora
GROUP = 50


@pytest.fixture(scope="module")
def payloads() -> list[str]:
    found = frames.payloads()
    if not found:
        pytest.skip("CORPORA_DIR names no folder with xss/*.txt, so there are no hostile bodies to try")
    assert len(found) == EXPECTED
    return found


def test_nothing_of_it_runs_and_the_control_does(browser: Browser, payloads: list[str]):
    control = frames.fired(browser, payloads[::4])
    assert len(control) >= 1_000, "the harness is broken: raw payloads must run"
    pages = [render(clean(payload)) for payload in payloads]
    groups = ["\n".join(pages[n : n + GROUP]) for n in range(0, len(pages), GROUP)]
    assert frames.fired(browser, groups, patience=300) == []


def test_every_link_that_is_left_leads_somewhere_harmless(payloads: list[str]):
    for payload in payloads:
        for target in re.findall(r'(?:href|cite)="([^"]*)"', clean(payload)):
            assert re.match(r"https?:|mailto:|/(?![/\\])|#", html.unescape(target)), payload


def test_a_feed_carries_words_only(payloads: list[str]):
    made = feeds.RSSFeed(title="t", link="https://x.example/", description="d", feed_copyright="c")
    for number, payload in enumerate(payloads):
        body = clean(payload)
        parts = [part for part in opening(body[:400], policy_text(body), 500) if part]
        words = feeds.as_paragraphs(parts)
        made.add_item(title=str(number), link="https://x.example/", description=words, names=[], picture=None)
    for entry in feedparser.parse(made.writeString("utf-8").encode(), sanitize_html=False).entries:
        assert re.findall(r"<(?!/?p>)", entry.get("summary", "")) == []
