"""The walk with pictures: an editor adds one above and one in the text, sets what stays in sight, publishes; readers see."""

from __future__ import annotations

import io
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from articles.models import Picture
from articles.pictures import renditions
from tests import cast
from tests.browser.test_walk import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHIFTS = """new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: "layout-shift", buffered: true })
  || setTimeout(() => done(0), 300))"""
IMAGES = """images => images.map(image => ({
  alt: image.alt, source: image.currentSrc, shown: image.naturalWidth > 0 && image.complete,
  point: getComputedStyle(image).objectPosition, width: image.getBoundingClientRect().width }))"""


def photograph(colour: str) -> FilePayload:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((1800, 1200)).convert("RGB").save(file, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def work_off() -> None:
    """What the queue's worker does meanwhile."""
    for picture in Picture.objects.waiting():
        renditions.make(picture.pk)


def upload(page: Page, name: str, **words: str) -> None:
    """Fill the open dialog with a new picture."""
    page.get_by_label("Upload a picture").set_input_files(photograph(name))
    expect(page.locator(".nr-picture-frame img")).to_be_visible()
    for label, text in words.items():
        page.get_by_label(label, exact=True).fill(text)
    work_off()


def test_an_editor_illustrates_an_article_and_readers_see_it(page: Page, db: Any, live_server: Any):
    edith = cast.editor()
    article = cast.draft(slug="boats", body="<p>The lock keeper counts boats.</p><p>He has since 1998.</p>")
    enter(page, edith)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    text = page.locator(".ProseMirror[contenteditable=true]").first
    text.get_by_text("counts boats").click()
    page.get_by_role("group", name="Formatting").get_by_role("button", name="Picture").click()
    upload(page, "barge", Description="A barge in the lock", Caption="The first of the day", Credit="Jan Wit")
    frame = page.locator(".nr-picture-frame")
    box = frame.bounding_box()
    assert box
    frame.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    page.get_by_role("button", name="Put it into the text").click()
    expect(text.locator("figure img")).to_be_visible()
    page.get_by_role("button", name="Choose or upload a picture…").click()
    upload(page, "lock", Description="The lock from above", Caption="Oderberg", Credit="Ada Low")
    page.get_by_label("From left to right").focus()
    for _step in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Make it the lead picture").click()
    expect(page.locator("[data-lead-picture] img")).to_be_visible()
    assert Axe().run(page, ".field-lead_picture").violations_count == 0
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published.")).to_be_visible()

    browser = page.context.browser
    assert browser
    for width in (375, 1440):
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
        reader = context.new_page()
        reader.goto("/articles/boats/")
        reader.locator(".text .picture").scroll_into_view_if_needed()
        # Not by `wait_for_function`: the policy of the page lets no text run.
        for image in reader.locator("picture img").all():
            expect(image).to_have_js_property("complete", True)
        assert reader.evaluate(SHIFTS) < 0.02
        lead, inside = reader.locator("picture img").evaluate_all(IMAGES)
        assert (lead["alt"], inside["alt"]) == ("The lock from above", "A barge in the lock")
        assert lead["point"] == "80% 50%"
        assert inside["point"] == "25% 50%"
        assert lead["source"].endswith("/400.avif" if width == 375 else "/1200.avif")
        assert inside["source"].endswith("/400.avif" if width == 375 else "/800.avif")
        expect(reader.get_by_text("Oderberg Picture: Ada Low")).to_be_visible()
        expect(reader.get_by_text("The first of the day Picture: Jan Wit")).to_be_visible()
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        for address in ("/articles/boats/", "/"):
            reader.goto(address)
            results = Axe().run(reader)
            assert results.violations_count == 0, results.generate_report()
        card = reader.locator(".card-picture img")
        assert card.evaluate_all(IMAGES)[0]["point"] == "80% 50%"
        box = card.bounding_box()
        assert box
        reader.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(reader).to_have_url(f"{live_server.url}/articles/boats/")
        context.close()
