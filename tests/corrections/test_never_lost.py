"""A report that was acknowledged is never lost: three rounds of what `make drill ONLY=reports` does a hundred times."""

from __future__ import annotations

from drills import reports
from drills.local import local_site


def test_an_acknowledged_report_survives_the_killing_of_web_server_and_queue_and_is_there_once():
    with local_site("lost-postgres", reports.ARTICLE, durable=False) as site:
        found = reports.run(site, 3, pause=0.7, patience=0)
    assert len(found.told.acknowledged) > 10
    assert (found.lost, found.twice, found.closed) == (0, 0, 0)
