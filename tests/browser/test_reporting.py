"""A reader reports a mistake in a real browser: with keys, with a finger, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from articles.models import Article
from corrections.models import Message, Report
from newsroom import limits, proof_of_work, stamps
from newsroom.html import clean
from tests import cast
from tests.corrections.test_reporting import change

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = (
    '<p>The lock keeper counts bots.<sup data-footnote=""></sup> He has <em>counted since</em> 1998, and nobody asked him to.</p>'
    "<p>A boat came. A boat went. Nobody wrote it down but he, and his book is long.</p>"
    f"<p>{'Long words follow each other here. ' * 80}</p>"
    "<p>Київ: п’ятеро воріт 🚣 стоять.</p>"
    '<ol data-footnotes=""><li><p>Barges and canoes alike.</p></li></ol>'
)
ARTICLE = "/articles/lock/"
SELECT = """([words, count]) => {
    const walker = document.createTreeWalker(document.querySelector(".e-content"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.data.indexOf(words);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + (count || words.length));
        node.parentElement.scrollIntoView({ block: "center" });
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return;
    }
    throw new Error("These words do not stand there.");
}"""


@pytest.fixture(autouse=True)
def _article(live_server: Any) -> None:
    cast.published(slug="lock", body=BODY)


@pytest.fixture(autouse=True)
def _quick_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests fill in a form faster than people."""
    monkeypatch.setattr(stamps, "YOUNGEST", timedelta())


def select(page: Page, words: str, count: int = 0) -> None:
    page.evaluate(SELECT, [words, count])


def reported(page: Page) -> Report:
    """Once the dialog thanks, the report is kept."""
    thanks = page.get_by_role("heading", name="Thank you. We have it.")
    expect(thanks).to_be_focused()  # so it is read out
    expect(thanks).to_have_accessible_description(re.compile("An editor will look at it."))
    return Report.objects.get()


