"""Where the words of a report stood in each version of its article, from the one that the reader saw on."""

from __future__ import annotations

from dataclasses import dataclass

from articles.anchors import Anchor, Movement, Place, State, carry
from articles.models import Revision
from corrections import sentences
from corrections.models import Report

MOST = 20  # versions; a report rarely waits for more


@dataclass(frozen=True, slots=True)
class PlaceInVersion:
    revision: Revision
    state: State
    sentence: sentences.Sentence | None


def through_the_versions(report: Report) -> list[PlaceInVersion]:
    """The newest first; for a report that is decided, up to the version that its decision looked at."""
    if not report.quote or report.start is None or report.end is None:
        return []
    versions = report.article.revisions.filter(
        number__gte=report.revision.number, number__lte=report.place_revision.number
    ).defer("body")
    found: list[PlaceInVersion] = []
    anchor = Anchor(report.quote, report.prefix, report.suffix, report.start, report.end)
    place, before = Place(State.CURRENT, report.start, report.end), None
    for revision in versions.order_by("number")[:MOST]:
        if before:
            place = carry(anchor, place, Movement(before.text, revision.text), report.suggestion)
        if revision.pk == report.place_revision_id:  # which an editor may have confirmed
            place = Place(State(report.place), report.place_start, report.place_end)
        found.append(PlaceInVersion(revision, place.state, _sentence(revision, place)))
        before = revision
    return found[::-1]


def _sentence(revision: Revision, place: Place) -> sentences.Sentence | None:
    if place.start is None or place.end is None:
        return None
    return sentences.around(revision.text, place.start, place.end)
