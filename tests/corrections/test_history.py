"""The history of an article: what readers have seen of it, version by version, and what differs between them."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import actions
from articles.models import Article, Credit
from tests import cast
from tests.cast import NOON
from tests.corrections.changes import LATER, Kind, change, edited, published, typo

pytestmark = pytest.mark.django_db
HISTORY = "/articles/boats/history/"


def text_of(client: Client, path: str = HISTORY, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode().partition("<main")[2]


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page.partition("</main>")[0])).split())


def test_an_article_that_never_changed_has_its_one_version(client: Client):
    published()
    words = words_of(text_of(client))
    assert "Published on 2 March 2026. It has not changed since." in words
    assert "Nobody asked him to. The register" in words
    assert "See what changed" not in text_of(client, "/articles/boats/")


def test_every_change_is_shown_with_what_readers_were_told_the_newest_first(client: Client):
    article = published()
    change(article)
    change(article, "register of 2014", "register of 2015", kind=Kind.CLARIFICATION, notice="It was 2015.", place="top")
    page = text_of(client)
    assert re.findall(r'class="change-head">\s*<h2>(.*?)</h2>', page) == [
        "Clarification",
        "Correction",
        "First published",
    ]
    assert "the register of <del>2014</del><ins>2015</ins>." in page
    assert "since <del>1998</del><ins>1989</ins>." in page
    assert "It was 2015." in page
    assert "changed 2 times since" in words_of(page)


def test_a_typo_is_folded(client: Client):
    typo(published())
    page = text_of(client)
    inside = re.findall(r"<details[^>]*><summary>Show the typo</summary>(.*?)</details>", page, re.DOTALL)
    assert "<del>Nobody</del><ins>No one</ins>" in inside[0]


def test_changes_of_title_standfirst_credits_and_pictures_are_shown(client: Client):
    article = published()
    article.title, article.standfirst = "The keeper", "He counts every boat."
    picture = cast.ready_picture()
    article.lead_picture, article.lead_alt = picture, "A river"
    actions.save_draft(article, by=None, at=NOON)
    Credit.objects.create(article=article, contributor=cast.contributor("Iryna Bilyk"), role=Credit.Role.EDITOR)
    actions.amend(article, change=actions.Change(Kind.UPDATE), by=None, at=LATER)
    page = text_of(client)
    assert "The <del>lock </del>keeper" in page
    assert "<del>, and nobody reads his numbers</del>" in page
    assert "<ins>; editor: Iryna Bilyk</ins>" in page
    assert "Lead picture added:" in page


def test_a_change_that_readers_see_later_is_not_shown(client: Client):
    article, at = edited(published(), "1998", "1989"), timezone.now()
    told = actions.Change(Kind.UPDATE, "Something is to come.", "foot")
    actions.schedule(article, change=told, goes_live_at=at + timedelta(hours=1), by=None, at=at)
    page = text_of(client)
    assert "1989" not in page
    assert "Something is to come" not in page
    text_of(client, f"{HISTORY}?v=2", 404)


def test_what_was_only_drafted_is_not_shown(client: Client):
    edited(published(), "1998", "1989")
    assert "1989" not in text_of(client)
    cast.draft(slug="draft")
    text_of(client, "/articles/draft/history/", 404)


def test_a_link_tells_what_has_changed_since_a_version(client: Client):
    article = published()
    typo(article)
    change(article)
    since = text_of(client, f"{HISTORY}?v=1").partition('class="since"')[2].partition("</section>")[0]
    assert "What has changed since version 1 of 2 March 2026" in since
    assert "<del>1998</del><ins>1989</ins>" in since
    assert "<del>Nobody</del><ins>No one</ins>" in since
    since = text_of(client, f"{HISTORY}?v=2").partition('class="since"')[2].partition("</section>")[0]
    assert "Nobody" not in since
    assert "1989" in since
    assert "Nothing: it is the present version." in text_of(client, f"{HISTORY}?v=3")


@pytest.mark.parametrize("version", ["0", "2", "x", "-1", "1 ", "9" * 40])
def test_a_version_that_never_was_is_not_found(client: Client, version: str):
    published()
    text_of(client, f"{HISTORY}?v={version}", 404)


def test_the_article_leads_to_its_history(client: Client):
    change(published())
    assert f'href="{HISTORY}"' in text_of(client, "/articles/boats/").partition('class="dates"')[2]


def test_search_engines_are_led_to_the_article(client: Client, settings: Any):
    published()
    answer = client.get(HISTORY)
    assert answer["X-Robots-Tag"] == "noindex"
    page = answer.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="{settings.SITE_URL}/articles/boats/">' in page


def test_a_retraction_is_the_newest_change_and_the_text_stays(client: Client):
    actions.retract(published(), notice="Its author made him up.", by=None, at=LATER)
    page = text_of(client)
    assert "Its author made him up." in page
    assert "The words are the same." in page


def test_of_an_article_that_was_taken_down_only_the_reason_is_left(client: Client):
    article = published()
    change(article)
    actions.take_down(article, reason="It endangers somebody.", by=None, at=LATER)
    page = text_of(client, HISTORY, 410)
    assert "It endangers somebody." in page
    assert "1998" not in page


def test_a_former_address_leads_to_the_history_at_the_present_one(client: Client):
    article = published()
    Article.objects.filter(pk=article.pk).update(slug="boats")
    article.refresh_from_db()
    article.slug = "ships"
    actions.save_draft(article, by=None, at=LATER)
    answer = client.get(HISTORY)
    assert (answer.status_code, answer["Location"]) == (301, "/articles/ships/history/")


def test_a_long_history_goes_on_from_page_to_page(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corrections.history.PER_PAGE", 3)
    article = published(body="<p>He counts boats in 1000.</p>")
    for year in range(1000, 1007):
        typo(article, str(year), str(year + 1))
    seen: list[str] = []
    path: str | None = HISTORY
    while path:
        page = text_of(client, path)
        assert "changed 7 times since" in words_of(page)
        seen += re.findall(r'id="version-(\d+)"', page)
        older = re.search(r'href="(\?before=\d+)" rel="next"', page)
        path = f"{HISTORY}{older[1]}" if older else None
    assert seen == ["8", "7", "6", "5", "4", "3", "2", "1"]
    text_of(client, f"{HISTORY}?before=99", 404)
