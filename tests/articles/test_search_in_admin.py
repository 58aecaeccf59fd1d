"""Editors find articles by any form of their words, published or not, and only those that they may edit."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import actions
from articles.models import Assignment, Contributor, ContributorName
from articles.search import admin
from articles.tasks import index_person
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def listed(client: Client, q: str) -> set[str]:
    response = client.get(LIST, {"q": q})
    assert response.status_code == 200
    return {str(article) for article in response.context["cl"].result_list}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.editor())
    return client


def test_drafts_and_published_articles_are_found_by_inflected_words(editor: Client):
    cast.draft("Ніч на ринку", edition="uk")
    cast.published("Ночі без світла", edition="uk", standfirst="", body="<p>Текст.</p>")
    cast.draft("Nothing of it", standfirst="", body="")
    assert listed(editor, "ночами") == {"Ніч на ринку", "Ночі без світла"}
    assert listed(editor, "ринк") == {"Ніч на ринку"}  # its first letters


def test_of_a_common_word_the_newest_are_listed_and_a_rare_one_is_found_however_old(
    editor: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(admin, "FOUND", 1)
    monkeypatch.setattr(admin, "_LATEST", 2)
    for name in ("Zebra", "Horse", "Donkey", "Mule"):
        cast.draft(f"{name} at the lock")
    assert listed(editor, "locks") == {"Mule at the lock"}
    assert listed(editor, "zebras") == {"Zebra at the lock"}


def test_what_an_editor_has_changed_is_found_and_so_is_what_readers_see(editor: Client):
    article = cast.published("Horse")
    article.title = "Zebra"
    actions.save_draft(article, by=None, at=NOON)
    assert listed(editor, "horse") == listed(editor, "zebra") == {"Zebra"}
    article.title = "Horse"
    actions.save_draft(article, by=None, at=NOON)
    assert listed(editor, "zebra") == set()
    assert article.search_entries.count() == 1


def test_what_was_taken_down_is_found_by_its_working_copy(editor: Client):
    article = cast.published("Horse", slug="an-animal")
    actions.take_down(article, reason="Asked to.", by=None, at=NOON)
    assert listed(editor, "horse") == {"Horse"}


def test_a_draft_is_found_by_its_address_its_original_and_its_people(editor: Client):
    cast.draft("Boats", slug="boats-of-old", original=cast.original(title="Die Kähne", author="Jannes Witthöft"))
    cast.draft(
        "Other", slug="other", original=cast.original(title="X", author="Y"), translator=cast.contributor("Bo Lund")
    )
    assert listed(editor, "boats-of-old") == {"Boats"}
    assert listed(editor, "Kähne") == {"Boats"}
    assert listed(editor, "Lund") == {"Other"}
    assert listed(editor, "Calder") == {"Boats"}


def test_a_translator_finds_only_what_may_be_edited(client: Client):
    translator = cast.translator_account()
    mine = cast.draft("My zebra", by=translator)
    cast.draft("Their zebra")
    given = cast.published("Given zebra")
    Assignment.objects.create(
        edition_id="en", assignee=translator, original=given.original, article=given, status="done", given_at=NOON
    )
    client.force_login(translator)
    assert listed(client, "zebra") == {"My zebra", "Given zebra"}
    found = client.get("/admin/autocomplete/", {"app_label": "articles", "model_name": "relatedarticle", "field_name": "related",
                                                 "term": "zebra"})  # fmt: skip
    assert "Their zebra" not in found.content.decode()
    assert mine.search_entries.count() == 1


def test_a_new_name_of_a_contributor_finds_the_articles_that_credit_the_person(client: Client):
    article = cast.published("Horse", translator=cast.contributor("Ruth Calder"))
    client.force_login(cast.chief())
    person = article.credits.get().contributor
    form = {"name": "Ruth Calder", "bio": "", "account": "", "names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0",
            "names-0-edition": "uk", "names-0-name": "Рут Колдер", "names-0-bio": ""}  # fmt: skip
    response = client.post(f"/admin/articles/contributor/{person.pk}/change/", form)
    assert response.status_code == 302
    job = ProcrastinateJob.objects.get(task_name="articles.tasks.index_person")
    index_person(**job.args)
    assert "Horse" in client.get("/search/", {"q": "Колдер"}).content.decode()


def test_whoever_renames_a_contributor_has_the_articles_found_by_the_new_names(client: Client):
    person = cast.contributor("Ruth Calder", "Рут Колдер")
    cast.published("Horse", translator=person)
    actions.rename_contributor(person, name="Ruth Moss", names={"en": "R. L. Moss-Grove"}, at=NOON)
    assert list(person.names.values_list("edition", "name")) == [("en", "R. L. Moss-Grove")]
    index_person(**ProcrastinateJob.objects.get(task_name="articles.tasks.index_person").args)
    for q in ("Ruth Moss", "Grove"):
        assert "Horse" in client.get("/search/", {"q": q}).content.decode()
    assert 'class="u-url"' not in client.get("/search/", {"q": "Колдер"}).content.decode()


@pytest.mark.parametrize("q", ["-", '"', "the", "😀", "a" * 5000, "'\\:*", "zeb -zebra", "( & )"])
def test_any_question_gets_a_list(editor: Client, q: str):
    cast.draft("Zebra")
    listed(editor, q)


def test_a_question_of_many_words_is_answered_soon_and_one_too_long_is_refused(editor: Client):
    people = Contributor.objects.bulk_create([Contributor(name=f"Anna Bo {n}", slug=f"anna-{n}") for n in range(100)])
    ContributorName.objects.bulk_create(
        [
            ContributorName(contributor=person, edition_id=code, name="Ann Bo")
            for person in people
            for code in ("en", "uk")
        ]
    )
    cast.draft("Zebra", translator=people[0])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '2s'")
    assert listed(editor, "a n b o " * 5) == {"Zebra"}
    assert listed(editor, " ".join(f"w{number}" for number in range(1_600))) == set()
    shown = editor.get(LIST, {"q": "zebra " * 200}).content.decode()
    assert "That is too long to search for: 1,199 characters, and 200 are the most." in shown
    assert "zebra zebra" in shown