@contextmanager
def phone_at(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(
        base_url=url,
        viewport={"width": 375, "height": 700},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_words_are_selected_and_reported_by_keys_alone(page: Page):
    page.goto(ARTICLE)
    select(page, "bots", 2)
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog", name="Report a mistake")
    expect(dialog.locator(".report-quote")).to_have_text("The lock keeper counts bots.")
    expect(dialog.locator("mark")).to_have_text("bots")
    suggestion = dialog.get_by_label("How it should read")
    expect(suggestion).to_be_focused()
    expect(suggestion).to_have_value("bots")
    for key in ("Backspace", "Backspace", "Backspace"):
        page.keyboard.press(key)
    page.keyboard.type("oats")
    page.keyboard.press("Tab")
    page.keyboard.type("A typing mistake.")
    page.keyboard.press("Tab")
    page.keyboard.type("A typ")
    for _until in ("the answer", "send"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    kept = reported(page)
    assert (kept.quote, kept.suggestion, kept.comment, kept.kind) == ("bots", "boats", "A typing mistake.", "typo")
    assert (kept.start, kept.channel, kept.place) == (23, "dialog", "current")
    link = dialog.get_by_role("link", name="See what becomes of it")
    expect(link).to_have_attribute("href", kept.get_absolute_url())
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="Selected words")).to_be_hidden()


def test_the_status_page_says_what_became_of_it_and_takes_an_answer(page: Page):
    page.goto(ARTICLE)
    select(page, "1998")
    page.keyboard.press("Control+Enter")
    page.get_by_label("How it should read").fill("1989")
    page.keyboard.press("Control+Enter")
    kept = reported(page)
    Message.objects.create(report=kept, is_from_reader=False, text="Where did you read it?", written_at=timezone.now())
    page.get_by_role("link", name="See what becomes of it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An editor asks you something")
    page.get_by_label("Your answer").fill("In the register.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("In the register.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")
    assert Axe().run(page).response["violations"] == []


def test_on_a_phone_the_bar_reports_what_a_finger_selected(browser: Browser, live_server: Any):
    with phone_at(browser, live_server.url) as page:
        page.goto(ARTICLE)
        bar = page.get_by_role("region", name="Selected words")
        expect(bar).to_have_count(0)
        select(page, "п’ятеро", 3)
        expect(bar).to_be_in_viewport()
        assert page.evaluate("getSelection().toString()") == "п’я"  # the reader's own selection is left alone
        bar.get_by_role("button", name="Report a mistake").tap()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("mark")).to_have_text("п’ятеро")
        expect(bar).to_be_hidden()
        dialog.get_by_label("How it should read").fill("шестеро")
        dialog.get_by_role("button", name="Send the report").tap()
        kept = reported(page)
        assert (kept.quote, kept.suggestion) == ("п’ятеро", "шестеро")
        dialog.get_by_role("button", name="Close").last.tap()
        expect(dialog).to_be_hidden()


def test_the_bar_goes_with_the_selection_and_never_lies_on_it(browser: Browser, live_server: Any):
    with phone_at(browser, live_server.url) as page:
        page.goto(ARTICLE)
        bar = page.locator(".report-bar")
        page.locator(".appeal").scroll_into_view_if_needed()
        expect(page.locator(".appeal")).to_be_visible()
        select(page, "Nobody wrote")
        expect(bar).to_be_visible()
        expect(page.locator(".appeal")).to_have_css("visibility", "hidden")  # one thing at a time asks for attention
        assert bar.bounding_box()["y"] > 500  # type: ignore[index]
        page.evaluate("getSelection().removeAllRanges()")
        expect(bar).to_be_hidden()
        page.evaluate(
            "document.querySelector('.e-content em').parentElement.style.marginBlockStart = '60vh'; scrollTo(0, 0)"
        )
        select(page, "Nobody wrote")
        page.evaluate("document.querySelector('.e-content p:nth-of-type(2)').scrollIntoView({ block: 'end' })")
        select_without_scrolling = SELECT.replace('node.parentElement.scrollIntoView({ block: "center" });', "")
        page.evaluate(select_without_scrolling, ["his book", 0])
        expect(bar).to_have_class(re.compile("is-on-top"))
        assert bar.bounding_box()["y"] == 0  # type: ignore[index]


def test_too_long_a_selection_is_told_so(page: Page):
    page.goto(ARTICLE)
    select(page, "Long words", 500)
    too_long = re.compile(r"^50\d characters are selected, and we can take up to 300\.")
    bar = page.get_by_role("region", name="Selected words")
    expect(bar).to_have_text(too_long)
    expect(bar.get_by_role("button")).to_be_hidden()
    said = page.locator(".e-content ~ [role=status]")  # not in the bar: what is hidden until then is not announced
    expect(said).to_have_text(too_long)
    page.evaluate("getSelection().removeAllRanges()")
    expect(said).to_be_empty()
    select(page, "Long words", 500)
    page.keyboard.press("Control+Enter")
    expect(said).to_have_text(too_long)
    select(page, "bots")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog").locator("mark")).to_have_text("bots")  # the first one opened none
    expect(said).to_be_empty()


def test_a_selection_over_a_note_and_marks_is_the_text_without_them(page: Page):
    page.goto(ARTICLE)
    page.evaluate("""() => {
        const [first, second] = document.querySelectorAll(".e-content p");
        getSelection().setBaseAndExtent(first.firstChild, 23, second.firstChild, 6);
    }""")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".report-quote mark")).to_have_text(
        "bots. He has counted since 1998, and nobody asked him to. A boat"
    )
    page.get_by_label("What is wrong with it").fill("All of it.")
    page.keyboard.press("Control+Enter")
    kept = reported(page)
    assert kept.quote == "bots. He has counted since 1998, and nobody asked him to. A boat"
    assert kept.suggestion == ""


def test_a_selection_over_a_picture_skips_its_credit(browser: Browser, live_server: Any):
    picture = cast.ready_picture(credit="Ruth Calder")
    figure = f'<figure data-picture="{picture.key}"><img alt="A quay"><figcaption>The quay.</figcaption></figure>'
    cast.published("The quay", slug="quay", body=clean(f"<p>Before it.</p>{figure}<p>After it.</p>"))
    with phone_at(browser, live_server.url) as page:  # not `page`: the picture has no files
        page.goto("/articles/quay/")
        expect(page.locator(".picture-credit")).to_contain_text("Ruth Calder")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.e-content'))")
        page.keyboard.press("Control+Enter")
        page.get_by_label("What is wrong with it").fill("Is it this quay?")
        page.get_by_role("button", name="Send the report").click()
        assert reported(page).quote == "Before it. The quay. After it."


def test_of_equal_words_the_selected_ones_are_meant(page: Page):
    page.goto(ARTICLE)
    select(page, "boat went", 4)
    page.keyboard.press("Control+Enter")
    page.get_by_label("How it should read").fill("barge")
    page.keyboard.press("Control+Enter")
    kept = reported(page)
    text = kept.revision.text
    assert kept.start == text.index("boat went")


