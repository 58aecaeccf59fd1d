"""What readers get: every public page, within its queries, without a cookie, with nothing that is not public."""

from __future__ import annotations

import base64
import codecs
import html
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions
from articles.models import Article, Revision
from newsroom.models import Block, Edition, FollowLink, Funder, FunderAcknowledgement, Outlet, Page, ReusePolicy
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
PERMISSIONS, CORRECTIONS = "permissions@the-ferry.example", "corrections@the-ferry.example"


@pytest.fixture
def outlet() -> None:
    """An outlet with every wording that surrounds its pages."""
    Outlet.objects.update_or_create(pk=1, defaults={"name": "The Ferry", "corrections": CORRECTIONS})
    ReusePolicy.objects.filter(is_default=True).update(holder="Ferry Press", first_year=2019, contact=PERMISSIONS)
    Block.objects.update(is_shown=True)
    funder = Funder.objects.create(name="Brackenquay Fund", url="https://brackenquay.example")
    for code in ("en", "uk"):
        FollowLink.objects.create(edition_id=code, label="Telegram", url="https://t.example/ferry")
        FunderAcknowledgement.objects.create(funder=funder, edition_id=code, text="Supported by the Fund.")
        body = '<p>Ask <a href="mailto:letters@the-ferry.example">Ruth</a> or corrections@the-ferry.example.</p>'
        Page.objects.create(edition_id=code, slug="about", title="About us", body=body, position=1)


@pytest.fixture
def pair(outlet: None) -> dict[str, Article]:
    """One story in both editions."""
    english = cast.published("The lock keeper", slug="lock-keeper")
    ukrainian = cast.draft("Доглядач шлюзу", edition="uk", slug="dohliadach", original=english.original)
    ukrainian.family = english.family
    ukrainian.save()
    return {"en": english, "uk": actions.publish(ukrainian, by=None, at=NOON)}


PUBLIC = [
    "/",
    "/sections/society/",
    "/topics/rivers/",
    "/articles/lock-keeper/",
    "/translators/",
    "/people/ruth-calder/",
    "/about/",
    "/reuse/",
    "/contact/written/",
    "/uk/",
    "/uk/sections/society/",
    "/uk/articles/dohliadach/",
    "/articles/lock-keeper/history/",
    "/corrections/",
    "/uk/corrections/",
]
FORM = "/contact/write/"


def body_of(client: Client, path: str) -> str:
    """What readers see of a page, in its order."""
    return text_of(client, path).partition("<body")[2]


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.parametrize("path", [*PUBLIC, FORM])
def test_every_public_page_answers(client: Client, pair: Any, path: str):
    page = text_of(client, path)
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert f'lang="{"uk" if path.startswith("/uk/") else "en"}" dir="ltr"' in page


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_is_a_file_that_anyone_may_be_given(client: Client, pair: Any, path: str):
    response = client.get(path)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.parametrize("path", [*PUBLIC, FORM])
def test_no_page_carries_a_script_or_a_style_in_itself(client: Client, pair: Any, path: str):
    page = text_of(client, path)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|nonce|javascript:", page)
    assert not re.search(r'<script(?!(?: type="module")? src="| type="application/ld\+json">)', page)  # data is not run
    assert not re.search(r'<(?:script|img|iframe|source|video|audio)[^>]*src="(?:https?:)?//', page)
    assert not re.search(r'<link[^>]*rel="(?:stylesheet|icon|preload|preconnect)"[^>]*href="(?:https?:)?//', page)


# --- What an article's page shows ---


def test_moments_are_told_to_the_second(client: Client):
    """HTML takes no more than three digits of a fraction."""
    article = cast.published(slug="boats", at=NOON + timedelta(microseconds=730_260))
    pages = [client.get(path).content.decode() for path in ("/", article.get_absolute_url())]
    moments = [moment for page in pages for moment in re.findall(r'datetime="([^"]+)"', page)]
    assert set(moments) >= {"2026-03-02T12:00:00+00:00"}
    assert not [moment for moment in moments if "." in moment]


