"""The pages of a site that fails: one whose database is away (503), one whose tables are missing (500)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from audit.pages import Page
from benchmarks import site
from newsroom import database

AWAY = Page("database away", "/", status=503, is_indexed=False)
BROKEN = Page("error of ours", "/", status=500, is_indexed=False)


@contextmanager
def failing() -> Iterator[dict[Page, str]]:
    """Each kind of failure with the address of a site that has it."""
    with ExitStack() as stack:
        yield {
            AWAY: stack.enter_context(site.serving("postgresql://nobody@127.0.0.1:1/nothing", tls=True)),
            BROKEN: stack.enter_context(site.serving(database.address(site.KIND, "postgres"), tls=True)),
        }