NO_WORDS = {
    "the title": "h1",
    "the mark of a note": ".e-content sup",
    "the heading of the notes": ".e-content .notes-heading",
    "the way back from a note": ".e-content .back",
}


@pytest.mark.parametrize("where", NO_WORDS.values(), ids=NO_WORDS.keys())
def test_nothing_happens_where_no_words_of_the_text_are_selected(page: Page, where: str):
    page.goto(ARTICLE)
    dialog = page.get_by_role("dialog")
    only_this = "where => getSelection().selectAllChildren(document.querySelector(where))"
    page.evaluate(only_this, where)
    page.keyboard.press("Control+Enter")
    select(page, "1998")
    page.keyboard.press("Control+Enter")
    expect(dialog.locator("mark")).to_have_text("1998")  # else the first one's would be open
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    select(page, "bots")
    bar = page.get_by_role("region", name="Selected words")
    expect(bar).to_be_visible()
    page.evaluate(only_this, where)
    expect(bar).to_be_hidden()
    page.keyboard.press("Control+Enter")
    select(page, "1998")
    page.keyboard.press("Control+Enter")
    expect(dialog.locator("mark")).to_have_text("1998")  # nor are the words before it meant


def test_what_the_server_has_against_it_is_said_at_the_field(browser: Browser, live_server: Any):
    with phone_at(browser, live_server.url) as page:  # not `page`: the answer 422 stands as an error in the console
        page.goto(ARTICLE)
        select(page, "bots")
        page.keyboard.press("Control+Enter")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Send the report").click()
        expect(dialog.get_by_role("alert")).to_have_text("Please say what is wrong, or how it should read.")
        dialog.get_by_text("If you would like an answer").click()
        dialog.get_by_label("Your e-mail address").fill("nobody")
        dialog.get_by_label("What is wrong with it").fill("It says bots.")
        dialog.get_by_text("If you would like an answer").click()
        dialog.get_by_role("button", name="Send the report").click()
        expect(dialog.get_by_role("alert")).to_contain_text("valid email address")
        expect(dialog.get_by_label("Your e-mail address")).to_be_focused()
        expect(dialog.get_by_label("Your e-mail address")).to_have_attribute("aria-invalid", "true")
        described = re.compile("valid email address")
        expect(dialog.get_by_label("Your e-mail address")).to_have_accessible_description(described)
        expect(dialog.get_by_role("status")).to_have_count(1)
        assert Axe().run(page).response["violations"] == []


def test_while_nobody_can_be_reached_what_was_typed_stays(browser: Browser, live_server: Any):
    with phone_at(browser, live_server.url) as page:
        page.goto(ARTICLE)
        select(page, "bots")
        page.keyboard.press("Control+Enter")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("How it should read").fill("boats")
        dialog.get_by_label("What is wrong with it").fill("My long words")
        page.context.set_offline(True)
        dialog.get_by_role("button", name="Send the report").click()
        expect(dialog.get_by_role("alert")).to_contain_text("could not be sent. Nothing that you typed is lost.")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        select(page, "bots")
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_label("What is wrong with it")).to_have_value("My long words")
        expect(dialog.get_by_label("How it should read")).to_have_value("boats")
        page.context.set_offline(False)
        dialog.get_by_role("button", name="Try again").click()
        assert reported(page).comment == "My long words"


def test_a_form_that_cannot_be_fetched_is_asked_for_again(browser: Browser, live_server: Any):
    with phone_at(browser, live_server.url) as page:
        page.goto(ARTICLE)
        select(page, "bots")
        expect(page.locator(".report-bar")).to_be_visible()
        page.evaluate("import('/static/js/report/dialog.js')")
        page.context.set_offline(True)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("We cannot be reached just now.")
        page.context.set_offline(False)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_label("How it should read")).to_have_value("bots")


def test_a_token_that_was_lost_with_its_cookie_is_fetched_anew(browser: Browser, live_server: Any):
    with phone_at(browser, live_server.url) as page:
        page.goto(ARTICLE)
        select(page, "bots")
        page.keyboard.press("Control+Enter")
        page.get_by_label("How it should read").fill("boats")
        page.context.clear_cookies()
        page.get_by_role("button", name="Send the report").click()
        assert reported(page).suggestion == "boats"


def test_a_double_click_sends_once(page: Page):
    sent = []

    def slow(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request)
        route.continue_()

    page.route("**/report/", slow)
    page.goto(ARTICLE)
    select(page, "bots")
    page.keyboard.press("Control+Enter")
    page.get_by_label("How it should read").fill("boats")
    page.get_by_role("button", name="Send the report").dblclick()
    reported(page)
    assert len(sent) == 1


