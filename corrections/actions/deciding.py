"""What editors decide about reports. Each locks the article first, so that no two decisions and no publication meet."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles.actions import Change, MovedOn, reword_live
from articles.anchors import Movement, State
from articles.models import Article, Revision
from articles.rewording import CrossesMarkup, reword
from corrections.actions.errors import (
    AlreadyDecided,
    AlreadyWithdrawn,
    NothingChanged,
    NothingSaid,
    PlaceChanged,
    PlaceUncertain,
)
from corrections.actions.telling import acknowledge, tell_outcome
from corrections.alike import in_common
from corrections.models import Correction, Message, Report
from corrections.models.reports import ReportQuerySet
from corrections.tasks import mail_question
from newsroom.html import plain
from newsroom.models import User

Status = Report.Status
Kind = Revision.KindOfChange


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying did: the entry of the log, every report that it decided, whether what is not public has it, too."""

    correction: Correction
    reports: list[Report]
    is_in_working_copy: bool
    is_in_scheduled: bool


@transaction.atomic
def apply(
    reports: Sequence[Report],
    *,
    words: str,
    place: tuple[int, int],
    seen_revision: Revision,
    change: Change,
    by: User,
    at: datetime,
    thanks: Collection[int] = (),
) -> Applied:
    """Put `words` at `place` of the public text, as a new version; other open reports that say the same go with them.

    `thanks` are the reports whose readers' names the editor has seen: no other name is published.

    Raises AlreadyDecided, PlaceUncertain, NothingChanged, articles.rewording.CrossesMarkup, and the ArticleErrors of
    `reword_live`: MovedOn where another version than `seen_revision` is public by now.
    """
    start, end = place
    article = _lock(reports, seen_revision, at)
    words = plain(words)
    if words == seen_revision.text[start:end]:
        raise NothingChanged
    together = _with_those_that_say_the_same(reports, words, place)
    decided = _claim(together, Status.APPLIED, by=by, at=at)
    if not all(_stands_at(report, place, seen_revision) for report in decided):
        raise PlaceUncertain
    reworded = reword_live(
        article, start=start, end=end, words=words, seen_revision=seen_revision, change=change, by=by, at=at
    )
    correction = Correction.objects.get(revision=reworded.article.live)  # made by corrections.log as it was published
    thanked = [report.name for report in decided if report.pk in thanks and report.may_be_thanked and report.name]
    correction.thanked = list(dict.fromkeys([*correction.thanked, *thanked]))
    correction.save(update_fields=["thanked"])
    _same(decided).update(correction=correction)
    tell_outcome(decided)
    return Applied(correction, decided, reworded.is_in_working_copy, reworded.is_in_scheduled)


@transaction.atomic
def already_fixed(reports: Sequence[Report], *, by: User, at: datetime, answer: str = "") -> list[Report]:
    """Close what was right when it was reported and is right in the article by now. Raises AlreadyDecided."""
    _lock(reports)
    return tell_outcome(_claim(reports, Status.ALREADY_FIXED, by=by, at=at, answer=answer.strip()))


@transaction.atomic
def decline(reports: Sequence[Report], *, answer: str, by: User, at: datetime) -> list[Report]:
    """Leave the text as it is, and tell the readers why. Raises AlreadyDecided and, without a reason, NothingSaid."""
    if not answer.strip():
        raise NothingSaid(_("Say in a sentence why nothing is changed. The reader took the time to write."))
    _lock(reports)
    return tell_outcome(_claim(reports, Status.DECLINED, by=by, at=at, answer=answer.strip()))


@transaction.atomic
def mark_spam(reports: Sequence[Report], *, by: User, at: datetime) -> list[Report]:
    """Put away what is no report, held back or not; nobody is answered. Raises AlreadyDecided."""
    _lock(reports)
    return _claim(reports, Status.SPAM, by=by, at=at, among=[Status.OPEN, Status.HELD])


