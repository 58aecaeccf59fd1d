"""How PostgreSQL is told to find words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

#: A vector lies outside its row, and the planner does not reckon what it costs to look into one: for a common word it would
#: look into all. What it may not do here leaves it the bitmaps of the indexes, which never do.
_PLANS = "; ".join(
    f"SET LOCAL {setting} = off"
    for setting in ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan", "enable_gathermerge", "jit")
)


@contextmanager
def by_index() -> Iterator[None]:
    """Have words be found by their indexes, whatever the planner thinks of it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLANS)
        yield
