"""A correction of one edition is shown to the editors of the same text in the others, until one of them has seen to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article, Assignment
from corrections.models import Correction, FollowUp
from tests import cast
from tests.corrections.changes import LATER, Kind, change, edited, pair, published, typo

pytestmark = pytest.mark.django_db
HEADING = "Corrected in another edition"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.editor())
    return client


def form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def seen_to(follow_up: FollowUp) -> str:
    return reverse("admin:corrections_followup_see_to", args=[follow_up.pk])


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_editors_see_the_changed_sentence_on_their_first_page_and_in_the_article(editor: Client):
    english, ukrainian = pair()
    kept = change(english)
    for path in ("/admin/", form_of(ukrainian)):
        page = text_of(editor, path)
        assert HEADING in page
        assert "since <del>1998</del><ins>1989</ins>." in page
        assert "It was in 1989." in page
        assert kept.get_absolute_url() in page
    assert HEADING not in text_of(editor, form_of(english))


def test_one_button_says_that_it_was_seen_to(editor: Client):
    english, ukrainian = pair()
    change(english)
    waiting = FollowUp.objects.get()
    answer = editor.post(seen_to(waiting), {"back": "article"})
    assert (answer.status_code, answer["Location"]) == (302, form_of(ukrainian))
    waiting.refresh_from_db()
    assert waiting.seen_to_at
    assert str(waiting.seen_to_by) == "edith"
    for path in ("/admin/", form_of(ukrainian)):
        assert HEADING not in text_of(editor, path)


def test_the_first_who_saw_to_it_is_kept(editor: Client):
    change(pair()[0])
    waiting = FollowUp.objects.get()
    editor.post(seen_to(waiting))
    editor.force_login(cast.editor("other"))
    assert editor.post(seen_to(waiting))["Location"] == "/admin/"
    waiting.refresh_from_db()
    assert str(waiting.seen_to_by) == "edith"


def test_a_typo_concerns_no_other_language(editor: Client):
    typo(pair()[0])
    assert not FollowUp.objects.exists()


def test_a_retraction_concerns_every_language(editor: Client):
    actions.retract(pair()[0], notice="Its author made him up.", by=None, at=LATER)
    assert "Its author made him up." in text_of(editor, "/admin/")


def test_an_article_without_counterpart_concerns_nobody():
    change(published())
    assert not FollowUp.objects.exists()


def test_a_scheduled_change_is_shown_when_readers_see_it(editor: Client):
    english, at = edited(pair()[0], "1998", "1989"), timezone.now()
    told = actions.Change(Kind.CORRECTION, "It was in 1989.", "foot")
    actions.schedule(english, change=told, goes_live_at=at + timedelta(hours=1), by=None, at=at)
    assert FollowUp.objects.exists()
    assert HEADING not in text_of(editor, "/admin/")


def test_what_was_withdrawn_needs_nobody(editor: Client):
    kept = change(pair()[0])
    Correction.objects.filter(pk=kept.pk).update(withdrawn_at=LATER)
    assert HEADING not in text_of(editor, "/admin/")


def test_a_translator_sees_those_of_articles_given_to_them_and_no_others(client: Client):
    tim = cast.translator_account()
    client.force_login(tim)
    english, ukrainian = pair()
    change(english)
    waiting = FollowUp.objects.get()
    assert HEADING not in text_of(client, "/admin/")
    assert client.post(seen_to(waiting)).status_code == 404
    waiting.refresh_from_db()
    assert waiting.seen_to_at is None
    fields: dict[str, Any] = {"edition_id": "uk", "original": ukrainian.original, "given_at": LATER}
    Assignment.objects.create(assignee=tim, article=ukrainian, **fields)
    assert HEADING in text_of(client, "/admin/")
    assert client.post(seen_to(waiting)).status_code == 302


def test_whoever_is_not_signed_in_is_refused(client: Client):
    change(pair()[0])
    assert client.post(seen_to(FollowUp.objects.get())).status_code == 403


def test_looking_alone_sees_to_nothing(editor: Client):
    change(pair()[0])
    waiting = FollowUp.objects.get()
    assert editor.get(seen_to(waiting)).status_code == 405
    waiting.refresh_from_db()
    assert waiting.seen_to_at is None


def test_the_first_page_takes_as_many_queries_however_many_wait(editor: Client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert HEADING in text_of(editor, "/admin/")
        return len(captured)

    english, _ukrainian = pair()
    change(english)
    text_of(editor, "/admin/")
    before = queries()
    for number in range(5):
        change(english, f"{1989 + number}", f"{1990 + number}")
    assert queries() == before


def test_the_other_editions_draft_of_a_title_stays_with_its_editors(editor: Client):
    english, ukrainian = pair()
    change(english)
    english.refresh_from_db()
    english.title = "A title that nobody has published"
    actions.save_draft(english, by=None, at=LATER)
    panel = text_of(editor, form_of(ukrainian)).partition(HEADING)[2].partition("</section>")[0]
    assert "counts boats" in panel or "lock keeper" in panel
    assert "A title that nobody has published" not in panel


def test_what_was_taken_down_since_asks_nobody_to_follow(editor: Client):
    english, ukrainian = pair()
    change(english)
    actions.take_down(english, reason="It harmed somebody.", by=None, at=LATER + timedelta(hours=1))
    assert HEADING not in text_of(editor, form_of(ukrainian))
