"""A real browser for tests: Chromium from `CHROMIUM` or the path, else the one that Playwright installed.

A page fails its test on an error in its console, and on any request that leaves the live server.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from benchmarks.browsers import ARGUMENTS

#: No name is looked up, so that nothing leaves this machine.
_ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
_NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*ARGUMENTS, _ALONE])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page of a fresh context, at the live server."""
    with page_at(browser, live_server.url) as page:
        yield page


@contextmanager
def page_at(browser: Browser, url: str) -> Iterator[Page]:
    trouble: list[str] = []
    here = urlsplit(url).netloc
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})

    def watch(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != here:
            trouble.append(f"asked another host: {request.url}")

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    context.set_default_timeout(10_000)
    context.on("request", watch)  # seen only: a route would hold up every request, and keep nothing in the cache
    context.on("console", listen)
    context.on("weberror", lambda error: trouble.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert not trouble