def test_words_of_a_version_that_was_replaced_while_they_were_read_are_found(page: Page):
    page.goto(ARTICLE)
    change(Article.objects.get(slug="lock"), "<p>A new beginning.</p>" + BODY, at=timezone.now())
    select(page, "bots")
    page.keyboard.press("Control+Enter")
    page.get_by_label("How it should read").fill("boats")
    page.keyboard.press("Control+Enter")
    kept = reported(page)
    assert (kept.revision.number, kept.place_revision.number, kept.place) == (1, 2, "mapped")


def test_after_the_limit_the_browser_does_some_arithmetic(
    browser: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(proof_of_work, "COST", 50)
    monkeypatch.setattr(limits, "REPORTS", (limits.Limit(0, 300),))
    with phone_at(browser, live_server.url) as page:
        page.goto(ARTICLE)
        select(page, "bots")
        page.keyboard.press("Control+Enter")
        page.get_by_label("How it should read").fill("boats")
        page.get_by_role("button", name="Send the report").click()
        reported(page)
        page.goto(ARTICLE + "report/?quote=1998")
        page.get_by_label("How it should read").fill("1989")
        page.get_by_role("button", name="Send the report").click()
        expect(page.get_by_role("alert")).to_contain_text("The next one can be sent")
        expect(page.get_by_role("status")).to_have_text(re.compile("you can send the report now"))
        page.get_by_role("button", name="Send the report").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")
    assert Report.objects.count() == 2


def test_without_javascript_a_sentence_is_chosen_and_reported(browser: Browser, live_server: Any):
    with phone_at(browser, live_server.url, java_script_enabled=False) as page:
        page.goto(ARTICLE)
        expect(page.locator(".suggest-hint")).to_be_hidden()
        page.get_by_role("link", name="Report a mistake").click()
        page.get_by_text("Or choose the sentence in the article").click()
        page.get_by_text("A boat went.", exact=True).click()
        page.get_by_label("How it should read").fill("A barge went.")
        page.get_by_role("button", name="Send the report").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")
        expect(page.locator("main")).to_contain_text("A barge went.")
    kept = Report.objects.get()
    assert (kept.quote, kept.channel) == ("A boat went.", "form")


def test_the_form_works_by_keyboard_alone(page: Page):
    page.goto(ARTICLE + "report/")
    page.get_by_label("The words that are wrong").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # open the text
    page.keyboard.press("Tab")
    for _sentence in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("He has counted since 1989.")
    page.keyboard.press("Control+End")
    page.get_by_role("button", name="Send the report").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")
    assert Report.objects.get().quote == "He has counted since 1998, and nobody asked him to."


LOOKS: list[tuple[tuple[int, int], Literal["light", "dark"]]] = [
    ((375, 700), "light"),
    ((375, 700), "dark"),
    ((1280, 900), "light"),
    ((1280, 900), "dark"),
]


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_bar_dialog_and_pages_are_accessible_and_fit(
    browser: Browser, live_server: Any, size: tuple[int, int], scheme: Literal["light", "dark"]
):
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    wrong: list[str] = []

    def look(what: str) -> None:
        wrong.extend(
            f"{what}: {found['id']}: {found['nodes'][0]['html'][:120]}"
            for found in Axe().run(page).response["violations"]
        )
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{what}: too wide")

    page.goto(ARTICLE)
    select(page, "bots")
    expect(page.locator(".report-bar")).to_be_visible()
    look("bar")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("How it should read")).to_be_focused()
    page.get_by_text("If you would like an answer").click()
    look("dialog")
    page.get_by_label("How it should read").fill("boats")
    page.get_by_role("button", name="Send the report").click()
    kept = reported(page)
    look("thanks")
    page.goto(ARTICLE + "report/")
    page.get_by_text("Or choose the sentence in the article").click()
    page.get_by_text("A boat went.", exact=True).click()
    look("form")
    if page.evaluate(
        "document.documentElement.scrollHeight > document.querySelector('.footer').getBoundingClientRect().bottom + scrollY + 1"
    ):
        wrong.append("form: longer than what stands on it")
    Message.objects.create(report=kept, is_from_reader=False, text="Where did you read it?", written_at=timezone.now())
    page.goto(kept.get_absolute_url())
    look("status")
    context.close()
    assert not wrong
