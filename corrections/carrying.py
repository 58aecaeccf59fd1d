"""Where open reports stand in the version that is public now."""

from __future__ import annotations

from collections.abc import Iterable

from articles.anchors import Anchor, Movement, Place, State, carry
from articles.models import Revision
from corrections.models import Report


def bring_up_to_date(reports: Iterable[Report], revision: Revision) -> None:
    """Find each report's words in `revision`, and keep where they stand."""
    for report in reports:
        anchor = Anchor(report.quote, report.prefix, report.suffix, report.start or 0, report.end or 0)
        before = Place(State(report.place), report.place_start, report.place_end)
        after = carry(anchor, before, Movement(report.place_revision.text, revision.text), report.suggestion)
        report.place, report.place_start, report.place_end = after.state, after.start, after.end
        report.place_revision = revision
        report.save(update_fields=["place", "place_start", "place_end", "place_revision"])