def test_an_article_shows_every_element_in_order(client: Client, pair: dict[str, Article]):
    cast.published("Another story", slug="another", original=cast.original())
    page = text_of(client, "/articles/lock-keeper/")
    order = [
        'class="wordmark"',
        'class="sections"',
        'class="kicker"',
        'p-name">The lock keeper',
        "Translated by:",
        "dt-published",
        "Der Schleusenwärter",
        "Jannes Witthöft",
        'href="https://die-schleuse.example"',
        "German",
        "Read this in:",
        'p-summary">He counts every boat',
        'e-content" data-revision="1"><p>The lock keeper counts boats.',
        'class="credits-end"',
        'class="appeal"',
        'class="suggest"',
        "/articles/lock-keeper/report/",
        'class="share"',
        "https://t.me/share/",
        'class="topics"',
        'class="ad-notice"',
        'class="related"',
        "Another story",
        'class="footer"',
        'class="funders"',
        "© Ferry Press, 2019–",
        "at most 500 characters",
        "/reuse/",
    ]
    place = 0
    for words in order:
        place = page.find(words, place)
        assert place != -1, f"{words} is missing, or stands too early"


def test_the_text_element_holds_the_body_and_nothing_else(client: Client, pair: Any):
    page = text_of(client, "/articles/lock-keeper/")
    assert page.count("e-content") == 1
    inside = page.split('e-content" data-revision="1">')[1].split("</div>\n")[0]
    assert inside.startswith("<p>The lock keeper counts boats.")
    assert inside.endswith("</ol>")


def test_a_retracted_article_says_so_above_its_text(client: Client, pair: dict[str, Article]):
    actions.retract(pair["en"], notice="Its author made him up.", by=None, at=LATER)
    page = body_of(client, "/articles/lock-keeper/")
    assert (
        page.index("This article has been retracted.") < page.index("Its author made him up.") < page.index("e-content")
    )
    assert "Retracted" in text_of(client, "/")


def test_a_notice_stands_where_the_editor_put_it(client: Client, pair: dict[str, Article]):
    article = pair["en"]
    article.body = article.body.replace("1998", "1997")
    actions.save_draft(article, by=None, at=LATER)
    change = actions.Change(Revision.KindOfChange.CORRECTION, "He began in 1997.", Revision.NoticePlace.FOOT)
    actions.amend(article, change=change, by=None, at=LATER)
    page = body_of(client, "/articles/lock-keeper/")
    assert page.index("e-content") < page.index("He began in 1997.") < page.index('class="credits-end"')
    assert "dt-updated" in page


def test_wordings_are_hidden_when_editors_hide_them(client: Client, pair: Any):
    Block.objects.update(is_shown=False)
    page = text_of(client, "/articles/lock-keeper/")
    for name in ("appeal", "suggest", "ad-notice", "follow"):
        assert f'class="{name}"' not in page
    assert "notice.js" not in page


# --- Only what is public ---


@pytest.mark.parametrize("state", ["draft", "scheduled", "taken down"])
def test_what_is_not_public_is_on_no_page(client: Client, pair: dict[str, Article], state: str):
    hidden = cast.draft("A secret title", slug="secret", standfirst="A secret standfirst.", topics=[cast.topic()])
    status = 404
    if state == "scheduled":
        actions.schedule(hidden, by=None, goes_live_at=timezone.now() + timedelta(days=2), at=timezone.now())
    if state == "taken down":
        actions.publish(hidden, by=None, at=NOON)
        actions.take_down(hidden, reason="It endangers somebody.", by=None, at=LATER)
        status = 410
    page = text_of(client, "/articles/secret/", status)
    assert ("It endangers somebody." in page) is (state == "taken down")
    for path in [*PUBLIC, "/feed/", "/feed/rss/", "/feed/json/", "/sections/society/feed/", "/articles/secret/"]:
        assert "secret " not in client.get(path).content.decode()


