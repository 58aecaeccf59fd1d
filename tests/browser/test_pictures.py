"""The library in a real browser: files dropped on it, a focal point by mouse and keys, the same without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from articles import tasks
from articles.models import Picture
from benchmarks import hostile_pictures
from tests import cast
from tests.browser.test_admin_accessibility import COLOURS, EVERYTHING, violations
from tests.browser.test_walk import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIBRARY = "/admin/articles/picture/"


def file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def test_files_are_sent_one_by_one_and_shown_when_they_are_ready(page: Page):
    edith = cast.editor()
    enter(page, edith)
    page.goto(LIBRARY)
    sound = hostile_pictures.sound_files()
    page.set_input_files("#nr-files", [file("river.png", sound["png"]), file("lock.jpg", sound["jpeg"])])
    expect(page.locator("#searchbar")).to_have_value("")
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".nr-picture")).to_have_count(2)
    expect(page.locator(".nr-picture__state").first).to_have_text("being prepared…")
    for picture in Picture.objects.all():
        tasks.make_renditions(picture.pk)
    expect(page.locator(".nr-picture img")).to_have_count(2)  # without a reload
    page.locator(".nr-drop").dispatch_event("drop", {"dataTransfer": page.evaluate_handle(DROPPED)})
    expect(page.locator("[data-results]")).to_contain_text("huge.jpg: The file is larger than 20 MB.")
    assert violations(page) == []


#: A file that somebody drops, as the browser hands it over; it is not even sent.
DROPPED = """() => {
  const dropped = new DataTransfer()
  dropped.items.add(new File([new ArrayBuffer(21 * 1024 * 1024)], "huge.jpg"))
  return dropped
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focal_point_is_set_by_a_click_and_by_keys(page: Page, scheme: Any):
    edith = cast.editor()
    picture = cast.picture()
    tasks.make_renditions(picture.pk)
    page.emulate_media(color_scheme=scheme)
    enter(page, edith)
    page.goto(f"{LIBRARY}{picture.pk}/change/")
    image = page.locator(".nr-focus__picture img")
    box = image.bounding_box()
    assert box
    image.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    point = page.get_by_role("button", name="Focal point")
    expect(point).to_be_focused()
    left, top = (int(page.locator(f"#id_focus_{axis}").input_value()) for axis in "xy")
    assert abs(left - 25) <= 3
    assert abs(top - 75) <= 3
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowUp", "Shift+ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator("#nr-focus-where")).to_have_text(f"{left - 2} percent from the left, {top - 19} from the top")
    style = page.locator(".nr-focus__crops img").first.get_attribute("style")
    assert style
    assert f"{left - 2}% {top - 19}%" in style
    for _time in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#id_focus_x")).to_have_value("0")
    assert violations(page, COLOURS if scheme == "dark" else EVERYTHING) == []
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{LIBRARY}")
    picture.refresh_from_db()
    assert picture.focus == f"0 {top - 19}"


def test_without_a_script_the_same_forms_work(browser: Browser, live_server: Any):
    edith = cast.editor()
    picture = cast.picture()
    tasks.make_renditions(picture.pk)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    enter(page, edith)
    page.goto(LIBRARY)
    page.set_input_files("#nr-files", [file("river.png", hostile_pictures.sound_files()["png"])])
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("body")).to_contain_text("1 picture was added.")
    page.goto(f"{LIBRARY}{picture.pk}/change/")
    assert page.get_by_role("button", name="Focal point").count() == 0
    page.fill("#id_focus_x", "12")
    page.get_by_role("button", name="Save", exact=True).click()
    picture.refresh_from_db()
    assert picture.focus_x == 12
    context.close()
