"""Two editors, or an editor and a reader, at the same moment over two real connections."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from articles.actions import Change
from articles.models import Article, Revision
from corrections import actions
from corrections.models import Correction, Report
from tests import cast
from tests.articles.test_races import at_once, kinds
from tests.cast import NOON
from tests.corrections.readers import SOON, report

pytestmark = pytest.mark.django_db(transaction=True)
LATER = SOON + timedelta(minutes=1)


def apply(one: Report, by: Any) -> actions.Applied:
    found = Report.objects.select_related("place_revision").get(pk=one.pk)
    return actions.apply(
        [found],
        words=found.suggestion,
        place=(found.place_start or 0, found.place_end or 0),
        seen_revision=one.place_revision,
        change=Change(Revision.KindOfChange.TYPO),
        by=by,
        at=LATER,
    )


@pytest.mark.parametrize("_round", range(3))
def test_applied_by_two_it_is_applied_once(_round: int):
    article = cast.published()
    one, by = report(article), cast.editor()
    results = kinds(at_once(lambda: apply(one, by), lambda: apply(one, by)))
    assert results in (["AlreadyDecided", "Applied"], ["Applied", "MovedOn"])
    assert article.revisions.count() == 2
    assert Report.objects.get().status == "applied"


@pytest.mark.parametrize("_round", range(3))
def test_applied_and_declined_at_once_it_is_one_of_both(_round: int):
    article = cast.published()
    one, by = report(article), cast.editor()
    results = kinds(
        at_once(lambda: apply(one, by), lambda: actions.decline([one], answer="It is right.", by=by, at=LATER))
    )
    assert results in (["AlreadyDecided", "Applied"], ["AlreadyDecided", "list"])
    status = Report.objects.get().status
    assert article.revisions.count() == (2 if status == "applied" else 1)


@pytest.mark.parametrize("_round", range(3))
def test_two_reports_applied_from_the_same_page_are_never_half_done(_round: int):
    article = cast.published()
    one, other, by = report(article), report(article, "boats", "ships"), cast.editor()
    results = kinds(at_once(lambda: apply(one, by), lambda: apply(other, by)))
    assert results == ["Applied", "MovedOn"]
    left = Report.objects.waiting().get()
    assert left.place_revision_id == Article.objects.get().live_id
    assert "1989" in cast.live(article).text or "ships" in cast.live(article).text


@pytest.mark.parametrize("_round", range(3))
def test_a_report_that_arrives_while_another_is_applied_stands_in_the_new_version(_round: int):
    article = cast.published()
    one, by = report(article, "boats", "many boats"), cast.editor()

    def arrive() -> Report:
        return actions.report(
            article, revision=one.revision, quote="1998", suggestion="1989", channel="form", key=uuid.uuid4(), at=LATER
        )

    assert kinds(at_once(lambda: apply(one, by), arrive)) == ["Applied", "Report"]
    arrived, live = Report.objects.waiting().get(), cast.live(article)
    assert arrived.place_revision_id == live.pk
    assert live.text[arrived.place_start : arrived.place_end] == "1998"


def test_undone_by_two_it_is_undone_once():
    article = cast.published(at=NOON)
    by = cast.editor()
    correction = apply(report(article), by).correction
    results = at_once(
        *[lambda: actions.undo(Correction.objects.get(pk=correction.pk), by=by, at=LATER + timedelta(minutes=1))] * 2
    )
    assert kinds(results) == ["AlreadyWithdrawn", "Correction"]
    assert article.revisions.count() == 3
