"""The admin by axe-core: the article form, its steps, the first page, the list."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.test_walk import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


EVERYTHING = {"resultTypes": ["violations"]}
#: What may differ between light and dark.
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}


def violations(page: Page, rules: dict[str, Any] = EVERYTHING) -> list[str]:
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => true)")  # before it is there, an icon is a word
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_where_editors_work(page: Page, scheme: Any):
    edith = cast.editor()
    article = cast.published(slug="boats", by=edith, at=timezone.now())
    cast.draft("A draft", by=edith)
    page.emulate_media(color_scheme=scheme)
    enter(page, edith)
    here = f"/admin/articles/article/{article.pk}"
    pages = [
        "/admin/",
        "/admin/articles/article/add/",
        "/admin/articles/article/add/?edition=en",
        "/admin/articles/article/",
    ]
    pages += [f"{here}/{name}/" for name in ("change", "amend", "schedule", "retract", "take-down", "versions")]
    troubles = {}
    for path in pages:
        page.goto(path)
        if "/change/" in path or "?edition" in path:
            expect(page.locator(".ProseMirror[contenteditable=true]").first).to_be_visible()
        troubles[path] = violations(page, COLOURS if scheme == "dark" else EVERYTHING)
    assert {path: trouble for path, trouble in troubles.items() if trouble} == {}
