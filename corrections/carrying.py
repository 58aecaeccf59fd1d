"""Where what was reported, and what was corrected, stands in the version that is public now.

Places are carried by every publication. A scheduled version becomes public by its date, without anything that runs; so
whoever shows or decides reports calls `bring_up_to_date` with the version that readers see (it asks nothing and writes
nothing where all places are of that version), and a correction's place is asked of `standing`, which never believes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from django.db import connection

from articles.anchors import Anchor, Movement, Place, State, carry
from articles.models import Revision
from articles.reactions import Event
from corrections.models import Correction, Report

_KEEP = """
UPDATE corrections_report AS report
   SET place_revision_id = %s, place = kept.place, place_start = kept.place_start, place_end = kept.place_end
  FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::int[]) AS kept (id, place, place_start, place_end)
 WHERE report.id = kept.id AND report.decided_at IS NULL
"""


def carry_forward(event: Event) -> None:
    """Have what is undecided, and the sentences of earlier corrections, follow into the version that is public now."""
    current = event.article.current(event.at)
    if current is None:
        return
    bring_up_to_date(event.article.reports.undecided(), current)
    _carry_corrections(current)


def bring_up_to_date(reports: Iterable[Report], revision: Revision) -> None:
    """Find the words of reports on one article in `revision`, version by version, and keep where they stand.

    Decided reports, and those whose place is of this version already, are left as they are.
    """
    behind: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        if report.place_revision_id != revision.pk and report.decided_at is None:
            behind[report.place_revision_id].append(report)
    if not behind:
        return
    oldest = Revision.objects.filter(pk__in=behind).order_by("number").values_list("number", flat=True)[0]
    carried: list[Report] = []
    for before, after in pairwise(_versions(oldest, revision)):
        carried += behind.get(before.pk, [])
        movement = _movement(before.text, after.text)
        for report in carried:
            _move(report, movement)
    for report in carried:
        report.place_revision = revision
    _keep(carried, revision)


def standing(correction: Correction, revision: Revision) -> tuple[int, int] | None:
    """Where the corrected sentence stands in `revision`, as it was corrected and once only; None where it does not."""
    text, words = revision.text, correction.after
    if not words or correction.start is None:  # of a title, it never stood in the text
        return None
    if text.startswith(words, correction.start):
        return correction.start, correction.start + len(words)
    if text.count(words) == 1:
        return text.index(words), text.index(words) + len(words)
    return None


def _versions(oldest: int, current: Revision) -> list[Revision]:
    """The versions from the one of number `oldest` to `current`, in the order in which readers saw them."""
    versions = Revision.objects.filter(article=current.article_id, number__gte=oldest, number__lte=current.number)
    return list(versions.only("number", "text").order_by("number"))


def _keep(reports: list[Report], revision: Revision) -> None:
    """Write the places in one statement: a thousand in a moment, and none of a report that was decided meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                revision.pk,
                [report.pk for report in reports],
                [report.place for report in reports],
                [report.place_start for report in reports],
                [report.place_end for report in reports],
            ],
        )


def _move(report: Report, movement: Movement) -> None:
    anchor = Anchor(report.quote, report.prefix, report.suffix, report.start or 0, report.end or 0)
    place = carry(anchor, Place(State(report.place), report.place_start, report.place_end), movement, report.suggestion)
    report.place, report.place_start, report.place_end = place.state, place.start, place.end


def _carry_corrections(current: Revision) -> None:
    """Only while the place is certain; a scheduled version's own correction waits where it is."""
    earlier = Correction.objects.filter(article=current.article_id, start__isnull=False)
    corrections = list(earlier.filter(revision__number__lt=current.number))
    if not corrections:
        return
    versions = _versions(current.number - 2, current)  # the one before may have come by its date, and carried nothing
    for correction in corrections:
        correction.start, correction.end = _followed(correction, versions) or (None, None)
    Correction.objects.bulk_update(corrections, ["start", "end"])


def _followed(correction: Correction, versions: list[Revision]) -> tuple[int, int] | None:
    """Its place in the last of the versions, from the latest in which the sentence stands where it is noted."""
    start, end = correction.start or 0, correction.end or 0
    at = [number for number, version in enumerate(versions) if version.text[start:end] == correction.after]
    place: tuple[int, int] | None = (start, end) if at else None
    for before, after in pairwise(versions[at[-1] :] if at else []):
        place = _movement(before.text, after.text).of(*place) if place else None
    return place


@lru_cache(maxsize=4)
def _movement(old: str, new: str) -> Movement:
    return Movement(old, new)