def test_a_scheduled_change_stays_unseen(client: Client, pair: dict[str, Article]):
    article, at = pair["en"], timezone.now()
    article.title = "A title to come"
    actions.save_draft(article, by=None, at=at)
    change = actions.Change(Revision.KindOfChange.UPDATE)
    actions.schedule(article, by=None, goes_live_at=at + timedelta(hours=2), at=at, change=change)
    for path in PUBLIC:
        assert "A title to come" not in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/nothing/", "/uk/nothing/", "/articles/nothing/", "/?before=x", "/?before=-1"])
def test_an_unknown_address_gets_a_sentence_in_its_language(client: Client, outlet: None, path: str):
    page = text_of(client, path, 404)
    is_ukrainian = path.startswith("/uk/")
    assert ("Такої сторінки немає" if is_ukrainian else "There is no such page") in page
    assert f'href="{"/uk/" if is_ukrainian else "/"}" rel="home"' in page


# --- Queries ---


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_an_article_takes_three_queries(client: Client, pair: Any):
    assert queries(client, "/articles/lock-keeper/") <= 3


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_takes_as_many_queries_with_many_articles(client: Client, pair: dict[str, Article], path: str):
    before = queries(client, path)
    for number in range(8):
        person = cast.contributor(f"Person {number}")
        for code in ("en", "uk"):
            cast.published(f"Story {number}", edition=code, translator=person, topics=[cast.topic(code)], at=LATER)
        Page.objects.create(edition_id="en", slug=f"page-{number}", title=f"Page {number}", position=number)
    assert queries(client, path) == before


# --- Lists ---


def test_older_stories_follow_on_from_page_to_page(client: Client, outlet: None):
    for number in range(60):
        cast.published(f"Story {number:02}", slug=f"story-{number}", at=NOON + timedelta(hours=number))
    seen: list[str] = []
    path: str | None = "/"
    pages = 0
    while path:
        page = text_of(client, path)
        seen += re.findall(r'class="u-url" href="/articles/(story-\d+)/"', page)
        canonical = html.unescape(re.findall(r'rel="canonical" href="([^"]+)"', page)[0])
        assert canonical.endswith(path)
        found = re.search(r'href="(\?before=\d+)"', page)
        path = f"/{found[1]}" if found else None
        pages += 1
    assert seen == [f"story-{number}" for number in reversed(range(60))]
    assert pages == 3


def test_lists_show_no_more_than_the_limit_of_an_article(client: Client, outlet: None):
    ReusePolicy.objects.filter(is_default=True).update(limit=60)
    cast.published(standfirst="word " * 100)
    page = text_of(client, "/")
    teaser = re.findall(r'p-summary">([^<]*)', page)[0]
    assert len(teaser) <= 60
    assert teaser.endswith("…")


def test_a_person_is_shown_with_name_and_roles(client: Client, outlet: None):
    person = cast.contributor("Ruth Calder", uk_name="Рут Колдер", bio="Reads rivers.")
    cast.published(translator=person, edition="uk")
    page = text_of(client, "/uk/people/ruth-calder/")
    assert "Рут Колдер" in page
    assert "Ruth Calder" not in page
    assert 'p-role">Переклад<' in page
    assert "Reads rivers." in page


# --- Languages ---


def alternates(page: str) -> dict[str, str]:
    return dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page))


@pytest.mark.parametrize(
    ("english", "ukrainian"),
    [
        ("/", "/uk/"),
        ("/articles/lock-keeper/", "/uk/articles/dohliadach/"),
        ("/sections/society/", "/uk/sections/society/"),
        ("/topics/rivers/", "/uk/topics/rivers/"),
        ("/translators/", "/uk/translators/"),
        ("/people/ruth-calder/", "/uk/people/ruth-calder/"),
        ("/about/", "/uk/about/"),
        ("/reuse/", "/uk/reuse/"),
    ],
)
def test_editions_name_each_other(client: Client, pair: Any, english: str, ukrainian: str, settings: Any):
    expected = {
        "en": settings.SITE_URL + english,
        "uk": settings.SITE_URL + ukrainian,
        "x-default": settings.SITE_URL + english,
    }
    for path, other in ((english, ukrainian), (ukrainian, english)):
        page = text_of(client, path)
        assert alternates(page) == expected
        assert f'rel="canonical" href="{settings.SITE_URL}{path}"' in page
        assert re.search(rf'<nav class="languages".*?href="{other}"', page, re.DOTALL)


