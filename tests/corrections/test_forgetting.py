"""Who reported is known for as long as it is needed, and no longer; what was reported stays."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django import app

from articles.actions import Change, amend
from articles.models import Revision
from corrections import actions, tasks
from corrections.models import Correction, Report, Rules
from newsroom.models import Fact
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def reported(article: Any, comment: str = "The year is wrong.", **said: Any) -> Report:
    reader: dict[str, Any] = {"email": "rita@mail.example", "name": "Rita Reader", "may_be_thanked": True}
    return actions.report(
        article, revision=cast.live(article), quote="", prefix="", suffix="", near=None, suggestion="", kind="",
        comment=comment, channel=Report.Channel.FORM, key=uuid.uuid4(), at=NOON, **reader | said,
    )  # fmt: skip


def decided(report: Report, correction: Correction | None = None) -> Report:
    Report.objects.filter(pk=report.pk).update(
        status=Report.Status.APPLIED if correction else Report.Status.DECLINED, decided_at=NOON, correction=correction
    )
    return report


def corrected(article: Any, *thanked: str) -> Correction:
    article.refresh_from_db()
    article.title += " again"
    article.save()
    change = Change(Revision.KindOfChange.CORRECTION, "It was another year.", Revision.NoticePlace.FOOT)
    changed = amend(article, change=change, by=None, at=NOON)
    made = Correction.objects.update_or_create(
        revision=changed.live, defaults={"article": changed, "thanked": list(thanked)}
    )
    return made[0]


def test_addresses_and_names_go_so_many_days_after_the_decision_and_the_report_stays():
    article = cast.published()
    Rules.objects.update_or_create(pk=1, defaults={"keep_addresses_days": 30})
    report, waiting = decided(reported(article)), reported(article, "Another thing.")
    tasks.forget_addresses(int((NOON + timedelta(days=30, seconds=-1)).timestamp()))
    report.refresh_from_db()
    assert (report.email, report.name) == ("rita@mail.example", "Rita Reader")
    tasks.forget_addresses(int((NOON + timedelta(days=30)).timestamp()))
    report.refresh_from_db()
    assert (report.email, report.name, report.may_be_thanked) == ("", "", False)
    assert report.comment == "The year is wrong."
    waiting.refresh_from_db()
    assert waiting.email == "rita@mail.example"
    assert Report.objects.count() == 2


def test_a_name_that_a_correction_thanks_outlives_the_address():
    article = cast.published()
    correction = corrected(article, "Rita Reader")
    decided(reported(article), correction)
    actions.forget_addresses(at=NOON + timedelta(days=1000))
    correction.refresh_from_db()
    assert correction.thanked == ["Rita Reader"]


def test_a_thanked_name_can_still_be_removed_long_after_the_address_went():
    article = cast.published()
    correction = corrected(article, "Rita Reader")
    report = decided(reported(article), correction)
    actions.forget_addresses(at=NOON + timedelta(days=1000))
    report.refresh_from_db()
    assert report.email == ""
    actions.forget_reader(report, at=NOON + timedelta(days=1001))
    correction.refresh_from_db()
    assert correction.thanked == []


def test_what_was_held_back_for_so_long_names_nobody_either():
    report = reported(cast.published(), comment="Buy at https://shop.example/")
    assert report.status == Report.Status.HELD
    actions.forget_addresses(at=NOON + timedelta(days=1000))
    report.refresh_from_db()
    assert (report.email, report.name) == ("", "")


def test_a_reader_who_asks_is_forgotten_at_once_in_every_report_and_in_public():
    article = cast.published()
    correction = corrected(article, "Oksana", "Rita Reader")
    report = decided(reported(article), correction)
    other = reported(article, "Another thing.", email="RITA@mail.example", name="R. R.")
    stranger = reported(article, "A third thing.", email="oksana@mail.example", name="Oksana")
    Fact.objects.all().delete()
    assert actions.forget_reader(report, at=NOON) == 2
    correction.refresh_from_db()
    assert correction.thanked == ["Oksana"]
    assert Fact.objects.filter(name=f"article:{article.pk}").exists()
    assert set(Report.objects.filter(pk__in=[report.pk, other.pk]).values_list("email", "name")) == {("", "")}
    stranger.refresh_from_db()
    assert stranger.name == "Oksana"


def test_whoever_gave_no_address_is_forgotten_alone():
    article = cast.published()
    report, other = reported(article, email=""), reported(article, "Another thing.", email="")
    assert actions.forget_reader(report, at=NOON) == 1
    other.refresh_from_db()
    assert other.name == "Rita Reader"


def test_the_queue_forgets_every_night():
    assert (tasks.forget_addresses.name, "") in app.periodic_registry.periodic_tasks
