"""A list of old addresses in a real browser, from the file to the reader who follows one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.test_admin_accessibility import violations
from tests.browser.test_walk import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTENT = "/old.html;/articles/boats/\n/a;/b\n/b;/a\n" + "/" + "long" * 100 + ";/articles/none/\n"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_an_editor_uploads_a_list(page: Page, scheme: Any, width: int):
    edith = cast.editor()
    cast.published(slug="boats")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, edith)
    page.goto("/admin/newsroom/oldaddress/upload/")
    assert violations(page) == []
    page.get_by_label("List").set_input_files({"name": "old.csv", "mimeType": "text/csv", "buffer": CONTENT.encode()})
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_text("would lead to each other in a circle").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Take over 1 line").press("Enter")
    expect(page.get_by_text("Added: 1. Changed: 0. Left out: 3.")).to_be_visible()
    page.goto("/admin/newsroom/oldaddress/add/")
    assert violations(page) == []
    assert Client().get("/old.html")["Location"] == "/articles/boats/"