@transaction.atomic
def let_in(reports: Sequence[Report]) -> list[Report]:
    """Show what was held back among the others; its readers hear now that it has arrived. Raises AlreadyDecided."""
    _lock(reports)
    numbers = [report.pk for report in reports]
    if Report.objects.held().filter(pk__in=numbers).update(status=Status.OPEN) < len(numbers):
        raise AlreadyDecided(Report.objects.decided().filter(pk__in=numbers).first())
    let = list(Report.objects.filter(pk__in=numbers))
    for report in let:
        acknowledge(report)
    return let


@transaction.atomic
def ask(report: Report, *, question: str, by: User, at: datetime) -> Message:
    """Ask the reader something; the report stays open. It is mailed where there is an address, and stands on the reader's
    private page anyway. Raises AlreadyDecided and NothingSaid.
    """
    if not question.strip():
        raise NothingSaid(_("Write the question."))
    _lock([report])
    if not Report.objects.waiting().filter(pk=report.pk).exists():
        raise AlreadyDecided(Report.objects.select_related("decided_by").get(pk=report.pk))
    asked = Message.objects.create(report=report, is_from_reader=False, author=by, text=question.strip(), written_at=at)
    if report.email:
        mail_question.defer(message_id=asked.pk)
    return asked


@transaction.atomic
def confirm_place(reports: Sequence[Report], *, start: int, end: int, seen_revision: Revision, at: datetime) -> None:
    """Say that it is these words of the public version which are meant; from now on that is certain.

    Raises AlreadyDecided, MovedOn, and ValueError for a place outside the text.
    """
    _lock(reports, seen_revision, at)
    if not 0 <= start < end <= len(seen_revision.text):
        raise ValueError(f"No words stand between {start} and {end}.")
    numbers = [report.pk for report in reports]
    confirmed = Report.objects.undecided().filter(pk__in=numbers)
    if confirmed.update(
        place=State.MAPPED, place_revision=seen_revision, place_start=start, place_end=end
    ) < len(numbers):  # fmt: skip
        raise AlreadyDecided(Report.objects.decided().filter(pk__in=numbers).first())


@transaction.atomic
def reopen(reports: Sequence[Report]) -> list[Report]:
    """Take back a decision that changed no text. Raises AlreadyDecided where it did, or where it was taken back before."""
    _lock(reports)
    numbers = [report.pk for report in reports]
    if _open_again(Report.objects.decided().filter(pk__in=numbers, correction=None)) < len(numbers):
        raise AlreadyDecided(Report.objects.decided().filter(pk__in=numbers).first())
    return list(Report.objects.filter(pk__in=numbers))


@transaction.atomic
def undo(correction: Correction, *, by: User, at: datetime) -> Correction:
    """Let the words from before an applied report stand again, as a new version, and open the reports again.

    The log says of the correction that it is withdrawn, and thanks nobody for it. Raises AlreadyWithdrawn, PlaceChanged
    where its words have been changed since, and CrossesMarkup where a link or emphasis went with the words from before.
    """
    article = Article.objects.select_for_update().get(pk=correction.article_id)
    if not Correction.objects.filter(pk=correction.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by):
        raise AlreadyWithdrawn(correction)
    made = correction.revision
    previous = made.article.revisions.filter(number__lt=made.number).order_by("-number").first()
    live = article.current(at)
    if previous is None or live is None or made.number > live.number or not correction.reports.exists():
        raise PlaceChanged
    (old_start, old_end), (start, end) = _changed(previous.text, made.text)
    if reword(made.body, start, end, previous.text[old_start:old_end]) != previous.body:
        raise CrossesMarkup
    now = _carried((start, end), article.revisions.filter(number__gte=made.number, number__lte=live.number))
    kind = Kind.TYPO if made.kind_of_change == Kind.TYPO else Kind.UPDATE
    reason = _("Correction %(number)s was undone.") % {"number": correction.pk}
    reworded = reword_live(
        article,
        start=now[0],
        end=now[1],
        words=previous.text[old_start:old_end],
        seen_revision=live,
        change=Change(kind, reason=reason),
        by=by,
        at=at,
    )
    reports = list(correction.reports.all())
    _open_again(correction.reports.all())
    named = {report.name for report in reports}
    correction.thanked = [name for name in correction.thanked if name not in named]
    correction.save(update_fields=["thanked"])
    _put_at(reports, reworded.article.live, previous, moved_by=now[0] - old_start)
    correction.refresh_from_db()
    return correction


