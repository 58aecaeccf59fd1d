"""The library in the admin: found, described, its focal point set, kept while an article shows it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client

from articles import actions
from articles.models import Picture, PictureText, PictureUse
from articles.pictures import focus_classes, uses
from tests import cast
from tests.pictures.test_cards import work

pytestmark = pytest.mark.django_db
LIBRARY = "/admin/articles/picture/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.editor())
    return client


def figure(picture: Picture) -> str:
    return f'<figure data-picture="{picture.key}"><img alt="A river"><figcaption>Winter</figcaption></figure>'


def in_use(picture: Picture, title: str = "The lock keeper") -> Any:
    """An article whose working copy shows the picture."""
    article = cast.draft(title)
    article.body += figure(picture)
    uses.note_draft(article)
    return article


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{LIBRARY}{query}").content.decode()
    return sorted(re.findall(r'nr-picture__title">([^<]*)', page))


def change_url(picture: Picture, page: str = "change") -> str:
    return f"{LIBRARY}{picture.pk}/{page}/"


def sent(client: Client, picture: Picture, **changes: Any) -> dict[str, Any]:
    form = client.get(change_url(picture)).context["adminform"].form
    values = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    return values | changes


def test_the_library_is_searched_and_filtered(editor: Client):
    river = cast.ready_picture(title="A river")
    PictureText.objects.create(picture=river, edition_id="en", alt="Ice on the water", caption="February")
    cast.ready_picture(title="No name under it", credit="")
    failed = cast.picture(title="Broken")
    Picture.objects.filter(pk=failed.pk).update(status="failed", failure="damaged")
    in_use(cast.ready_picture(title="In use", right=Picture.Right.OWN))
    assert titles(editor) == ["A river", "Broken", "In use", "No name under it"]
    assert titles(editor, "?q=ice+february") == ["A river"]
    assert titles(editor, "?q=ruth+calder+broken") == ["Broken"]
    assert titles(editor, "?no_credit=1") == ["No name under it"]
    assert titles(editor, "?unused=1") == ["A river", "Broken", "No name under it"]
    assert titles(editor, "?status__exact=failed") == ["Broken"]
    assert titles(editor, "?right__exact=own") == ["In use"]
    page = editor.get(LIBRARY).content.decode()
    assert "in 1 article" in page
    assert "The file is damaged." in page
    assert titles(editor, "?q=%00") == titles(editor)
    assert titles(editor, f"?q={'x+' * 5000}") == []


def test_the_dialog_reads_past_what_no_text_can_hold(editor: Client):
    picture = cast.ready_picture(title="A river", credit="")
    found = editor.get(f"{LIBRARY}search/?q=river%00&edition=en%00").json()["pictures"]
    assert [one["key"] for one in found] == [picture.key]
    state = editor.get(f"{LIBRARY}status/?key={picture.key}%00&edition=%00").json()["pictures"]
    assert [one["key"] for one in state] == [picture.key]
    assert editor.post(f"{LIBRARY}credit/", {"key": "\x00", "credit": "Ruth"}).status_code == 400
    assert editor.post(f"{LIBRARY}credit/", {"key": picture.key + "\x00", "credit": "Ruth\x00"}).status_code == 200
    assert Picture.objects.get().credit == "Ruth"


def test_the_library_takes_as_many_queries_with_many_pictures(editor: Client, django_assert_num_queries: Any):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    in_use(cast.ready_picture())
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            editor.get(LIBRARY)
        counts.append(len(captured))
        for number in range(6):
            in_use(cast.ready_picture(title=f"Picture {number}"), f"Story {number}")
    assert counts[0] == counts[1]


def test_a_picture_is_described_in_each_edition_and_its_focal_point_set(editor: Client):
    picture = cast.ready_picture()
    page = editor.get(change_url(picture)).content.decode()
    assert "nr-focus__point" in page
    answers = sent(
        editor, picture, alt_en="A river", caption_en="In winter", alt_uk="Річка", focus_x="20", focus_y="80"
    )
    answer = editor.post(change_url(picture), answers | {"credit": " Ruth  Calder "}, follow=True)
    assert answer.status_code == 200
    picture.refresh_from_db()
    assert (picture.focus, picture.credit) == ("20 80", "Ruth Calder")
    assert set(picture.texts.values_list("edition", "alt", "caption")) == {
        ("en", "A river", "In winter"),
        ("uk", "Річка", ""),
    }
    again = sent(editor, picture)
    assert (again["alt_uk"], again["focus_y"]) == ("Річка", 80)


@pytest.mark.parametrize("wrong", [{"focus_x": "101"}, {"focus_y": "-1"}, {"focus_x": "left"}, {"title": ""}])
def test_what_is_wrong_in_the_form_is_told_and_nothing_typed_is_lost(editor: Client, wrong: dict[str, str]):
    picture = cast.ready_picture()
    answer = editor.post(change_url(picture), sent(editor, picture, alt_en="Typed", **wrong))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert "Typed" in answer.content.decode()


def test_a_picture_that_is_used_says_where_and_stays(editor: Client):
    picture = cast.ready_picture()
    article = in_use(picture)
    assert f"/admin/articles/article/{article.pk}/change/" in editor.get(change_url(picture)).content.decode()
    for method in (editor.get, editor.post):
        answer = method(change_url(picture, "delete"), {"post": "yes"}, follow=True)
        assert "is used in “The lock keeper”, so it cannot be deleted" in answer.content.decode()
    with pytest.raises(actions.PictureInUse):
        actions.delete_picture(picture)
    with pytest.raises(ProtectedError):
        picture.delete()
    assert Picture.objects.exists()


def test_after_a_new_credit_the_articles_are_named_whose_page_shows_the_old_one(editor: Client, client: Client):
    picture = cast.ready_picture(credit="Jan Wit")
    public, draft = in_use(picture, "Public with it"), in_use(picture, "A draft with it")
    actions.save_draft(public, by=None, at=cast.NOON)
    public = actions.publish(public, by=None, at=cast.NOON)
    page = editor.post(change_url(picture), sent(editor, picture, title="Same to us"), follow=True).content.decode()
    assert "as before" not in page
    page = editor.post(change_url(picture), sent(editor, picture, credit="Ewa Nowak"), follow=True).content.decode()
    told = re.search(r"The public page of 1 article shows it as before.*", page)
    assert told
    assert f'<a href="/admin/articles/article/{public.pk}/change/" lang="en">Public with it</a>' in told[0]
    assert str(draft) not in told[0]
    client.force_login(cast.translator_account())
    page = client.post(change_url(picture), sent(client, picture, credit="E. Nowak"), follow=True).content.decode()
    assert f'<a href="{public.get_absolute_url()}" lang="en">Public with it</a>' in page


def test_whoever_changes_a_description_is_told_that_articles_keep_theirs(editor: Client):
    picture = cast.ready_picture()
    told = "keep their own description"
    page = editor.post(change_url(picture), sent(editor, picture, alt_en="A river"), follow=True).content.decode()
    assert told not in page
    in_use(picture)
    page = editor.post(change_url(picture), sent(editor, picture, alt_en="A lake"), follow=True).content.decode()
    assert told in page


def test_an_unused_picture_goes_and_the_queue_removes_its_files(editor: Client):
    picture = cast.picture()
    names = [f"pictures/{picture.key}/80.{ending}" for ending in ("jpg", "avif")]
    work()
    assert all(storages["public"].exists(name) for name in names)
    editor.post(change_url(picture, "delete"), {"post": "yes"})
    assert not Picture.objects.exists()
    assert all(storages["public"].exists(name) for name in names)  # a slow storage keeps nobody waiting
    work()
    assert not any(storages["public"].exists(name) for name in names)
    assert not storages["default"].exists(str(picture.file.name))


def test_a_translator_describes_pictures_but_deletes_none(client: Client):
    client.force_login(cast.translator_account())
    picture = cast.ready_picture()
    assert client.post(change_url(picture), sent(client, picture, title="Mine")).status_code == 302
    assert client.post(change_url(picture, "delete"), {"post": "yes"}).status_code == 403
    assert Picture.objects.get().title == "Mine"


def test_a_picture_is_prepared_anew_by_a_button(editor: Client, client: Client):
    picture = cast.picture()
    Picture.objects.update(status="failed", failure="damaged")
    assert editor.get(change_url(picture, "again")).status_code == 302
    assert Picture.objects.get().status == "failed"  # a link alone does nothing
    editor.post(change_url(picture, "again"))
    assert Picture.objects.get().status == "waiting"
    reader = cast.account("rob")
    reader.is_staff = True
    reader.save()
    client.force_login(reader)
    assert client.post(change_url(picture, "again")).status_code == 403
    assert client.get(change_url(picture, "original")).status_code == 403


def test_nobody_sees_the_library_without_signing_in(client: Client):
    picture = cast.ready_picture()
    for path in ("", "add/", "upload/", "search/", "status/", f"{picture.pk}/change/", f"{picture.pk}/again/"):
        assert client.get(f"{LIBRARY}{path}").status_code == 302


# --- Where pictures are used ---


def test_uses_follow_the_working_copy_and_stay_with_versions():
    first, second = cast.ready_picture(), cast.ready_picture()
    article = in_use(first)
    assert uses.keys_in(article.body + figure(first) + figure(second)) == [first.key, second.key]
    revision = cast.live(actions.publish(article, by=None, at=cast.NOON))
    revision.body += figure(first)
    uses.note_revision(revision)
    article.body, article.lead_picture = figure(second), second
    uses.note_draft(article)
    uses.note_draft(article)
    noted = set(PictureUse.objects.values_list("picture__key", "revision"))
    assert noted == {(first.key, revision.pk), (second.key, None)}
    article.body, article.lead_picture = '<figure data-picture="unknown"></figure>', None
    uses.note_draft(article)
    assert PictureUse.objects.count() == 1
    assert list(Picture.objects.unused()) == [second]


def test_a_focal_point_outside_of_the_picture_cannot_be_kept():
    picture = cast.ready_picture()
    article = cast.draft()
    for rows, wrong in (
        (Picture.objects.filter(pk=picture.pk), {"focus_x": 101}),
        (type(article).objects.filter(pk=article.pk), {"lead_focus": "20"}),
        (type(article).objects.filter(pk=article.pk), {"lead_focus": "20 101"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_a_focal_point_becomes_classes_that_the_style_sheet_knows():
    sheet = Path("static/css/focus.css").read_text()
    assert focus_classes("37 100") == "focus-x-35 focus-y-100"
    assert focus_classes("") == focus_classes("1 2 3") == focus_classes('"><script> 3') == ""
    for percent in range(101):
        for name in focus_classes(f"{percent} {percent}").split():
            assert f".{name} " in sheet


def test_a_credit_given_in_the_dialog_touches_nothing_else(editor: Client, monkeypatch: pytest.MonkeyPatch):
    picture = cast.ready_picture(credit="")
    give = actions.credit_picture

    def give_late(*args: Any, **options: Any) -> Picture:
        Picture.objects.filter(pk=picture.pk).update(title="Renamed meanwhile")
        return give(*args, **options)

    monkeypatch.setattr(actions, "credit_picture", give_late)
    answer = editor.post(f"{LIBRARY}credit/", {"key": picture.key, "credit": " Jan  Wit "})
    assert answer.json()["credit"] == "Jan Wit"
    picture.refresh_from_db()
    assert (picture.title, picture.credit) == ("Renamed meanwhile", "Jan Wit")
