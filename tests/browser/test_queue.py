"""The queue of reports in a real browser: by keyboard alone, without JavaScript, on a phone; and by axe-core."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from articles.anchors import State
from articles.models import Article
from corrections.models import Message, Report
from tests import cast
from tests.browser.test_admin_accessibility import violations
from tests.browser.test_walk import sign_in
from tests.corrections.readers import report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = "/admin/corrections/report/"


@pytest.fixture
def article(db: Any) -> Article:
    cast.editor()
    return cast.published(at=timezone.now() - timedelta(days=1))


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def press_until(page: Page, name: str) -> None:
    """Tab on to the button of this name, and press it."""
    for _tab in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to {name} by Tab")


def test_the_whole_loop_by_keyboard_alone(page: Page, article: Article):
    boats = report(article, "boats", "ships", email="ada@mail.example")
    year = report(article)
    barges = report(article, "Nobody", "No one")
    register = report(article, "register", "", comment="Which one?")
    sign_in(page, "edith")
    page.goto(QUEUE)

    page.keyboard.press("j")
    assert focused(page) == f"report-{boats.pk}"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Applied, and public.")
    expect(page.locator(f"#report-{year.pk}")).to_be_focused()
    page.keyboard.press("u")
    expect(page.get_by_text("Undone: the words from before stand again")).to_be_visible()
    expect(page.locator(f"#report-{boats.pk}")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(f"#report-{year.pk}")).to_be_focused()

    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Apply with a notice")).to_be_visible()
    expect(page.get_by_label("Notice", exact=False).first).to_have_value(re.compile("“1998”; it is “1989”"))
    expect(page.locator("#id_notice")).to_be_focused()
    while focused(page) != "id_words":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("1987")
    expect(page.locator("#id_notice")).to_have_value("An earlier version of this article said “1998”; it is “1987”.")
    press_until(page, "Apply")
    expect(page.locator(f"#report-{barges.pk}")).to_be_focused()
    live = cast.live(article)
    assert "since 1987" in live.text
    assert "ships" in live.text
    assert live.notice == "An earlier version of this article said “1998”; it is “1987”."

    page.keyboard.press("d")
    expect(page.get_by_label("It is right as it stands")).to_be_focused()
    for _answer in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#id_answer")).to_have_value(re.compile("Both are possible here"))
    press_until(page, "Decline")
    expect(page.locator(f"#report-{register.pk}")).to_be_focused()

    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Edit, then apply")).to_be_visible()
    expect(page.locator("#id_words")).to_be_focused()
    press_until(page, "Back")
    expect(page.locator(f"#report-{register.pk}")).to_be_visible()
    page.locator(f"#report-{register.pk}").focus()
    page.keyboard.press("?")
    expect(page.get_by_label("Question")).to_be_focused()
    page.keyboard.type("Why do you ask?")
    press_until(page, "Ask")
    expect(page.get_by_text("edith asked:")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_text("Put away as spam.")).to_be_visible()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    states = dict(Report.objects.values_list("pk", "status"))
    assert states == {boats.pk: "applied", year.pk: "applied", barges.pk: "declined", register.pk: "spam"}


def test_keys_are_letters_in_a_field_and_can_be_turned_off(page: Page, article: Article):
    one = report(article)
    sign_in(page, "edith")
    page.goto(QUEUE)
    page.keyboard.press("j")
    expect(page.locator(f"#report-{one.pk}")).to_be_focused()
    page.keyboard.press("Control+a")
    page.locator("summary", has_text="Keys").click()
    page.get_by_label("Single keys work on this page").uncheck()
    page.locator(f"#report-{one.pk}").focus()
    page.keyboard.press("a")
    page.reload()
    page.locator(f"#report-{one.pk}").focus()
    page.keyboard.press("a")
    expect(page.locator(f"#report-{one.pk}")).to_be_visible()
    assert Report.objects.get().status == "open"


def test_everything_works_without_javascript(browser: Browser, live_server: Any, article: Article):
    moved = report(article, place=State.MOVED)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "edith")
    page.goto(QUEUE)
    page.get_by_role("link", name="Confirm the place…").click()
    page.get_by_role("button", name="These words").click()
    page.get_by_role("link", name="Apply with a notice…").click()
    expect(page.locator("#id_notice")).to_have_value(re.compile("it is “1989”"))
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status")).to_contain_text("Applied, and public.")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Apply", exact=True).click()
    page.get_by_role("link", name="Decided").click()
    expect(page.get_by_text("corrected", exact=True)).to_be_visible()
    assert Report.objects.get(pk=moved.pk).status == "applied"
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_no_violation_in_the_queue_and_nothing_to_scroll_sideways_for(
    page: Page, article: Article, scheme: Any, width: int
):
    one = report(article, comment="Says the register.", name="Ada", may_be_thanked=True, kind="fact")
    report(article)
    moved = report(article, "boats", "ships", place=State.MOVED)
    report(article, "Barges", "", comment="Which?")
    report(article, "Nobody", "No one", place=State.FIXED)
    report(article, "", "", comment="All of it is too long, and one word here is " + "very" * 40)
    Message.objects.create(report=one, is_from_reader=True, text="Yes.", written_at=timezone.now())
    cast.chief()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, "clara")
    here = [f"{QUEUE}{one.pk}/{name}/" for name in ("wording", "decline", "ask", "change")]
    paths = [
        *(QUEUE, f"{QUEUE}?state=held", f"{QUEUE}{moved.pk}/place/", f"{QUEUE}figures/", *here),
        *("/admin/newsroom/mailtext/", "/admin/newsroom/mailtext/corrections.received/en/", "/admin/"),
    ]
    troubles: dict[str, Any] = {}
    for path in paths:
        page.goto(path)
        if found := violations(page):
            troubles[path] = found
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            troubles[f"{path} is too wide"] = True
    page.goto(QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.goto(f"{QUEUE}?state=decided")
    assert violations(page) == []
    assert troubles == {}