# --- What they share ---


def _lock(reports: Sequence[Report], seen: Revision | None = None, at: datetime | None = None) -> Article:
    """The one article of these reports, locked to the end of the transaction. Raises MovedOn if another version than
    `seen` is public at `at`.
    """
    (article_id,) = {report.article_id for report in reports}
    article = Article.objects.select_for_update().get(pk=article_id)
    if seen and at and (public := article.current(at)) and public.pk != seen.pk:
        raise MovedOn
    return article


def _same(reports: Iterable[Report]) -> ReportQuerySet:
    return Report.objects.filter(pk__in=[report.pk for report in reports])


def _claim(
    reports: Sequence[Report],
    status: str,
    *,
    by: User,
    at: datetime,
    answer: str = "",
    among: Sequence[str] = (Status.OPEN,),
) -> list[Report]:
    """Decide all of them or none. Raises AlreadyDecided."""
    mine = _same(reports).filter(status__in=among)
    if mine.update(status=status, decided_at=at, decided_by=by, answer=answer) < len({report.pk for report in reports}):
        others = _same(reports).decided().exclude(decided_at=at, decided_by=by)
        raise AlreadyDecided(others.select_related("decided_by").first())
    return list(_same(reports).order_by("pk"))


def _with_those_that_say_the_same(reports: Sequence[Report], words: str, place: tuple[int, int]) -> list[Report]:
    """The reports, and those that came meanwhile with the same words for the same place."""
    start, end = place
    alike = Report.objects.waiting().filter(
        article=reports[0].article_id, place_start=start, place_end=end, suggestion=words
    )
    certain = [state for state in State if state.is_certain]
    return list({each.pk: each for each in (*reports, *alike.filter(place__in=certain))}.values())


def _stands_at(report: Report, place: tuple[int, int], revision: Revision) -> bool:
    """Whether the report is, for certain, about the words at `place` of `revision`."""
    if report.place_revision_id != revision.pk or not State(report.place).is_certain:
        return False
    return report.place_start is not None and report.place_end is not None and (
        report.place_start < place[1] and place[0] < report.place_end
    )  # fmt: skip


def _open_again(reports: ReportQuerySet) -> int:
    return reports.update(
        status=Status.OPEN, decided_at=None, decided_by=None, answer="", correction=None, outcome_mailed_at=None
    )


def _changed(old: str, new: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The one range in which two texts differ, in both; never empty, so that it can be followed."""
    start = in_common(old, new)
    tail = in_common(old[start:][::-1], new[start:][::-1])
    if len(old) - tail == start or len(new) - tail == start:  # words came or went: hold on to their neighbour
        start, tail = (start - 1, tail) if start else (start, tail - 1)
    return (start, len(old) - tail), (start, len(new) - tail)


def _carried(place: tuple[int, int], revisions: Iterable[Revision]) -> tuple[int, int]:
    """Where the place of the first revision stands in the last, if it was never touched. Raises PlaceChanged."""
    texts = [revision.text for revision in sorted(revisions, key=lambda revision: revision.number)]
    for old, new in itertools.pairwise(texts):
        found = Movement(old, new).of(*place)
        if found is None:
            raise PlaceChanged
        place = found
    return place


def _put_at(reports: Iterable[Report], live: Revision | None, previous: Revision, *, moved_by: int) -> None:
    """Let reopened reports stand at the words that are back in `live`."""
    for report in reports:
        if live is None or report.place_start is None or report.place_end is None:
            continue
        start, end = report.place_start + moved_by, report.place_end + moved_by
        if live.text[start:end] == previous.text[report.place_start : report.place_end]:
            report.place, report.place_revision = State.MAPPED, live
            report.place_start, report.place_end = start, end
            report.save(update_fields=["place", "place_revision", "place_start", "place_end"])
