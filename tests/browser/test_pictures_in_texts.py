"""Pictures in the editor in a real browser: choosing, uploading, describing them, by mouse and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import page_at
from tests.browser.test_editor import Writing

pytestmark = pytest.mark.urls("tests.browser.pages")

QUAY = '<figure data-picture="abcdefghijklmnop"><img alt="A quay at dawn"></figure>'
CHOIR = '<figure data-picture="aaaabbbbccccdddd"><img alt="Six people singing"></figure>'


def png(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": b"\x89PNG"}


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def page(browser: Browser, server: LiveServer) -> Iterator[Page]:
    with page_at(browser, server.url) as page:
        yield page


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Picture")


def test_a_picture_of_the_library_by_keyboard_alone(page: Page) -> None:
    writing = Writing(page, "<p>The quay.</p><p>After it.</p>", language="en")
    writing.put_cursor("The quay.")
    writing.press("Control+Alt+p")
    expect(page.get_by_label("Search the library")).to_be_focused()
    writing.type("qu")
    expect(dialog(page).get_by_role("listitem")).to_have_count(1)
    writing.press("ArrowDown", "Enter")
    expect(page.get_by_label("Description")).to_be_focused()
    expect(page.get_by_label("Description")).to_have_value("A quay at dawn")
    page.get_by_label("From left to right").focus()
    writing.press("ArrowLeft", "ArrowLeft")
    page.get_by_label("From top to bottom").focus()
    writing.press("ArrowUp")
    page.get_by_label("Caption").fill("Before the first boat")
    page.get_by_role("button", name="Put it into the text").focus()
    writing.press("Enter")
    expect(dialog(page)).to_have_count(0)
    figure = (
        '<figure data-picture="abcdefghijklmnop" data-focus="48 49"><img alt="A quay at dawn">'
        "<figcaption>Before the first boat</figcaption></figure>"
    )
    assert writing.html == f"<p>The quay.</p>{figure}<p>After it.</p>"
    writing.press("Enter")  # the picture is selected, and opens again
    expect(page.get_by_label("Description")).to_have_value("A quay at dawn")
    expect(page.get_by_label("From left to right")).to_have_value("48")
    page.get_by_label("Description").fill("A quay at noon")
    writing.press("Escape")  # it asks, and the answer here is no
    expect(page.get_by_label("Description")).to_have_value("A quay at noon")
    page.once("dialog", lambda question: question.accept())
    writing.press("Escape")
    expect(dialog(page)).to_have_count(0)
    assert writing.html == f"<p>The quay.</p>{figure}<p>After it.</p>"
    writing.press("Delete")
    assert writing.html == "<p>The quay.</p><p>After it.</p>"


def test_a_click_sets_the_point_and_the_picture_s_own_is_not_written(page: Page) -> None:
    writing = Writing(page, QUAY)
    writing.text.locator("figure img").dblclick()
    frame = page.locator(".nr-picture-frame")
    expect(frame.locator("img")).to_be_visible()
    box = frame.bounding_box()
    assert box
    frame.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    page.get_by_role("button", name="Keep").click()
    expect(dialog(page)).to_have_count(0)
    assert 'data-focus="25 75"' in writing.html
    writing.text.locator("figure img").dblclick()
    page.get_by_label("From left to right").fill("50")
    page.get_by_label("From top to bottom").fill("50")
    page.get_by_role("button", name="Keep").click()
    assert writing.html == QUAY


def test_a_caption_is_written_under_its_picture_with_links_and_enter_leads_on(page: Page) -> None:
    writing = Writing(page, f"{QUAY}<p>After it.</p>")
    writing.text.locator("figcaption").click()
    writing.type("By a ")
    writing.press("Control+i")
    writing.type("friend")
    writing.press("Enter")
    writing.type("Then")
    captioned = QUAY.replace("</figure>", "<figcaption>By a <em>friend</em></figcaption></figure>")
    assert writing.html == f"{captioned}<p>Then</p><p>After it.</p>"
    writing.text.locator("figure img").click()
    writing.press("Enter")
    page.get_by_label("Description").fill("A quay")
    page.get_by_role("button", name="Keep").click()
    assert "<figcaption>By a <em>friend</em></figcaption>" in writing.html  # its marks stay
    writing.text.locator("figcaption").click()
    before = writing.html
    writing.button("Heading").click()
    assert writing.html == before  # a caption becomes nothing else
    expect(writing.button("Footnote")).to_have_attribute("aria-disabled", "true")


def test_a_refused_upload_says_why_and_loses_nothing_that_was_typed(page: Page) -> None:
    writing = Writing(page, "<p>a</p>")
    writing.put_cursor("a")
    writing.button("Picture").click()
    page.get_by_label("Description").fill("What I see")
    page.get_by_label("Upload a picture").set_input_files(png("drawing.png"))
    expect(page.get_by_role("alert")).to_have_text("This is not a picture.")
    expect(page.get_by_label("Description")).to_have_value("What I see")
    page.get_by_role("button", name="Put it into the text").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a picture of the library first")
    page.get_by_label("Upload a picture").set_input_files(png("choir.png"))
    expect(page.get_by_label("Credit")).to_have_value("Ada Low")
    page.get_by_role("button", name="Put it into the text").click()
    expect(dialog(page)).to_have_count(0)
    assert writing.html == f"<p>a</p>{CHOIR.replace('Six people singing', 'What I see')}"


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_an_image_file_that_is_pasted_or_dropped_is_uploaded(page: Page, way: str) -> None:
    writing = Writing(page, "<p>a</p>")
    writing.put_cursor("a")
    writing.run(
        """
        const transfer = new DataTransfer()
        transfer.items.add(new File(["x"], "choir.png", { type: "image/png" }))
        transfer.setData("text/html", "<img src='https://a.example/choir.png' alt='leaks'>") // as a browser copies it
        const { left, bottom } = editor.view.dom.querySelector("p").getBoundingClientRect()
        const place = { clientX: left + 2, clientY: bottom - 2, bubbles: true, cancelable: true }
        editor.view.dom.dispatchEvent(argument === "paste"
          ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true })
          : new DragEvent("drop", { dataTransfer: transfer, ...place }))
        """,
        way,
    )
    expect(page.get_by_label("Description")).to_have_value("Six people singing")
    page.get_by_role("button", name="Put it into the text").click()
    expect(dialog(page)).to_have_count(0)
    assert writing.html == f"<p>a</p>{CHOIR}"


def test_a_picture_that_lacks_something_says_so_and_its_credit_is_given_where_it_is_chosen(page: Page) -> None:
    marsh = '<figure data-picture="qrstuvwxyz234567"><img alt=""></figure>'
    writing = Writing(page, f'{marsh}<figure data-picture="zzzzzzzzzzzzzzzz"><img alt="Gone"></figure>')
    expect(writing.text).to_contain_text("It has no description yet. It has no credit yet.")
    expect(writing.text).to_contain_text("This picture is not in the library.")
    writing.text.locator("figure").first.locator("img").dblclick()
    page.get_by_label("Description").fill("Grass and water")
    page.get_by_label("Credit").fill("Evert Malmros")
    with page.expect_request("**/credit/*") as asked:
        page.get_by_role("button", name="Keep").click()
    assert "Evert Malmros" in (asked.value.post_data or "")
    expect(dialog(page)).to_have_count(0)
    assert marsh.replace('alt=""', 'alt="Grass and water"') in writing.html


@pytest.mark.parametrize("theme", ["", "dark"])
def test_the_dialog_and_the_figure_are_accessible(page: Page, theme: str) -> None:
    writing = Writing(page, f"<p>a</p>{QUAY}", theme=theme)
    page.set_viewport_size({"width": 390, "height": 844})
    assert Axe().run(page).violations_count == 0
    writing.put_cursor("a")
    writing.press("Control+Alt+p")
    expect(dialog(page).get_by_role("listitem")).to_have_count(3)
    page.screenshot(path=f"/tmp/nr-scratch/pages/dialog{theme}.png")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    dialog(page).get_by_role("button", name="The quay").click()
    page.screenshot(path=f"/tmp/nr-scratch/pages/dialog2{theme}.png")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")
