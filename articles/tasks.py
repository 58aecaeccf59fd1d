"""Work of the queue's worker."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from articles.search import index

AT_ONCE = 100  # articles in one short transaction


@app.task(queueing_lock="index_articles", retry=RetryStrategy(max_attempts=5, wait=60))  # type: ignore[untyped-decorator]
def index_articles() -> None:
    """Index what has no entry yet. Whatever stops it, the next run goes on where it stopped."""
    last: int | None = 0
    while last is not None:
        last = index.write_next(AT_ONCE, after=last)
    index.refresh_statistics()


@app.task(retry=RetryStrategy(max_attempts=5, wait=60))  # type: ignore[untyped-decorator]
def index_person(contributor_id: int) -> None:
    """Have the articles of somebody whose names have changed be found by the new ones."""
    last: int | None = 0
    while last is not None:
        last = index.write_next_of(contributor_id, AT_ONCE, after=last)
