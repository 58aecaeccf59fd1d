"""Work of the queue's worker. Each task may be killed at any point and done again."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from corrections import actions


@app.periodic(cron="23 3 * * *")  # type: ignore[untyped-decorator]  # the library is untyped
@app.task(queueing_lock="forget_addresses")  # type: ignore[untyped-decorator]
def forget_addresses(timestamp: int) -> None:
    """Every night, delete the addresses of readers whose reports were decided long ago."""
    actions.forget_addresses(at=datetime.fromtimestamp(timestamp, UTC))