def test_a_page_of_one_edition_leads_to_the_home_page_of_the_other(client: Client, outlet: None):
    cast.published(slug="alone")
    page = text_of(client, "/articles/alone/")
    assert alternates(page) == {}
    assert "Read this in" not in page
    assert re.search(r'<nav class="languages".*?href="/uk/"', page, re.DOTALL)


# --- Addresses of people ---


def decoded(page: str) -> list[str]:
    """The page, and what a program that collects addresses could make of it without trouble."""
    words = re.findall(r"[\w+/=-]{8,}", page)
    plain = [page, html.unescape(page), codecs.encode(page, "rot13"), page[::-1], re.sub(r"<[^>]*>", "", page)]
    for word in words:
        for decode in (base64.b64decode, bytes.fromhex):
            try:
                plain.append(decode(word).decode("latin1"))
            except ValueError:
                continue
    return plain


@pytest.mark.parametrize("path", [*PUBLIC, FORM])
def test_harvesters_find_no_address(client: Client, pair: Any, path: str):
    for version in decoded(text_of(client, path)):
        assert not re.search(r"@the-ferry|%40the-ferry|mailto:[^?\"]", version)
        assert not re.search(r"\w+\s*[\[({]?(?:@|\bat\b)[\])}]?\s*the-ferry\s*[\[({]?(?:\.|\bdot\b)", version)


def test_people_read_the_address_in_words(client: Client, pair: Any):
    page = text_of(client, "/articles/lock-keeper/")
    words = re.sub(r"<[^>]*>", "", re.findall(r"data-address.*?</span>", page)[0].partition(">")[2])
    assert words == "corrections, at, the-ferry, dot, example"
    about = re.sub(r"<[^>]*>", "", text_of(client, "/about/"))
    assert "Ask Ruth (letters, at, the-ferry, dot, example) or corrections, at, the-ferry, dot, example." in about
    ukrainian = re.sub(r"<[^>]*>", "", text_of(client, "/uk/reuse/"))
    assert "permissions, равлик, the-ferry, крапка, example" in ukrainian


# --- Writing to us ---


def test_a_letter_that_needs_another_look_keeps_what_was_typed(client: Client, outlet: None):
    typed = {"to": "corrections", "email": "not an address", "text": "The year is wrong.", "about": "The lock keeper"}
    response = client.post(FORM, typed)
    assert response.status_code == 422
    page = response.content.decode()
    for words in typed.values():
        assert words in page
    assert 'aria-invalid="true"' in page
    for described in re.findall(r'aria-describedby="([^"]+)"', page):
        for name in described.split():
            assert f'id="{name}"' in page


def test_a_letter_from_the_ukrainian_page_is_answered_there(client: Client, outlet: None):
    typed = {"to": "newsroom", "email": "reader@example.org", "text": "Дякую.", "key": str(uuid.uuid4())}
    response = client.post("/uk/contact/write/", typed)
    assert response["Location"] == "/uk/contact/written/"
    assert "Ваш лист надійшов" in text_of(client, "/uk/contact/written/")


def test_a_form_refused_for_its_token_gives_back_what_was_typed(outlet: None):
    client = Client(enforce_csrf_checks=True)
    response = client.post(FORM, {"text": "An hour of work.", "password": "open sesame"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "An hour of work." in page
    assert "<form" not in page  # whoever lured somebody here would need one click more
    assert "open sesame" not in page


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/accounts/logout/"]
)
def test_the_door_for_the_newsroom_is_of_this_house(client: Client, outlet: None, path: str):
    response = client.get(path, follow=True)
    assert response.status_code == 200
    page = response.content.decode()
    assert 'class="wordmark"' in page
    assert not re.search(r"<style|\sstyle=", page)


def test_an_edition_without_words_still_has_its_pages(client: Client):
    assert Edition.objects.count() == 2
    text_of(client, "/")
    text_of(client, "/translators/")
    text_of(client, "/reuse/")
