"""Other words in one place of a public article: what readers see, what else gets them, and who is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles import actions, reactions
from articles.models import Article, Revision
from articles.reactions import Event, Verb
from articles.rewording import CrossesMarkup
from newsroom.models import Fact
from tests import cast
from tests.articles.test_races import at_once, kinds
from tests.cast import NOON

pytestmark = pytest.mark.django_db
Kind, Place = Revision.KindOfChange, Revision.NoticePlace
LATER = NOON + timedelta(days=1)
TYPO = actions.Change(Kind.TYPO)


def reword(article: Article, old: str = "boats", new: str = "barges", **options: Any) -> actions.Reworded:
    seen = options.pop("seen_revision", None) or cast.live(article)
    start = seen.text.index(old)
    defaults: dict[str, Any] = {"change": TYPO, "by": None, "at": LATER}
    return actions.reword_live(
        article, start=start, end=start + len(old), words=new, seen_revision=seen, **defaults | options
    )


def edit(article: Article, old: str, new: str, at: Any = LATER) -> Article:
    article = Article.objects.get(pk=article.pk)
    assert old in article.body
    article.body = article.body.replace(old, new)
    return actions.save_draft(article, by=None, at=at)


def test_readers_see_the_new_words_and_the_old_version_keeps_its_own(client: Client):
    article, editor = cast.published(slug="boats"), cast.editor()
    done = reword(article, by=editor)
    page = client.get("/articles/boats/").content.decode()
    assert "counts barges." in page
    first, second = article.revisions.order_by("number")
    assert (first.text.count("boats"), second.text.count("boats")) == (1, 0)
    assert second.body == first.body.replace("counts boats", "counts barges")
    assert (second.made_by, second.kind_of_change, second.modified_at) == (editor, Kind.TYPO, NOON)
    assert done.article.live == second


def test_the_working_copy_that_readers_saw_gets_the_words_and_has_nothing_to_publish():
    article = cast.published()
    done = reword(article, by=cast.editor())
    kept = Article.objects.get(pk=article.pk)
    assert done.is_in_working_copy
    assert kept.body == cast.live(article).body
    assert not actions.differs(kept, cast.live(article))
    assert not Article.objects.unpublished().exists()
    with pytest.raises(actions.EditedMeanwhile):  # whoever had it open is told instead of bringing back the old words
        actions.save_draft(article, by=None, at=LATER, seen_version=article.version)


def test_a_working_copy_that_differs_elsewhere_gets_the_words_and_stays_unpublished(client: Client):
    article = edit(cast.published(slug="boats"), "Nobody asked me to stop", "They asked me to stop")
    done = reword(article, at=LATER + timedelta(hours=1))
    kept = Article.objects.get(pk=article.pk)
    assert done.is_in_working_copy
    assert "counts barges" in kept.body
    assert "They asked me" in kept.body
    assert "Nobody asked me" in client.get("/articles/boats/").content.decode()
    assert kept in Article.objects.unpublished()


def test_a_working_copy_that_says_so_already_is_left_as_it_is():
    article = edit(cast.published(), "counts boats", "counts barges")
    assert reword(article).is_in_working_copy
    assert not Article.objects.unpublished().exists()


def test_a_working_copy_whose_place_is_rewritten_is_left_and_that_is_said():
    article = edit(cast.published(), "The lock keeper counts boats.", "He makes lists.")
    done = reword(article)
    kept = Article.objects.get(pk=article.pk)
    assert not done.is_in_working_copy
    assert "He makes lists." in kept.body
    assert kept in Article.objects.unpublished()


def test_a_scheduled_version_gets_the_words_and_comes_at_its_time(client: Client):
    article = edit(cast.published(slug="boats"), "Nobody asked me to stop", "They asked me to stop")
    soon = LATER + timedelta(days=1)
    change = actions.Change(Kind.CORRECTION, "They did ask.", Place.TOP, "Heard again")
    editor = cast.editor()
    article = actions.schedule(article, by=editor, goes_live_at=soon, at=LATER, change=change)
    done = reword(article, at=LATER + timedelta(hours=1))
    assert done.is_in_scheduled
    article = Article.objects.get(pk=article.pk)
    live, scheduled = article.live, article.next
    assert live
    assert scheduled
    assert "barges" in live.text
    assert "Nobody asked" in live.text
    assert "barges" in scheduled.text
    assert "They asked" in scheduled.text
    assert (live.number, scheduled.number, article.revisions.count()) == (2, 3, 3)
    assert (scheduled.notice, scheduled.notice_place, scheduled.reason) == ("They did ask.", Place.TOP, "Heard again")
    assert (scheduled.goes_live_at, scheduled.made_by) == (soon, editor)
    assert article.current(soon) == scheduled
    assert "They did ask." in client.get("/articles/boats/").content.decode()  # these moments are long past


def test_a_scheduled_version_whose_place_is_rewritten_is_left_and_that_is_said():
    article = edit(cast.published(), "The lock keeper counts boats.", "He makes lists.")
    article = actions.schedule(article, by=None, goes_live_at=LATER + timedelta(days=1), at=LATER)
    done = reword(article)
    assert not done.is_in_scheduled
    assert "He makes lists." in done.article.next.text  # type: ignore[union-attr]


def test_a_scheduled_version_that_came_meanwhile_is_another_version():
    article = edit(cast.published(), "boats", "ships")
    seen = cast.live(article)
    article = actions.schedule(article, by=None, goes_live_at=LATER + timedelta(hours=1), at=LATER)
    with pytest.raises(actions.MovedOn):
        reword(article, seen_revision=seen, at=LATER + timedelta(hours=2))
    due = Article.objects.get(pk=article.pk).next
    assert reword(article, "ships", seen_revision=due, at=LATER + timedelta(hours=2)).article.live.text.count("barges")  # type: ignore[union-attr]


def test_reactions_and_facts_hear_of_it():
    heard: list[Event] = []
    reactions.add(heard.append)
    article = cast.published()
    Fact.objects.all().delete()
    reword(article)
    assert [event.verb for event in heard] == [Verb.PUBLISH, Verb.AMEND]
    assert heard[1].revision == cast.live(article)
    assert Fact.objects.filter(name=f"article:{article.pk}", changed_at=LATER).exists()


def test_a_reaction_that_fails_leaves_everything_as_it_was():
    article = cast.published()

    def fail(event: Event) -> None:
        raise RuntimeError

    reactions.add(fail)
    with pytest.raises(RuntimeError):
        reword(article)
    assert article.revisions.count() == 1
    assert "boats" in Article.objects.get(pk=article.pk).body


def test_what_cannot_be_done_changes_nothing():
    article = cast.published()
    with pytest.raises(CrossesMarkup):
        reword(article, "boats. He", "boats—he")
    with pytest.raises(actions.NothingToPublish):
        reword(article, "boats", "boats")
    with pytest.raises(actions.CannotPublish):
        reword(article, change=actions.Change(Kind.CORRECTION))
    assert article.revisions.count() == 1
    draft = cast.draft("Another")
    with pytest.raises(actions.NotPublished):
        reword(draft, seen_revision=cast.live(article))
    actions.take_down(article, reason="A court said so.", by=None, at=LATER)
    with pytest.raises(actions.TakenDown):
        reword(article)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_of_two_at_once_the_second_is_told(_round: int):
    article = cast.published()
    seen = cast.live(article)
    results = at_once(
        lambda: reword(article, "boats", "barges", seen_revision=seen),
        lambda: reword(article, "Nobody", "They", seen_revision=seen),
    )
    assert kinds(results) == ["MovedOn", "Reworded"]
    assert article.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_with_an_amendment_at_the_same_time_no_words_are_lost(_round: int):
    article = edit(cast.published(), "Nobody asked me to stop", "They asked me to stop")
    seen = cast.live(article)
    change = actions.Change(Kind.UPDATE)
    results = at_once(
        lambda: reword(article, seen_revision=seen),
        lambda: actions.amend(article, change=change, by=None, at=LATER, seen_version=article.version),
    )
    assert kinds(results) in (["EditedMeanwhile", "Reworded"], ["Article", "MovedOn"])
    kept = Article.objects.get(pk=article.pk)
    assert "They asked me" in kept.body
    assert ("barges" in kept.body) == ("barges" in cast.live(article).body)
