"""Which facts changed: written by every action that changes something public, in its own transaction.

Whoever keeps pages (a page store, a proxy in front) reads from here which of them are out of date.
"""

from __future__ import annotations

from datetime import datetime

from newsroom.models import Fact


def record(*names: str, at: datetime) -> None:
    """Note that the facts of these names changed at `at`; call it inside the transaction that changes them.

    The names are sorted, so that two transactions take the rows in the same order and cannot wait for each other.
    """
    Fact.objects.bulk_create(
        [Fact(name=name, changed_at=at) for name in sorted(set(names))],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["changed_at"],
    )
