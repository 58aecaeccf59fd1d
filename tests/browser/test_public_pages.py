"""The public pages in a real browser: readable by everyone, at every width, with and without JavaScript."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, Response, expect

from articles import actions
from articles.models import Revision
from demo.build import build
from demo.pictures import outdoors, rooms, things
from tests import cast
from tests.browser.conftest import page_at
from tests.browser.test_admin_accessibility import COLOURS, EVERYTHING
from tests.cast import NOON
from tests.database_states import DatabaseState

_demonstration: DatabaseState | None = None
PHONE, DESK, NARROWEST = (375, 812), (1440, 900), (320, 640)
LOOKS: list[tuple[tuple[int, int], Literal["light", "dark"]]] = [
    (PHONE, "light"),
    (PHONE, "dark"),
    (DESK, "light"),
    (DESK, "dark"),
    (NARROWEST, "light"),
]
ARTICLE = "/articles/archive-of-doors/"
PAGES = [
    "/",
    "/?before=1000000",
    "/sections/environment/",
    "/topics/archives/",
    ARTICLE,
    "/articles/salt-marsh/",
    "/articles/night-school/",
    "/articles/the-last-lift-operator/",
    "/articles/well-diggers/",
    "/people/ruth-calder/",
    "/translators/",
    "/about/",
    "/reuse/",
    "/contact/write/",
    "/contact/written/",
    "/articles/salt-marsh/report/",
    "/no-such-page/",
    "/uk/",
    "/uk/articles/arkhiv-dverei/",
    "/uk/reuse/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/signup/",
]


@pytest.fixture
def site(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The demonstration, served: built for the first test that asks for it, and for the others put back as it was."""
    global _demonstration
    if _demonstration:
        _demonstration.put_back()
    else:
        for place, scene in _scenes():
            monkeypatch.setattr(place, scene, lambda: Image.new("RGB", (1200, 800), "slategray"))
        build(timezone.now())
        _demonstration = DatabaseState.as_it_is()
    return str(live_server.url)


def _scenes() -> Iterator[tuple[Any, str]]:
    """What draws the pictures. A page with plain ones of the same size looks the same to these tests, and is made sooner."""
    for place in (outdoors, rooms, things):
        for name, drawn in vars(place).items():
            if callable(drawn) and not name.startswith("_") and drawn.__module__ == place.__name__:
                yield place, name


@pytest.fixture
def page(browser: Browser, site: str) -> Any:
    with page_at(browser, site) as page:
        yield page


