"""Two people at once, over two real connections: the second is told, and nothing is done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles import actions
from articles.models import Article, Picture, Revision
from tests import cast
from tests.articles.test_admin import fields
from tests.cast import NOON

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(days=1)
CHANGE = actions.Change(Revision.KindOfChange.CORRECTION, "It was 1989.", Revision.NoticePlace.FOOT)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised, run in threads that begin together."""
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            start.wait()
            results[number] = acts[number]()
        except Exception as error:  # noqa: BLE001  (whatever it is, the test looks at it)
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def kinds(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("_round", range(5))
def test_published_by_two_it_is_published_once(_round: int):
    article = cast.draft()

    def publish() -> Article:
        return actions.publish(Article.objects.get(pk=article.pk), by=None, at=NOON)

    assert kinds(at_once(publish, publish)) == ["AlreadyPublished", "Article"]
    assert article.revisions.count() == 1


@pytest.mark.parametrize("_round", range(5))
def test_amended_by_two_who_saw_the_same_it_is_amended_once(_round: int):
    article = cast.published()

    def amend() -> Article:
        return actions.amend(article, change=CHANGE, by=None, at=LATER, seen_version=article.version)

    assert kinds(at_once(amend, amend)) == ["Article", "EditedMeanwhile"]
    assert article.revisions.count() == 2


def test_a_change_and_a_schedule_at_once_never_hide_the_article():
    article = cast.published()
    far = LATER + timedelta(days=9)
    at_once(
        lambda: actions.amend(article, change=CHANGE, by=None, at=LATER),
        lambda: actions.schedule(article, by=None, goes_live_at=far, at=LATER, change=CHANGE),
    )
    assert Article.objects.public(LATER).get().published_at == NOON


def test_two_articles_of_one_title_published_at_once_have_two_addresses():
    first, second = cast.draft("One title"), cast.draft("One title")
    results = at_once(*(lambda one=one: actions.publish(one, by=None, at=NOON) for one in (first, second)))
    assert kinds(results) == ["Article", "Article"]
    assert sorted(article.slug for article in results) == ["one-title", "one-title-2"]


def test_a_translation_begun_by_two_is_begun_once():
    article = cast.draft()
    results = at_once(*[lambda: actions.begin_translation(article, edition="uk", by=None, at=NOON)] * 2)
    assert kinds(results) == ["Article", "Article"]
    assert Article.objects.filter(edition="uk").count() == 1


@pytest.mark.parametrize("_round", range(5))
def test_a_picture_deleted_while_an_article_takes_it_stays_or_is_missed(_round: int):
    picture, article = cast.ready_picture(), cast.draft()
    article.lead_picture = picture
    saved = at_once(
        lambda: actions.save_draft(article, by=None, at=LATER),
        lambda: actions.delete_picture(picture),
    )
    assert kinds(saved) in (["Article", "PictureInUse"], ["NoneType", "PictureMissing"])


def test_the_form_of_an_article_whose_picture_was_just_deleted_says_so_and_keeps_what_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    picture, article = cast.ready_picture(), cast.draft()
    client.force_login(cast.editor())
    url = f"/admin/articles/article/{article.pk}/change/"
    answers = fields(client, url) | {"title": "Typed long", "lead_picture": picture.key}
    save = actions.save_draft

    def save_too_late(*args: Any, **options: Any) -> Article:
        at_once(lambda: Picture.objects.filter(pk=picture.pk).delete())  # over another connection
        return save(*args, **options)

    monkeypatch.setattr(actions, "save_draft", save_too_late)
    page = client.post(url, answers).content.decode()
    assert "This picture is not in the library" in page
    assert "Typed long" in page
