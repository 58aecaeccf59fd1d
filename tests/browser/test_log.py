"""What readers see of corrections, in a real browser: marks and notices, the history, the log; also at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from articles import actions
from corrections.actions import redact
from corrections.models import Correction
from tests import cast
from tests.browser.test_public_pages import DESK, LOOKS, NARROWEST, violation
from tests.browser.test_walk import sign_in
from tests.corrections.changes import LATER, Kind, change, pair, typo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Непротиінтернаціоналізаційність" * 4


@pytest.fixture
def corrected(live_server: Any) -> Correction:
    """An article with every kind of event in its history, and the same text in the other edition."""
    english, ukrainian = pair()
    actions.publish(ukrainian, by=None, at=LATER)
    first = change(english, notice=f"An earlier version said 1998. It was in 1989. {LONG}")
    change(english, "register of 2014", "register of 2015", kind=Kind.CLARIFICATION, notice="It was 2015.", place="top")
    typo(english, at=LATER + timedelta(hours=1))
    typo(english, "boats", LONG, at=LATER + timedelta(hours=2))
    redact(english, words="1998", reason="A year was removed.", by=None, at=LATER + timedelta(hours=3))
    Correction.objects.filter(pk=first.pk).update(thanked=["Ann", LONG])
    first.refresh_from_db()
    return first


def test_every_page_is_accessible_and_fits(browser: Browser, corrected: Correction, live_server: Any):
    wrong = []
    for size, scheme in LOOKS:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        page = context.new_page()
        for path in (
            "/articles/boats/",
            "/articles/boats/history/",
            "/articles/boats/history/?v=1",
            "/corrections/",
            "/corrections/?typos=on",
            corrected.get_absolute_url(),
            "/uk/corrections/",
        ):
            page.goto(path)
            for summary in page.locator("summary").all():
                summary.click()
            here = f"{path} at {size[0]} in the {scheme}"
            if (overflow := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                wrong.append(f"{here}: {overflow} pixels too wide")
            if size != NARROWEST:
                wrong += [f"{here}: {violation(found)}" for found in Axe().run(page).response["violations"]]
        context.close()
    assert not wrong


def test_a_reader_goes_from_the_mark_to_the_notice_and_back(page: Page, corrected: Correction):
    page.goto("/articles/boats/")
    page.set_viewport_size({"width": 375, "height": 500})
    number = Correction.objects.get(revision__number=3).pk
    page.get_by_role("link", name="Clarification, 3 March 2026").click()
    notice = page.locator(f"#correction-{number}")
    expect(notice).to_be_in_viewport()
    notice.get_by_role("link", name="To the corrected sentence").click()
    expect(page.get_by_text("the register of 2015.")).to_be_in_viewport()
    notice.get_by_role("link", name=f"No. {number}").click()
    expect(page.get_by_role("heading", name="Clarification", level=1)).to_be_visible()
    page.get_by_role("link", name="To the corrected sentence").click()
    expect(page).to_have_url(f"/articles/boats/#corrected-{number}")


def test_the_history_is_read_without_javascript(browser: Browser, corrected: Correction, live_server: Any):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/articles/boats/")
    page.get_by_role("link", name="See what changed").click()
    expect(page.get_by_role("deletion").filter(has_text="2014")).to_be_visible()
    expect(page.get_by_role("insertion").filter(has_text="2015")).to_be_visible()
    hidden = page.get_by_role("deletion").filter(has_text="Nobody")
    expect(hidden).to_be_hidden()
    page.get_by_text("Show the typo").last.click()
    expect(hidden).to_be_visible()
    page.locator("#version-2").get_by_role("link", name="What has changed since").click()
    expect(page.get_by_role("heading", name="What has changed since version 2")).to_be_visible()
    page.goto("/corrections/")
    page.get_by_label("Kind").select_option("Clarification")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".entry")).to_have_count(1)
    context.close()


def test_an_editor_sees_to_a_correction_by_keyboard(page: Page, corrected: Correction):
    cast.editor()
    sign_in(page, "edith")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    waiting = page.get_by_role("region", name="Corrected in another edition")
    expect(waiting.get_by_role("listitem")).to_have_count(2)
    assert Axe().run(page).response["violations"] == []
    waiting.get_by_role("button", name="Seen to").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Noted: it was seen to.")).to_be_visible()
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    waiting.get_by_role("link", name="Доглядач шлюзу").click()
    expect(page.get_by_role("region", name="Corrected in another edition").get_by_role("listitem")).to_have_count(1)


def test_a_chief_removes_words_after_seeing_where_they_stand(page: Page, corrected: Correction):
    cast.chief()
    sign_in(page, "clara")
    page.goto(f"/admin/articles/article/{corrected.article_id}/versions/")
    page.get_by_role("link", name="Remove words from the history…").click()
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Words that are to go").fill("register of 2014")
    page.get_by_label("Reason told to readers").fill("It was never public.")
    page.get_by_role("button", name="Look where they stand").click()
    expect(page.get_by_text("Nothing is removed yet.")).to_be_visible()
    page.get_by_role("button", name="Remove them for good").click()
    expect(page.get_by_text("for good.")).to_be_visible()
    page.goto("/articles/boats/history/")
    expect(page.get_by_text("It was never public.")).to_be_visible()
    assert "2014" not in page.content()
