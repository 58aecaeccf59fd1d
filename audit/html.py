"""Every kind of page by the Nu HTML checker, the style sheets by its CSS checker."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from audit import tools
from audit.failures import failing
from audit.pages import EVERY, SIGNED_IN, Page
from audit.visits import Visitor
from benchmarks.measures import Measure
from newsroom import database

NEW_ARTICLE = "/admin/articles/article/add/?edition=en"


def measures(site: str) -> Iterator[Measure]:
    folder = tools.FOLDER / "html"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    kept = keep_pages(site, folder)
    styles = sorted((database.BASE / "static/css").glob("*.css"))
    messages = tools.html_checker(*map(str, kept)) + tools.html_checker("--css", *map(str, styles))
    errors = [message for message in messages if message["type"] != "info"]
    warnings = [message for message in messages if message.get("subType") == "warning"]
    for message in errors + warnings:
        where = f"{Path(message['url']).name}:{message.get('lastLine')}"
        sys.stdout.write(f"             {where}: {message['message']} {message.get('extract', '')!r}\n")
    pages = f"of the Nu HTML checker on {len(kept)} pages and {len(styles)} style sheets"
    yield Measure("audit.html.errors", f"errors {pages}", len(errors), "count", "<= 0")
    yield Measure("audit.html.warnings", f"warnings {pages}", len(warnings), "count", "<= 0")


def keep_pages(site: str, folder: Path) -> list[Path]:
    """Write the pages into files: every kind, forms with mistakes, and what an editor sees before publishing."""
    reader = Visitor(site)
    found = {page.kind: _expected(reader, page) for page in EVERY}
    found["letter form with mistakes"] = reader.post("/contact/write/", email="nobody").body
    found["sign-in with mistakes"] = reader.post("/accounts/login/", login="nobody", password="wrong").body
    found["password reset with mistakes"] = reader.post("/accounts/password/reset/", email="nobody").body
    reader.sign_in("editor")
    found |= {page.kind: _expected(reader, page) for page in SIGNED_IN}
    found["preview"] = reader.post(NEW_ARTICLE, button="_preview", title="Rivers", body="<p>Long.</p>").body
    with failing() as failures:
        found |= {page.kind: Visitor(address).get(page.path).body for page, address in failures.items()}
    paths = []
    for kind, body in found.items():
        path = folder / f"{kind.replace(', ', '-').replace(' ', '-')}.html"
        path.write_bytes(body)
        paths.append(path)
    return paths


def _expected(reader: Visitor, page: Page) -> bytes:
    answer = reader.get(page.path)
    if answer.status != page.status:
        raise tools.CannotAudit(f"{page.path} answers {answer.status}, not {page.status}.")
    return answer.body
