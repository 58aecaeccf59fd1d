"""An edition in a language that is written from right to left, and that the interface does not speak."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import clear_url_caches
from playwright.sync_api import Browser, expect

from articles import actions
from articles.models import Article
from newsroom import installation, urls
from newsroom.models import Edition, Page
from tests import cast
from tests.browser.conftest import page_at

TITLE = "حارس القناة يحصي القوارب"
BODY = (
    '<p>يحصي حارس القناة القوارب كل يوم.<sup data-footnote=""></sup></p>'
    '<blockquote lang="en"><p>Nobody asked me to stop (ever).</p></blockquote>'
    "<ul><li>القوارب الكبيرة</li></ul><table><tbody><tr><th>السنة</th><td>1998</td></tr></tbody></table>"
    '<ol data-footnotes=""><li><p>الزوارق والقوارب.</p></li></ol>'
)
PAGES = [
    "/ar/",
    "/ar/articles/boats/",
    "/ar/sections/society/",
    "/ar/topics/rivers/",
    "/ar/people/ruth-calder/",
    "/ar/translators/",
    "/ar/about/",
    "/ar/reuse/",
    "/ar/contact/write/",
    "/ar/contact/written/",
]


def _urls_anew() -> None:
    importlib.reload(urls)
    clear_url_caches()


@pytest.fixture
def arabic(settings: Any, db: None) -> Iterator[Article]:
    """The outlet with a third edition, and a retracted article in it."""
    editions = settings.EDITIONS
    settings.EDITIONS = [*editions, "ar"]
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربيّة")]
    _urls_anew()
    installation.lay_foundations()
    Edition.objects.filter(code="ar").update(name="العبّارة", tagline="صحافة مترجمة")
    article = cast.published(TITLE, edition="ar", slug="boats", body=BODY, standfirst="ولا أحد يقرأ أرقامه.")
    cast.published(f"{TITLE} 2", edition="ar")
    actions.retract(article, notice="اختلقه الكاتب.", by=None, at=cast.NOON)
    Page.objects.create(
        edition_id="ar", slug="about", title="من نحن", body="<p>نترجم ما يُكتب في القرى.</p>", position=1
    )
    yield article
    settings.EDITIONS = editions
    _urls_anew()


def test_every_page_of_it_says_how_it_is_written(client: Client, arabic: Article):
    for path in [*PAGES, "/ar/search/?q=القوارب"]:
        response = client.get(path)
        assert response.status_code == 200, path
        assert '<html lang="ar" dir="rtl">' in response.content.decode(), path
        assert response["Content-Language"] == "ar"
    missing = client.get("/ar/none/")
    assert (missing.status_code, 'dir="rtl"' in missing.content.decode()) == (404, True)
    assert client.get("/ar/feed/").status_code == 200
    assert "/ar/articles/boats/" in client.get(f"/sitemap-articles-{arabic.pk // 5_000 + 1}.xml").content.decode()


def test_it_is_the_mirror_of_the_others_and_as_accessible(browser: Browser, live_server: Any, arabic: Article):
    with page_at(browser, live_server.url) as page:
        wrong = []
        for width in (320, 375, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            for path in PAGES:
                page.goto(path)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    wrong.append(f"{path} is wider than {width}")
                if width == 375:
                    wrong += [f"{path}: {found['id']}" for found in Axe().run(page).response["violations"]]
        assert not wrong
        page.goto("/ar/articles/boats/")

        def box(selector: str) -> Any:
            found = page.locator(selector).first.bounding_box()
            assert found, selector
            return found

        assert box(".wordmark a")["x"] > box(".languages")["x"] + box(".languages")["width"]
        assert box(".colophon")["x"] > box(".text")["x"] + box(".text")["width"]
        quotation, text = box(".text blockquote p"), box(".text > p")
        assert quotation["x"] + quotation["width"] < text["x"] + text["width"]  # its bar stands at the right
        expect(page.locator(".text blockquote p")).to_have_css("unicode-bidi", "plaintext")
        expect(page.locator(".standfirst")).to_have_css(
            "font-style", "normal"
        )  # no slant, no gaps between joined letters
        expect(page.locator(".article-title")).to_have_css("letter-spacing", "normal")


def test_a_page_from_left_to_right_is_as_before(browser: Browser, live_server: Any, arabic: Article):
    cast.published(slug="boats")
    with page_at(browser, live_server.url) as page:
        page.set_viewport_size({"width": 1440, "height": 800})
        page.goto("/articles/boats/")
        colophon, text = page.locator(".colophon").bounding_box(), page.locator(".text").bounding_box()
        assert colophon
        assert text
        assert colophon["x"] + colophon["width"] < text["x"]
        expect(page.locator(".standfirst")).to_have_css("font-style", "italic")


def test_structured_data_is_no_script_for_the_browser(browser: Browser, live_server: Any, db: None):
    """The page's policy forbids scripts in it; a data block is none, so nothing is reported."""
    cast.published("</script><script>document.title='run'</script>", slug="boats")
    with page_at(browser, live_server.url) as page:  # fails on anything in the console
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => { window.broken = e.violatedDirective })"
        )
        for path in ("/articles/boats/", "/", "/people/ruth-calder/"):
            page.goto(path)
            assert page.locator('script[type="application/ld+json"]').count() >= 1
            assert page.evaluate("window.broken") is None
            assert page.title() != "run"
            text = page.locator('script[type="application/ld+json"]').first.text_content()
            assert page.evaluate("text => JSON.parse(text)['@context']", text) == "https://schema.org"
