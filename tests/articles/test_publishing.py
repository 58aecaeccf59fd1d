"""Publish, schedule, amend, retract, take down: what readers see after each, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from articles import actions, reactions
from articles.models import Article, Assignment, Credit, FormerSlug, Revision
from newsroom.models import Fact
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db
Kind, Place = Revision.KindOfChange, Revision.NoticePlace
LATER = NOON + timedelta(days=1)


def correction(notice: str = "An earlier version gave a wrong year.") -> actions.Change:
    return actions.Change(Kind.CORRECTION, notice, Place.FOOT)


def test_a_draft_may_lack_anything_and_readers_do_not_see_it(client: Client):
    actions.save_draft(Article(edition_id="en"), by=None, at=NOON)
    article = cast.draft(slug="lock-keeper")
    assert client.get("/articles/lock-keeper/").status_code == 404
    assert article.title not in client.get("/").content.decode()


@pytest.mark.parametrize("lacking", ["title", "text", "original", "translator", "section"])
def test_publishing_says_what_is_missing(lacking: str):
    article = cast.draft()
    match lacking:
        case "title":
            article.title = ""
        case "text":
            article.body = "<p> </p>"
        case "original":
            article.original = None
        case "section":
            article.section = None
        case "translator":
            article.credits.all().delete()
    actions.save_draft(article, by=None, at=NOON)
    with pytest.raises(actions.CannotPublish) as refusal:
        actions.publish(article, by=None, at=NOON)
    assert refusal.value.missing == [lacking]
    assert Article.objects.get(pk=article.pk).live is None


def test_our_own_text_needs_neither_original_nor_translator():
    article = cast.draft(kind=Article.Kind.OWN)
    article.original = None
    article.credits.all().delete()
    actions.save_draft(article, by=None, at=NOON)
    assert actions.publish(article, by=None, at=NOON).live


def test_a_published_article_has_an_address_made_of_its_title(client: Client):
    first = cast.published("Згорілий щит: п’ять Юріїв", edition="uk")
    second = cast.published("Згорілий щит: п’ять Юріїв", edition="uk")
    assert (first.slug, second.slug) == ("zghorilyi-shchyt-piat-yuriiv", "zghorilyi-shchyt-piat-yuriiv-2")
    assert client.get(f"/uk/articles/{first.slug}/").status_code == 200


def test_publishing_twice_is_refused():
    article = cast.published()
    with pytest.raises(actions.AlreadyPublished):
        actions.publish(article, by=None, at=LATER)
    assert article.revisions.count() == 1


def test_work_on_a_published_article_stays_invisible_until_it_is_published(client: Client):
    article = cast.published(slug="boats")
    article.title, article.body = "Another title", "<p>Other words.</p>"
    actions.save_draft(article, by=None, at=LATER)
    article.credits.all().delete()
    page = client.get("/articles/boats/").content.decode()
    assert "The lock keeper" in page
    assert "counts boats" in page
    assert "Ruth Calder" in page
    assert "Another title" not in page + client.get("/").content.decode()


def test_an_amendment_is_a_new_version_and_the_notice_stands_on_the_page(client: Client):
    article = cast.published(slug="boats")
    article.body = article.body.replace("1998", "1989")
    actions.save_draft(article, by=None, at=LATER)
    article = actions.amend(article, change=correction(), by=None, at=LATER)
    page = client.get("/articles/boats/").content.decode()
    assert "1989" in page
    assert "1998" not in page
    assert "An earlier version gave a wrong year." in page
    assert [r.number for r in article.revisions.order_by("number")] == [1, 2]
    assert article.live
    assert article.live.modified_at == LATER
    assert article.published_at == NOON


def test_a_typo_keeps_the_date_of_change():
    article = cast.published()
    article.title = "The lock-keeper"
    actions.save_draft(article, by=None, at=LATER)
    article = actions.amend(article, change=actions.Change(Kind.TYPO), by=None, at=LATER)
    assert article.live
    assert article.live.modified_at == NOON
    assert article.live.goes_live_at == LATER


@pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.CLARIFICATION, Kind.SOURCE_CORRECTED, Kind.EDITORS_NOTE])
def test_a_grave_change_needs_its_notice(kind: str):
    article = cast.published()
    article.title = "Changed"
    actions.save_draft(article, by=None, at=LATER)
    with pytest.raises(actions.CannotPublish) as refusal:
        actions.amend(article, change=actions.Change(kind), by=None, at=LATER)
    assert refusal.value.missing == ["notice", "notice_place"]


def test_publishing_changes_where_nothing_changed_is_refused():
    article = cast.published()
    with pytest.raises(actions.NothingToPublish):
        actions.amend(article, change=actions.Change(Kind.TYPO), by=None, at=LATER)


def test_a_draft_cannot_be_amended_retracted_or_taken_down():
    article = cast.draft()
    with pytest.raises(actions.NotPublished):
        actions.amend(article, change=correction(), by=None, at=NOON)
    with pytest.raises(actions.NotPublished):
        actions.retract(article, notice="No.", by=None, at=NOON)
    with pytest.raises(actions.NotPublished):
        actions.take_down(article, reason="No.", by=None, at=NOON)


def test_a_scheduled_article_becomes_public_at_its_moment_and_not_before():
    article = actions.schedule(cast.draft(), by=None, goes_live_at=LATER, at=NOON)
    assert not Article.objects.public(LATER - timedelta(seconds=1)).exists()
    assert Article.objects.public(LATER).get() == article
    assert article.current(LATER) == article.next


def test_nobody_is_named_before_something_of_theirs_is_public(client: Client):
    kropyva = cast.contributor("Kropyva")
    article = cast.draft(translator=kropyva)
    assert client.get("/people/kropyva/").status_code == 404
    actions.publish(article, by=None, at=NOON)
    assert client.get("/people/kropyva/").status_code == 200
    assert "Kropyva" in client.get("/translators/").content.decode()


def test_a_scheduled_article_is_on_no_page_yet(client: Client):
    far = NOON + timedelta(days=36_500)
    actions.schedule(cast.draft(slug="later"), by=None, goes_live_at=far, at=NOON)
    assert client.get("/articles/later/").status_code == 404
    assert "The lock keeper" not in client.get("/").content.decode() + client.get("/feed/").content.decode()


def test_a_schedule_in_the_past_is_refused():
    with pytest.raises(actions.WrongDate):
        actions.schedule(cast.draft(), by=None, goes_live_at=NOON, at=NOON)


def test_a_cancelled_schedule_makes_a_draft_again():
    article = actions.schedule(cast.draft(), by=None, goes_live_at=LATER, at=NOON)
    article = actions.unschedule(article, by=None, at=NOON)
    with pytest.raises(actions.NotScheduled):
        actions.unschedule(article, by=None, at=NOON)
    assert (article.published_at, article.next, article.revisions.count()) == (None, None, 0)
    assert actions.publish(article, by=None, at=NOON).live


def test_a_scheduled_change_leaves_the_present_text_standing():
    article = cast.published()
    article.title = "Tomorrow’s title"
    actions.save_draft(article, by=None, at=NOON)
    article = actions.schedule(article, by=None, goes_live_at=LATER, at=NOON, change=correction())
    before, after = article.current(LATER - timedelta(seconds=1)), article.current(LATER)
    assert before
    assert before.title == "The lock keeper"
    assert after
    assert after.title == "Tomorrow’s title"


def test_a_change_under_a_schedule_is_refused_and_after_it_builds_on_it():
    article = cast.published()
    article.title = "Tomorrow’s title"
    actions.save_draft(article, by=None, at=NOON)
    article = actions.schedule(article, by=None, goes_live_at=LATER, at=NOON, change=correction())
    article.title = "Third title"
    actions.save_draft(article, by=None, at=NOON)
    with pytest.raises(actions.ChangeScheduled):
        actions.amend(article, change=correction(), by=None, at=NOON)
    article = actions.amend(article, change=correction(), by=None, at=LATER + timedelta(hours=1))
    assert article.next is None
    assert [r.title for r in article.revisions.order_by("number")] == [
        "The lock keeper", "Tomorrow’s title", "Third title",
    ]  # fmt: skip


def test_retracting_keeps_the_page_says_so_and_does_not_publish_unfinished_work(client: Client):
    article = cast.published(slug="boats")
    article.body = "<p>Unfinished.</p>"
    actions.save_draft(article, by=None, at=LATER)
    article = actions.retract(article, notice="The keeper does not exist.", by=None, at=LATER)
    page = client.get("/articles/boats/").content.decode()
    assert "The keeper does not exist." in page
    assert "counts boats" in page
    assert "Unfinished" not in page
    assert article.retracted_at == LATER


def test_pressing_twice_publishes_once():
    article = cast.published()
    seen = article.version
    article = actions.amend(article, change=correction(), by=None, at=LATER, seen_version=seen)
    with pytest.raises(actions.EditedMeanwhile):
        actions.amend(article, change=correction(), by=None, at=LATER, seen_version=seen)
    actions.retract(article, notice="No.", by=None, at=LATER)
    with pytest.raises(actions.AlreadyRetracted):
        actions.retract(article, notice="No.", by=None, at=LATER)
    assert article.revisions.count() == 3


def test_nothing_is_published_under_a_take_down(client: Client):
    article = cast.published(slug="boats")
    article.title = "Changed"
    actions.save_draft(article, by=None, at=LATER)
    actions.take_down(article, reason="Danger.", by=None, at=LATER)
    with pytest.raises(actions.TakenDown):
        actions.amend(article, change=correction(), by=None, at=LATER)
    with pytest.raises(actions.TakenDown):
        actions.retract(article, notice="No.", by=None, at=LATER)
    with pytest.raises(actions.TakenDown):
        actions.schedule(article, by=None, goes_live_at=LATER + timedelta(days=1), at=LATER, change=correction())
    former = cast.published("Second", slug="second")
    former.slug = "other"
    actions.save_draft(former, by=None, at=LATER)
    actions.take_down(former, reason="Danger.", by=None, at=LATER)
    assert client.get("/articles/second/", follow=True).status_code == 410


def test_a_later_change_of_the_original_changes_no_published_page(client: Client):
    article = cast.published(slug="boats", at=NOON)
    original = article.original
    assert original
    original.title, original.author = "Etwas anderes", "Niemand"
    original.save()
    assert "Der Schleusenwärter" in client.get("/articles/boats/").content.decode()
    actions.amend(article, change=actions.Change(Kind.UPDATE), by=None, at=LATER)
    assert "Etwas anderes" in client.get("/articles/boats/").content.decode()


def test_a_notice_of_blanks_is_none():
    article = cast.published()
    with pytest.raises(actions.CannotPublish):
        actions.amend(article, change=actions.Change(Kind.CORRECTION, "  \n ", Place.FOOT), by=None, at=LATER)


def test_a_dropped_assignment_gives_no_right_and_is_not_started():
    tim = cast.translator_account()
    assignment = actions.assign(to=tim, edition="en", subject="Boats", by=None, at=NOON)
    article = actions.start(assignment, by=cast.editor(), at=NOON)
    assert article in Article.objects.editable_by(tim)
    actions.drop(assignment, by=None, at=NOON)
    assert article not in Article.objects.editable_by(tim)
    with pytest.raises(actions.AlreadyDecided):
        actions.drop(assignment, by=None, at=NOON)
    other = actions.assign(to=tim, edition="en", subject="Ships", by=None, at=NOON)
    actions.drop(other, by=None, at=NOON)
    with pytest.raises(actions.AlreadyDecided):
        actions.start(other, by=tim, at=NOON)


def test_taking_down_answers_410_with_the_reason_and_removes_it_everywhere(client: Client):
    article = cast.published(slug="boats")
    actions.take_down(article, reason="A witness is in danger.", by=None, at=LATER)
    gone = client.get("/articles/boats/")
    assert gone.status_code == 410
    assert "A witness is in danger." in gone.content.decode()
    assert "counts boats" not in gone.content.decode()
    for address in ("/", "/sections/society/", "/topics/rivers/", "/people/ruth-calder/", "/feed/"):
        assert "The lock keeper" not in client.get(address).content.decode()
    actions.put_back(article, by=None, at=LATER)
    assert client.get("/articles/boats/").status_code == 200


def test_a_changed_address_leads_to_the_new_one_for_ever(client: Client):
    article = cast.published(slug="boats")
    for slug in ("ships", "vessels"):
        article.slug = slug
        actions.save_draft(article, by=None, at=LATER)
    for former in ("boats", "ships"):
        answer = client.get(f"/articles/{former}/")
        assert (answer.status_code, answer["Location"]) == (301, "/articles/vessels/")
    article.slug = "boats"
    actions.save_draft(article, by=None, at=LATER)
    assert client.get("/articles/boats/").status_code == 200
    assert not FormerSlug.objects.filter(slug="boats").exists()


def test_an_address_that_leads_to_another_article_is_refused():
    article = cast.published(slug="boats")
    article.slug = "ships"
    actions.save_draft(article, by=None, at=LATER)
    with pytest.raises(actions.AddressTaken):
        cast.draft(slug="boats")


def test_the_second_of_two_savers_is_told():
    article = cast.draft()
    first, second = Article.objects.get(pk=article.pk), Article.objects.get(pk=article.pk)
    first.title = "First"
    actions.save_draft(first, by=cast.editor(), at=NOON, seen_version=0)
    second.title = "Second"
    with pytest.raises(actions.EditedMeanwhile) as refusal:
        actions.save_draft(second, by=None, at=NOON, seen_version=0)
    assert refusal.value.theirs.title == "First"


def test_an_earlier_version_can_be_put_back_into_the_draft(client: Client):
    article = cast.published(slug="boats")
    first = article.live
    assert first
    article.title, article.body = "New", "<p>New.</p>"
    actions.save_draft(article, by=None, at=LATER)
    article.credits.all().delete()
    Credit.objects.create(article=article, contributor=cast.contributor("Iain Moss"), role="translator")
    article = actions.amend(article, change=actions.Change(Kind.UPDATE), by=None, at=LATER)
    article = actions.restore_as_draft(article, revision=first, by=None, at=LATER)
    assert article.title == "The lock keeper"
    assert [credit.contributor.name for credit in article.credits.all()] == ["Ruth Calder"]
    assert "New" in client.get("/articles/boats/").content.decode()


def test_a_revision_keeps_the_name_of_the_edition():
    ruth = cast.contributor("Ruth Calder", "Рут Колдер")
    article = cast.published(edition="uk", translator=ruth)
    assert article.live
    assert article.live.credits == [
        {"person": ruth.pk, "name": "Рут Колдер", "slug": "ruth-calder", "role": "translator", "place": "both"}
    ]


def test_begin_the_other_edition_with_what_both_share():
    article = cast.draft()
    cast.section("uk"), cast.topic("uk")
    begun = actions.begin_translation(article, edition="uk", by=None, at=NOON)
    assert begun.family == article.family
    assert begun.original == article.original
    assert begun.section
    assert begun.section.slug == "society"
    assert [topic.slug for topic in begun.topics.all()] == ["rivers"]
    assert actions.begin_translation(article, edition="uk", by=None, at=NOON) == begun


def test_an_assignment_becomes_an_article_with_its_translator_and_ends_with_its_publication():
    tim = cast.translator_account()
    cast.contributor("Tim Holt", account=tim)
    assignment = actions.assign(to=tim, edition="en", original=cast.original(), by=None, at=NOON)
    article = actions.start(assignment, by=tim, at=NOON)
    assert actions.start(assignment, by=tim, at=NOON) == article
    assert [credit.contributor.name for credit in article.credits.all()] == ["Tim Holt"]
    article.title, article.body, article.section = "Title", "<p>Text.</p>", cast.section()
    actions.save_draft(article, by=tim, at=NOON)
    actions.publish(article, by=None, at=NOON)
    assignment.refresh_from_db()
    assert assignment.status == Assignment.Status.DONE


def test_reactions_run_in_the_action_and_a_failing_one_undoes_it():
    heard: list[reactions.Event] = []
    reactions.add(heard.append)
    article = cast.published()
    assert [(event.verb, event.article, event.revision) for event in heard] == [
        (reactions.Verb.PUBLISH, article, article.live)
    ]

    def fail(event: reactions.Event) -> None:
        raise RuntimeError("no index")

    reactions.add(fail)
    second = cast.draft("Second")
    with pytest.raises(RuntimeError):
        actions.publish(second, by=None, at=NOON)
    assert Article.objects.get(pk=second.pk).live is None
    assert not Fact.objects.filter(name=f"article:{second.pk}").exists()


def test_what_changes_in_public_is_recorded_as_facts():
    article = cast.published()
    names = set(Fact.objects.values_list("name", flat=True))
    person = article.credits.get().contributor_id
    assert {f"article:{article.pk}", "edition:en", f"section:{article.section_id}", f"person:{person}"} <= names
    Fact.objects.all().delete()
    draft = cast.draft("Other")
    draft.body = "<p>Only a draft.</p>"
    actions.save_draft(draft, by=None, at=LATER)
    assert not Fact.objects.exists()
    new = cast.topic(slug="law")
    actions.save_draft(article, by=None, at=LATER, topics=[new])
    old = cast.topic()
    assert {f"topic:{new.pk}", f"topic:{old.pk}"} <= set(Fact.objects.values_list("name", flat=True))


def test_the_database_holds_what_must_never_be_false():
    article = cast.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(published_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(slug="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(taken_down_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(article=article).update(kind_of_change="retraction")


def test_publishing_warns_where_the_right_to_translate_is_missing():
    granted = cast.draft()
    assert actions.warnings_for_publication(granted, NOON) == []
    unknown = cast.draft("Two", original=cast.original(source=None))
    assert "no source" in actions.warnings_for_publication(unknown, NOON)[0]
    source = granted.original.source if granted.original else None
    assert source
    source.right_ends_date = (NOON - timedelta(days=1)).date()
    source.save()
    assert "No right to translate" in actions.warnings_for_publication(granted, NOON)[0]
