"""JavaScript reads the same text from a page as Python does, sign for sign, and knows where each stands."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.test_policy_texts import TEXTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READ = """async (pages) => {
    const { signs, policyText } = await import("/static/js/policy-text.js");
    return pages.map((html) => {
        const root = document.createElement("div");
        root.innerHTML = html;
        const inside = root.appendChild(document.createElement("div"));
        inside.append(...[...root.childNodes].slice(0, -1));
        const read = signs(inside);
        const isSound = read.every(({ sign, node, start, end }) => sign === " " || (node.data && start < end));
        return [policyText(inside), isSound];
    });
}"""


def test_javascript_reads_the_same(page: Page, live_server: Any):
    page.goto("/contact/written/")
    read = page.evaluate(READ, [row["html"] for row in TEXTS])
    assert read == [[row["text"], True] for row in TEXTS]
