"""The pictures of the README, taken anew: `make demo`, and beside it
`.venv/bin/python docs/take_screenshots.py http://127.0.0.1:8000`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.browsers import chromium

FOLDER = Path(__file__).parent / "screenshots"
#: name → path, width, height, light or dark, who is signed in
SHOTS: dict[str, tuple[str, int, int, str, str]] = {
    "home": ("/", 1280, 900, "light", ""),
    "home-uk-phone": ("/uk/", 390, 844, "dark", ""),
    "article": ("/articles/court-of-small-claims/", 1280, 1000, "light", ""),
    "article-dark": ("/articles/archive-of-doors/", 1280, 1000, "dark", ""),
    "article-phone": ("/articles/salt-marsh/", 390, 844, "light", ""),
    "article-phone-dark": ("/uk/articles/arkhiv-dverei/", 390, 844, "dark", ""),
    "admin-today": ("/admin/", 1280, 800, "light", "editor"),
    "report": ("/articles/court-of-small-claims/", 1280, 900, "light", ""),
    "search-uk": ("/uk/search/?q=дверима", 1280, 900, "light", ""),
    "admin-reports": ("/admin/corrections/report/", 1280, 1000, "light", "editor"),
    "admin-pictures": ("/admin/articles/picture/", 1280, 1000, "light", "editor"),
    "admin-article": ("/admin/articles/article/?q=algorithm", 1280, 1100, "light", "editor"),
}


def main(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with chromium() as browser:
        for name, (path, width, height, scheme, who) in SHOTS.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            if who:
                sign_in(page, address, who)
            page.goto(address + path)
            if name == "admin-article":
                page.locator("#result_list tbody a").first.click()
                page.locator(".ProseMirror[contenteditable=true]").first.wait_for()
            if name == "report":
                report(page)
            page.wait_for_timeout(500)  # fonts
            page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=80)
            context.close()


def report(page: Any) -> None:
    """Select a word of the text, and open the dialog."""
    page.locator(".e-content p").nth(1).dblclick(position={"x": 60, "y": 12})
    page.keyboard.press("Control+Enter")
    page.locator(".report-dialog [name=suggestion]").wait_for()


def sign_in(page: Any, address: str, who: str) -> None:
    page.goto(f"{address}/admin/")
    page.locator("[name=login]").fill(who)
    page.locator("[name=password]").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
