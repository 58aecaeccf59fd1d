"""Where what was reported and corrected stands, after every way in which another version becomes public."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import actions, reactions
from articles.anchors import State, describe
from articles.models import Article, Revision
from corrections.carrying import bring_up_to_date, carry_forward, standing
from corrections.models import Correction, Report
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db
Kind, Place = Revision.KindOfChange, Revision.NoticePlace
LATER = NOON + timedelta(days=1)
CHANGE = actions.Change(Kind.UPDATE)
BODY = (
    "<p>The lock keeper counts boats. He has counted since 1998, and nobody reads his numbers.</p>"
    "<p>The river is slow here. In summer it carries children, in winter ice.</p>"
    "<p>Nobody asked him to stop, he says, and so he goes on counting.</p>"
)


def article(**fields: Any) -> Article:
    return cast.published(body=BODY, **fields)


def report(article: Article, quote: str, *, at: datetime = NOON, **fields: Any) -> Report:
    """What a reader of the present version says of its words `quote`."""
    seen = cast.live(article)
    anchor = describe(seen.text, start := seen.text.index(quote), start + len(quote))
    fields = {"comment": "Wrong.", "status": Report.Status.OPEN} | fields
    return Report.objects.create(
        key=uuid.uuid4(), article=article, revision=seen, quote=quote, prefix=anchor.prefix, suffix=anchor.suffix,
        start=anchor.start, end=anchor.end, place=State.CURRENT, place_revision=seen, place_start=anchor.start,
        place_end=anchor.end, received_at=at, channel=Report.Channel.FORM, **fields,
    )  # fmt: skip


def change(article: Article, *swaps: tuple[str, str], at: datetime = LATER) -> Article:
    article = Article.objects.get(pk=article.pk)
    for old, new in swaps:
        assert old in article.body
        article.body = article.body.replace(old, new)
    return actions.save_draft(article, by=None, at=at)


def amend(article: Article, *swaps: tuple[str, str], at: datetime = LATER) -> Article:
    return actions.amend(change(article, *swaps, at=at), change=CHANGE, by=None, at=at)


def where(report: Report) -> tuple[str, str | None, int]:
    """Its state, the words at its place, and the number of the version that these are of."""
    report.refresh_from_db()
    start, end = report.place_start, report.place_end
    words = report.place_revision.text[start:end] if start is not None else None
    return report.place, words, report.place_revision.number


def test_corrections_hear_of_every_publication():
    assert carry_forward in reactions._reactions


def test_untouched_words_are_followed_from_version_to_version():
    text = article()
    first = report(text, "carries children")
    amend(text, ("The lock keeper", "A lock keeper, an old man,"))
    assert where(first) == (State.MAPPED, "carries children", 2)
    second = report(text, "nobody reads")
    amend(text, ("since 1998", "since the summer of 1998"), at=LATER + timedelta(hours=1))
    assert where(first) == (State.MAPPED, "carries children", 3)
    assert where(second) == (State.MAPPED, "nobody reads", 3)


def test_words_that_were_edited_or_moved_or_put_right_are_said_to_be_so():
    text = article()
    edited, moved = report(text, "In summer it carries children"), report(text, "he goes on counting")
    fixed, gone = report(text, "1998", suggestion="1989"), report(text, "counts boats")
    amend(
        text,
        ("In summer it carries children", "In summer it carries many children"),
        ("<p>Nobody asked him to stop, he says, and so he goes on counting.</p>", ""),
        (
            "<p>The lock keeper counts boats. ",
            "<p>Nobody asked him to stop, he says, and so he goes on counting.</p><p>",
        ),
        ("1998", "1989"),
    )
    assert where(edited) == (State.CHANGED, "In summer it carries many children", 2)
    assert where(moved) == (State.MOVED, "he goes on counting", 2)
    assert where(fixed) == (State.FIXED, "1989", 2)
    assert where(gone) == (State.GONE, None, 2)


def test_what_is_decided_stays_where_it_was():
    text = article()
    decided = report(text, "carries children", status=Report.Status.DECLINED, decided_at=LATER)
    held = report(text, "carries children", status=Report.Status.HELD)
    amend(text, ("The lock keeper", "A lock keeper"))
    assert where(decided) == (State.CURRENT, "carries children", 1)
    assert where(held) == (State.MAPPED, "carries children", 2)
    bring_up_to_date([decided], cast.live(text))
    assert where(decided) == (State.CURRENT, "carries children", 1)


def test_a_report_on_the_article_as_a_whole_has_no_place():
    text = article()
    whole = report(text, "boats")
    Report.objects.filter(pk=whole.pk).update(
        quote="", prefix="", suffix="", start=None, end=None, place=State.WHOLE, place_start=None, place_end=None
    )
    amend(text, ("boats", "ships"))
    assert where(whole) == (State.WHOLE, None, 2)


def test_other_words_at_one_place_carry_the_other_reports():
    text = article()
    other = report(text, "carries children")
    seen = cast.live(text)
    start = seen.text.index("boats")
    actions.reword_live(
        text, start=start, end=start + 5, words="all the boats", seen_revision=seen, change=CHANGE, by=None, at=LATER
    )
    assert where(other) == (State.MAPPED, "carries children", 2)


def test_a_retraction_and_putting_back_carry_too():
    text = article()
    waiting = report(text, "carries children")
    actions.retract(text, notice="It was made up.", by=None, at=LATER)
    assert where(waiting) == (State.MAPPED, "carries children", 2)
    actions.take_down(text, reason="A court said so.", by=None, at=LATER)
    assert where(waiting) == (State.MAPPED, "carries children", 2)
    actions.put_back(text, by=None, at=LATER)
    assert where(waiting) == (State.MAPPED, "carries children", 2)


def test_a_scheduled_version_moves_nothing_before_its_time_and_is_caught_up_with_after_it():
    text, soon = article(), LATER + timedelta(days=1)
    waiting = report(text, "carries children")
    text = change(text, ("The lock keeper", "A lock keeper"))
    text = actions.schedule(text, by=None, goes_live_at=soon, at=LATER)
    assert where(waiting) == (State.CURRENT, "carries children", 1)
    current = text.current(soon)
    assert current
    bring_up_to_date(Report.objects.undecided(), current)
    assert where(waiting) == (State.MAPPED, "carries children", 2)
    with CaptureQueriesContext(connection) as asked:
        bring_up_to_date([waiting], current)
    assert not asked.captured_queries


def test_over_several_versions_at_once_places_go_from_one_to_the_next():
    text = article()
    late = report(text, "carries children")  # it came from a page that was long open
    reactions.remove(carry_forward)
    amend(text, ("The river is slow here. In summer it carries children, in winter ice.", "The river is gone."))
    reactions.add(carry_forward)
    amend(text, ("The river is gone.", "The river is slow here. In summer it carries children, in winter ice."))
    assert where(late) == (State.MOVED, "carries children", 3)  # the same words, but somebody wrote them anew


def test_a_corrected_sentence_is_followed_while_that_is_certain():
    text = amend(article(), ("since 1998", "since 1989"))
    sentence = "He has counted since 1989, and nobody reads his numbers."
    made = cast.live(text)
    Correction.objects.all().delete()
    start = made.text.index(sentence)
    noted = Correction.objects.create(
        article=text, revision=made, before="…", after=sentence, start=start, end=start + len(sentence)
    )
    amend(text, ("The lock keeper counts", "A lock keeper, an old man, counts"), at=LATER + timedelta(hours=1))
    noted.refresh_from_db()
    live = cast.live(text)
    assert live.text[noted.start : noted.end] == sentence
    assert standing(noted, live) == (noted.start, noted.end)
    amend(text, ("nobody reads his numbers", "nobody reads them"), at=LATER + timedelta(hours=2))
    noted.refresh_from_db()
    assert (noted.start, noted.end) == (None, None)
    assert standing(noted, cast.live(text)) is None


def test_a_corrected_sentence_is_found_when_a_scheduled_version_came_by_its_date():
    text, soon = amend(article(), ("since 1998", "since 1989")), LATER + timedelta(days=1)
    made = cast.live(text)
    Correction.objects.all().delete()
    start = made.text.index("The river is slow here.")
    noted = Correction.objects.create(
        article=text, revision=made, before="…", after="The river is slow here.", start=start, end=start + 23
    )
    text = change(text, ("The lock keeper", "A lock keeper"))
    text = actions.schedule(text, by=None, goes_live_at=soon, at=LATER)
    current = text.current(soon)
    assert current
    assert standing(noted, current) == (start - 2, start + 21)
    amend(text, ("counts boats", "counts all boats"), at=soon + timedelta(hours=1))
    noted.refresh_from_db()
    assert cast.live(text).text[noted.start : noted.end] == "The river is slow here."


def test_any_number_of_reports_is_carried_in_the_same_number_of_queries():
    text = article()
    counts = []
    for number in (1, 1, 30):
        for _each in range(number):
            report(text, "carries children")
        version = cast.live(text).number
        with CaptureQueriesContext(connection) as asked:
            amend(text, ("counts", "counts again"), at=LATER + timedelta(hours=version))
        counts.append(len(asked.captured_queries))
    assert counts[1] == counts[2]