def test_every_page_is_accessible_and_fits(browser: Browser, site: str):
    """No violation of axe's rules, nothing wider than the window, no request to anybody else, no cookie."""
    wrong, asked = [], set()
    for size, scheme in LOOKS:
        context = browser.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.on("request", lambda request: asked.add(request.url))
        for path in PAGES:
            page.goto(path)
            here = f"{path} at {size[0]} in the {scheme}"
            if (overflow := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                wrong.append(f"{here}: {overflow} pixels too wide")
            if size != NARROWEST:
                rules = COLOURS if scheme == "dark" else EVERYTHING  # the others do not depend on it
                found = Axe().run(page, options=rules).response["violations"]
                wrong += [f"{here}: {violation(one)}" for one in found]
        assert {cookie["name"] for cookie in context.cookies()} <= {"newsroom_csrf"}  # of the forms
        context.close()
    assert not wrong
    assert [url for url in asked if not url.startswith(site)] == []


def test_nothing_that_editors_write_widens_a_phone(browser: Browser, live_server: Any):
    """A word as long as a line of poetry, in every place that takes words."""
    long = "Непротиінтернаціоналізаційність" * 6
    person = cast.contributor("Ruth Calder", uk_name="", bio=long)
    section, topic = cast.section(), cast.topic()
    section.name = topic.name = section.description = long[:60]
    section.save()
    topic.save()
    original = cast.original(title=long, author=long)
    article = cast.published(long[:200], slug="long", standfirst=long, translator=person, original=original)
    change = actions.Change(Revision.KindOfChange.EDITORS_NOTE, long, Revision.NoticePlace.TOP)
    actions.amend(article, change=change, by=None, at=NOON + timedelta(days=1))
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in (
        "/",
        "/sections/society/",
        "/topics/rivers/",
        "/articles/long/",
        "/people/ruth-calder/",
        "/translators/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    context.close()


def violation(found: dict[str, Any]) -> str:
    return f"{found['id']}: {[node['html'][:120] for node in found['nodes'][:3]]}"


def test_a_form_with_mistakes_is_accessible(browser: Browser, site: str):
    page = browser.new_page(base_url=site)  # not `page`: the answer 422 stands as an error in the console
    page.goto("/contact/write/")
    page.get_by_label("Your e-mail address").fill("nobody")
    page.get_by_role("button", name="Send the letter").click()
    expect(page.get_by_role("alert")).to_contain_text("2 things need another look")
    expect(page.get_by_label("Your e-mail address")).to_have_value("nobody")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("alert").get_by_role("link", name="Your letter").click()
    expect(page.get_by_label("Your letter")).to_be_focused()
    page.close()


def test_a_reader_with_a_keyboard_reaches_the_text(page: Page):
    page.goto(ARTICLE)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_note_leads_there_and_back(page: Page):
    page.goto(ARTICLE)
    page.get_by_role("link", name="Note 1", exact=True).click()
    expect(page.locator("#note-1")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the text, note 1").click()
    expect(page.locator("#ref-1")).to_be_in_viewport()


def test_without_javascript_everything_is_there_to_read(browser: Browser, site: str):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(ARTICLE)
    expect(page.locator(".suggest")).to_contain_text("corrections, at, the-ferry, dot, example")
    expect(page.locator(".share a")).to_have_count(5)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator(".ad-notice")).to_be_visible()
    expect(page.get_by_role("link", name="Report a mistake")).to_be_visible()
    context.close()


def test_with_javascript_an_address_is_a_link(page: Page):
    page.goto(ARTICLE)
    link = page.locator(".suggest").get_by_role("link", name="corrections@the-ferry.example")
    expect(link).to_have_attribute("href", "mailto:corrections@the-ferry.example")


def test_the_notice_about_ad_blockers_goes_when_it_is_sent_away(page: Page):
    page.goto(ARTICLE)
    page.get_by_role("button", name="Do not show this again").click()
    expect(page.locator(".ad-notice")).to_be_hidden()
    page.goto("/articles/salt-marsh/")
    expect(page.locator(".article")).to_be_visible()
    expect(page.locator(".ad-notice")).to_be_hidden()


def test_a_link_is_copied(browser: Browser, site: str, settings: Any):
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(ARTICLE)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == settings.SITE_URL + ARTICLE
    context.close()


def test_a_printed_article_says_where_it_is_from_and_what_may_be_done(page: Page):
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    expect(page.locator(".colophon .printed")).to_have_text(re.compile(f"^http.*{ARTICLE}$"))
    expect(page.locator(".reuse .printed")).to_have_text(re.compile("^http.*/reuse/$"))
    expect(page.locator(".printed")).to_have_count(2)
    for place in page.locator(".printed").all():
        expect(place).to_be_visible()
    expect(page.locator(".reuse .rule")).to_be_visible()
    expect(page.locator(".after")).to_be_hidden()
    expect(page.locator(".sections")).to_be_hidden()


def test_an_article_weighs_little(browser: Browser, site: str):
    """HTML, styles and scripts of an English article of 900 words, compressed."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/articles/salt-marsh/", wait_until="networkidle")
    weight = sum(len(gzip.compress(answer.body())) for answer in answers if not answer.url.endswith(".svg"))
    context.close()
    assert weight <= 25_000
