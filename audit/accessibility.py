"""Every kind of page and the main pages of the admin by axe-core: phone and desk, light and dark."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from audit import tools
from audit.pages import ADMIN, EVERY, SIGNED_IN
from benchmarks.browsers import chromium
from benchmarks.measures import Measure

_PHONE, _DESK = (375, 812), (1440, 900)
_LOOKS: list[tuple[tuple[int, int], Literal["light", "dark"]]] = [
    (size, scheme) for size in (_PHONE, _DESK) for scheme in ("light", "dark")
]


def measures(site: str) -> Iterator[Measure]:
    with chromium() as browser:
        public = violations(browser, site, [page.path for page in EVERY])
        public += violations(browser, site, [page.path for page in SIGNED_IN], account="editor")
        staff = violations(browser, site, ADMIN, account="chief")
    how = "at two widths, in the light and in the dark"
    yield Measure(
        "audit.axe.public",
        f"violations by axe-core on {len(EVERY + SIGNED_IN)} public pages {how}",
        public,
        "count",
        "<= 0",
    )
    yield Measure("audit.axe.admin", f"the same on {len(ADMIN)} pages of the admin {how}", staff, "count", "<= 0")


def violations(browser: Browser, site: str, paths: list[str], *, account: str = "") -> int:
    """How many rules are broken on these pages, to `account` where one is named; each is said."""
    count = 0
    for (width, height), scheme in _LOOKS:
        with _window(browser, site, width, height, scheme) as page:
            if account:
                _sign_in(page, account)
            for path in paths:
                page.goto(path, wait_until="networkidle")
                for found in Axe().run(page).response["violations"]:
                    count += 1
                    nodes = [node["html"][:120] for node in found["nodes"][:3]]
                    sys.stdout.write(f"             {path} at {width} in the {scheme}: {found['id']}: {nodes}\n")
    return count


@contextmanager
def _window(browser: Browser, site: str, width: int, height: int, scheme: Literal["light", "dark"]) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        ignore_https_errors=True,
    )
    yield context.new_page()
    context.close()


def _sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/?next=/admin/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill("demo")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_load_state()
    if "/admin/" not in page.url:
        raise tools.CannotAudit(f"{username} cannot sign in: the browser stands at {page.url}.")
