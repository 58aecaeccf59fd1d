"""What editors and translators do in the admin, through its own pages."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from articles import actions
from articles.differences import Comparison, Piece
from articles.models import Article, Assignment, Credit
from newsroom.models import Fact, Letter, User
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.editor())
    return client


def change_url(article: Article, page: str = "change") -> str:
    return f"/admin/articles/article/{article.pk}/{page}/"


def fields(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send if nothing were changed."""
    form = client.get(url).context["adminform"].form
    formsets = [inline.formset for inline in client.get(url).context["inline_admin_formsets"]]
    sent: dict[str, Any] = {}
    for part in (form, *(f.management_form for f in formsets), *(one for f in formsets for one in f.forms)):
        for bound in part:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
    return sent


def press(client: Client, article: Article, button: str, **changes: Any) -> Any:
    url = change_url(article)
    return client.post(url, {**fields(client, url), button: "1", **changes}, follow=True)


def step(client: Client, article: Article, page: str, **answers: Any) -> Any:
    seen = Article.objects.get(pk=article.pk).version
    return client.post(change_url(article, page), {"seen_version": seen, **answers}, follow=True)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_an_article_from_the_first_word_to_the_reader(editor: Client):
    cast.section()
    url = "/admin/articles/article/add/?edition=en"
    ruth, original = cast.contributor(), cast.original()
    sent = {
        **fields(editor, url),
        "title": "The lock keeper",
        "body": cast.BODY,
        "original": original.pk,
        "section": cast.section().pk,
        "credits-0-contributor": ruth.pk,
    }
    unsaved = editor.post(url, {**sent, "_preview": "1"})
    assert "counts boats" in unsaved.content.decode()
    assert not Article.objects.exists()
    saved = editor.post(url, sent, follow=True)
    assert "Readers see nothing of it" in text_of(saved)
    article = Article.objects.get()
    assert article.created_by
    assert article.created_by.username == "edith"
    url = change_url(article)
    preview = editor.post(url, {**fields(editor, url), "_preview": "1", "title": "Not saved"})
    assert "Not saved" in preview.content.decode()
    assert "counts boats" in preview.content.decode()
    assert "Ruth Calder" in preview.content.decode()
    assert "no-store" in preview["Cache-Control"]
    article.refresh_from_db()
    assert (article.title, article.version) == ("The lock keeper", 0)
    published = press(editor, article, "_publish")
    assert "Published." in text_of(published)
    page = Client().get("/articles/the-lock-keeper/")
    assert page.status_code == 200
    assert "counts boats" in page.content.decode()


def test_the_new_article_form_sent_twice_makes_one_article(editor: Client):
    url = "/admin/articles/article/add/?edition=en"
    sent = {**fields(editor, url), "title": "Once"}
    editor.post(url, sent)
    answer = editor.post(url, sent, follow=True)
    assert Article.objects.count() == 1
    assert "saved already" in text_of(answer)


def test_publish_with_something_missing_saves_and_says_what(editor: Client):
    article = cast.draft()
    Credit.objects.all().delete()
    answer = press(editor, article, "_publish", section="", title="New words")
    assert "Your text is saved. It cannot be published yet" in text_of(answer)
    page = answer.content.decode()
    grave, advice = re.findall(r'class="(nr-note[^"]*)".*?</ul>', page, re.S)
    assert (grave, advice) == ("nr-note nr-note--error", "nr-note")
    for reason in ("Choose a section.", "Name the translator under “Credits”."):
        assert page.count(f"<li>{reason}</li>") == page.count(reason) == 1
    article.refresh_from_db()
    assert article.title == "New words"
    assert article.live is None


def test_a_step_asks_for_what_it_needs_and_labels_nothing_else(editor: Client):
    article = cast.published()
    page = editor.get(change_url(article, "amend")).content.decode()
    assert 'type="hidden" name="seen_version"' in page
    assert "Seen version" not in page
    answer = step(editor, article, "amend", kind_of_change="correction", notice="", notice_place="foot")
    assert "<li>Write the notice that tells readers what changed.</li>" in answer.content.decode()


def test_a_new_article_says_in_which_edition_it_begins(editor: Client):
    page = text_of(editor.get("/admin/articles/article/add/?edition=uk"))
    assert page.count("New article · Українська") == 2  # the window's title, and above the form


def test_publish_pressed_twice_is_told(editor: Client):
    article = cast.draft()
    sent = fields(editor, change_url(article))
    editor.post(change_url(article), {**sent, "_publish": "1"})
    again = editor.post(change_url(article), {**sent, "_publish": "1"}, follow=True)
    assert "saved this article after you had opened it" in text_of(again)
    assert article.revisions.count() == 1


def test_a_change_is_published_with_its_kind_and_notice(editor: Client):
    article = cast.published(slug="boats")
    press(editor, article, "_amend", body=article.body.replace("1998", "1989"))
    page = editor.get(change_url(article, "amend"))
    assert "<del>1998</del><ins>1989</ins>" in page.content.decode()
    refused = step(editor, article, "amend", kind_of_change="correction", notice="", notice_place="foot", reason="kept")
    assert refused.status_code == 422
    assert "Write the notice" in text_of(refused)
    assert 'value="kept"' in refused.content.decode()
    answers = {"kind_of_change": "correction", "notice": "It was 1989.", "notice_place": "foot"}
    assert "The changes are public." in text_of(step(editor, article, "amend", **answers))
    assert "It was 1989." in Client().get("/articles/boats/").content.decode()
    versions = editor.get(change_url(article, "versions"))
    assert "1998" in versions.content.decode()


def test_an_earlier_version_is_restored_as_a_draft(editor: Client):
    article = cast.published(slug="boats")
    press(editor, article, "_save", title="Second")
    article.refresh_from_db()
    actions.amend(article, change=actions.Change("update"), by=None, at=timezone.now())
    step(editor, article, "versions", number=1)
    article.refresh_from_db()
    assert article.title == "The lock keeper"
    assert "Second" in Client().get("/articles/boats/").content.decode()


def test_schedule_and_cancel(editor: Client):
    article = cast.draft()
    wrong = step(editor, article, "schedule", goes_live_at_0="tomorrow", goes_live_at_1="soon")
    assert wrong.status_code == 422
    assert "This is not a date" in text_of(wrong)
    assert 'value="tomorrow"' in wrong.content.decode()
    past = step(editor, article, "schedule", goes_live_at_0="2020-01-01", goes_live_at_1="08:00")
    assert "This moment has passed" in text_of(past)
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    done = step(editor, article, "schedule", goes_live_at_0=day, goes_live_at_1="08:00")
    assert "Scheduled:" in text_of(done)
    article.refresh_from_db()
    assert article.state(timezone.now()) == Article.State.SCHEDULED
    press(editor, article, "_unschedule")
    article.refresh_from_db()
    assert article.state(timezone.now()) == Article.State.DRAFT


def test_retract_and_take_down(editor: Client):
    article = cast.published(slug="boats")
    step(editor, article, "retract", notice="He does not exist.")
    assert "He does not exist." in Client().get("/articles/boats/").content.decode()
    step(editor, article, "take-down", reason="Danger.")
    assert Client().get("/articles/boats/").status_code == 410
    press(editor, article, "_put_back")
    assert Client().get("/articles/boats/").status_code == 200


def test_the_second_of_two_editors_sees_both_texts_and_loses_nothing(editor: Client):
    article = cast.draft()
    mine = fields(editor, change_url(article))
    other = Client()
    other.force_login(cast.chief())
    press(other, article, "_save", body="<p>Words of the chief.</p>")
    told = editor.post(change_url(article), {**mine, "body": "<p>Words of the editor.</p>", "_save": "1"})
    assert told.status_code == 200
    page = told.content.decode()
    assert "clara saved this article after you had opened it" in page
    assert "Words of the editor" in page
    assert "<del>chief</del>" in page
    article.refresh_from_db()
    assert article.body == "<p>Words of the chief.</p>"
    sent = {**mine, "body": "<p>Words of the editor.</p>", "_save": "1"}
    sent["seen_version"] = re.search(r'name="seen_version" value="(\d+)"', page)[1]  # type: ignore[index]
    editor.post(change_url(article), sent)
    article.refresh_from_db()
    assert article.body == "<p>Words of the editor.</p>"


def test_a_taken_address_is_refused_with_a_sentence_and_the_text_is_kept(editor: Client):
    cast.published(slug="boats")
    former = cast.published("Ships", slug="ships")
    former.slug = "vessels"
    actions.save_draft(former, by=None, at=NOON)
    article = cast.draft("Third")
    for slug, sentence in (("boats", "already has an article at this address"), ("ships", "once belonged to")):
        refused = press(editor, article, "_save", slug=slug, title="Typed words")
        assert sentence in text_of(refused)
        assert "Typed words" in refused.content.decode()


def test_a_translator_edits_what_is_assigned_hands_it_in_and_cannot_publish(client: Client):
    tim = cast.translator_account()
    client.force_login(tim)
    foreign = cast.draft("Foreign")
    assert client.get(change_url(foreign)).status_code == 302
    assert "Foreign" not in text_of(client.get("/admin/articles/article/"))
    assignment = actions.assign(to=tim, edition="en", original=cast.original(), by=None, at=NOON)
    assert str(assignment) in text_of(client.get("/admin/"))
    start = f"/admin/articles/assignment/{assignment.pk}/start/"
    client.get(start)
    assert not Article.objects.filter(assignment=assignment).exists()
    client.post(start)
    article = Article.objects.get(assignment=assignment)
    buttons = client.get(change_url(article)).content.decode()
    assert "_hand_in" in buttons
    assert "_publish" not in buttons
    press(client, article, "_publish", title="Words")
    for page in ("schedule", "amend", "retract", "take-down"):
        assert client.post(change_url(article, page), {}).status_code == 403
    article.refresh_from_db()
    assert (article.title, article.live) == ("Words", None)
    assert "nothing to read yet" in text_of(press(client, article, "_hand_in"))
    press(client, article, "_hand_in", body="<p>A text.</p>")
    article.refresh_from_db()
    assert article.stage == Article.Stage.IN_REVIEW


def test_a_translator_sees_no_assignment_of_others(client: Client):
    client.force_login(cast.translator_account())
    other = actions.assign(to=cast.translator_account("uma"), edition="en", subject="Secret", by=None, at=NOON)
    assert "Secret" not in text_of(client.get("/admin/articles/assignment/"))
    assert client.post(f"/admin/articles/assignment/{other.pk}/start/").status_code == 404
    assert Assignment.objects.get().article is None


def test_the_first_page_shows_the_day_s_work(editor: Client):
    now = timezone.now()
    drafted = cast.draft("A draft of mine", by=User.objects.get(username="edith"))
    actions.hand_in(cast.draft("To be read"), by=None, at=now)
    actions.schedule(cast.draft("For tomorrow"), by=None, goes_live_at=now + timedelta(days=1), at=now)
    cast.published("Out today", at=now)
    cast.published("Out long ago")
    page = text_of(editor.get("/admin/"))
    for title in (str(drafted), "To be read", "For tomorrow", "Out today"):
        assert title in page
    assert "Out long ago" not in page


def test_the_list_and_the_first_page_ask_the_same_number_of_questions_however_many_there_are(
    editor: Client, django_assert_max_num_queries: Any
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for url in ("/admin/", "/admin/articles/article/"):
        counts = []
        for _round in range(2):
            for number in range(4):
                cast.published(f"{url} {_round} {number}", at=timezone.now(), by=None)
                cast.draft(f"Draft {url} {_round} {number}", by=User.objects.get(username="edith"))
            editor.get(url)
            with CaptureQueriesContext(connection) as queries:
                editor.get(url)
            counts.append(len(queries))
        assert counts[0] == counts[1], url


def test_what_readers_have_seen_cannot_be_deleted_and_a_draft_can(editor: Client):
    public, draft = cast.published(), cast.draft("Draft")
    assert editor.post(change_url(public, "delete"), {"post": "yes"}).status_code == 403
    editor.post(change_url(draft, "delete"), {"post": "yes"})
    assert list(Article.objects.all()) == [public]


def test_the_translation_is_begun_from_the_article(editor: Client):
    article = cast.draft()
    editor.post(change_url(article, "translate"), {"edition": "uk"})
    assert Article.objects.get(edition="uk").family == article.family


def test_hidden_from_who_is_not_signed_in_and_from_patrons(client: Client):
    article = cast.draft()
    pages = ["change", "versions", "amend", "schedule", "retract", "take-down"]
    for page in pages:
        assert client.get(change_url(article, page)).status_code == 302
    client.force_login(cast.account("patron"))
    for page in pages:
        answer = client.get(change_url(article, page))
        assert answer.status_code in (302, 403)


@pytest.mark.parametrize("role", ["editor", "chief"])
def test_every_admin_page_opens(client: Client, role: str):
    client.force_login(getattr(cast, role)())
    article = cast.published()
    Credit.objects.get(article=article)
    page = client.get("/admin/")
    links = set(re.findall(r'href="(/admin/[a-z_/]+/)"', page.content.decode()))
    assert len(links) >= (9 if role == "editor" else 14)
    for link in links:
        assert client.get(link, follow=True).status_code == 200, link
        assert client.get(f"{link}add/").status_code in (200, 403, 404)


def test_a_translator_of_a_public_article_changes_its_words_not_its_place(client: Client):
    tim = cast.translator_account()
    article = cast.published(slug="boats", by=None)
    actions.assign(to=tim, edition="en", original=cast.original(), by=None, at=NOON)
    Assignment.objects.update(article=article)
    client.force_login(tim)
    press(client, article, "_save", title="Words of Tim", slug="elsewhere", section="")
    article.refresh_from_db()
    assert (article.title, article.slug, article.section) == ("Words of Tim", "boats", cast.section())
    assert "Words of Tim" not in Client().get("/articles/boats/").content.decode()


def test_a_chief_cannot_take_over_a_superuser(client: Client):
    root = User.objects.create_superuser("root", "root@outlet.example", "a long test password")
    client.force_login(cast.chief())
    assert client.get(f"/admin/newsroom/user/{cast.editor().pk}/change/").status_code == 200
    assert client.post(f"/admin/newsroom/user/{root.pk}/change/", {"username": "mine"}).status_code == 403
    assert client.post(f"/admin/newsroom/user/{root.pk}/reset-password/").status_code == 403
    assert "is_superuser" not in client.get("/admin/newsroom/user/add/").content.decode()


# --- What the house is made of ---


def change_of(obj: Any) -> str:
    return f"/admin/{obj._meta.app_label}/{obj._meta.model_name}/{obj.pk}/change/"


def offered(client: Client, url: str, name: str) -> list[str]:
    field = client.get(url).context["adminform"].form.fields[name]
    return [user.username for user in field.queryset]


def test_an_editor_gives_work_to_staff_and_is_offered_no_patron(editor: Client):
    tim, original = cast.translator_account(), cast.original()
    cast.account("patron")
    url = "/admin/articles/assignment/add/"
    assert offered(editor, url, "assignee") == ["edith", "tim"]
    answer = editor.post(url, {"edition": "en", "assignee": tim.pk, "original": original.pk}, follow=True)
    assert answer.status_code == 200
    assert Assignment.objects.get().assignee == tim


def test_who_stands_behind_a_pseudonym_is_shown_to_chiefs_alone(editor: Client, client: Client):
    ruth = cast.contributor(account=cast.translator_account("real-name"))
    cast.account("patron")
    page = editor.get(change_of(ruth)).content.decode()
    assert "real-name" not in page
    assert 'name="account"' not in page
    other = User.objects.get(username="edith").pk
    editor.post(change_of(ruth), {**fields(editor, change_of(ruth)), "account": other})
    ruth.refresh_from_db()
    assert ruth.account
    assert ruth.account.username == "real-name"
    asked = f"/admin/articles/contributor/?account={ruth.account_id}"
    assert "Ruth Calder" not in editor.get(asked, follow=True).content.decode()
    client.force_login(cast.chief())
    assert "real-name" in client.get(change_of(ruth)).content.decode()
    assert offered(client, change_of(ruth), "account") == ["clara", "edith", "real-name"]
    ruth.account.is_active = False
    ruth.account.save()
    client.post(change_of(ruth), fields(client, change_of(ruth)))
    ruth.refresh_from_db()
    assert ruth.account, "an account that is closed is not lost by saving the form"


def test_an_assignment_that_is_closed_is_neither_started_nor_given_up_again(editor: Client):
    given = actions.assign(to=User.objects.get(username="edith"), edition="en", subject="Boats", by=None, at=NOON)
    actions.drop(given, by=None, at=NOON)
    for page in ("start", "drop"):
        url = f"/admin/articles/assignment/{given.pk}/{page}/"
        for answer in (editor.get(url, follow=True), editor.post(url, follow=True)):
            assert "This assignment is no longer open." in text_of(answer)
    assert not Article.objects.exists()
    for page in ("start", "drop"):
        assert editor.get(f"/admin/articles/assignment/abc/{page}/").status_code == 404


def test_whom_a_version_credits_cannot_be_deleted_and_others_can(client: Client):
    client.force_login(cast.chief())
    article = cast.published()
    Credit.objects.filter(article=article).delete()
    ruth, other = cast.contributor(), cast.contributor("Nobody Yet")
    url = "/admin/articles/contributor/"
    assert client.post(f"{url}{ruth.pk}/delete/", {"post": "yes"}).status_code == 403
    both = {"action": "delete_selected", "_selected_action": [ruth.pk, other.pk], "post": "yes"}
    client.post(url, both)
    assert set(type(ruth).objects.all()) == {ruth, other}
    client.post(f"{url}{other.pk}/delete/", {"post": "yes"})
    assert list(type(ruth).objects.all()) == [ruth]


@pytest.mark.parametrize("make", [cast.section, cast.topic])
def test_a_subject_keeps_its_edition_and_its_name_is_one_plain_line(client: Client, make: Any):
    client.force_login(cast.chief())
    subject = make()
    page = client.get(change_of(subject))
    assert "the old address and those of its feeds lead to the new ones" in text_of(page)
    sent = {**fields(client, change_of(subject)), "name": "By\x0bthe \x08 water", "edition": "uk"}
    client.post(change_of(subject), sent)
    subject.refresh_from_db()
    assert subject.edition_id == "en"
    assert not re.search(r"[\x00-\x1f]", subject.name)
    assert subject.name.endswith("water")


def test_a_change_of_an_original_or_its_source_is_a_fact_of_the_articles_that_name_it(editor: Client):
    article, draft = cast.published(), cast.draft("Draft")
    assert article.original
    assert article.original.source
    for changed in (article.original, article.original.source):
        Fact.objects.all().delete()
        editor.post(change_of(changed), fields(editor, change_of(changed)))
        names = set(Fact.objects.values_list("name", flat=True))
        assert f"article:{article.pk}" in names
        assert f"article:{draft.pk}" not in names


def test_an_original_under_a_published_text_is_changed_by_who_may_publish(editor: Client, client: Client):
    used, free = cast.published().original, cast.original()
    assert used
    assert editor.post(change_of(used), {**fields(editor, change_of(used)), "title": "By Edith"}).status_code == 302
    client.force_login(cast.translator_account())
    assert client.post(change_of(used), {"title": "By Tim"}).status_code == 403
    client.post(change_of(free), {**fields(client, change_of(free)), "title": "By Tim"})
    used.refresh_from_db()
    free.refresh_from_db()
    assert (used.title, free.title) == ("By Edith", "By Tim")


def test_a_translator_s_first_page_has_their_own_work_alone(client: Client):
    client.force_login(cast.translator_account())
    page = text_of(client.get("/admin/"))
    assert "My drafts" in page
    for title in ("In review", "Scheduled", "Published today"):
        assert title not in page


def test_a_comparison_says_that_the_words_are_the_same_only_if_nothing_changed():
    def said(**comparison: Any) -> bool:
        template = "admin/articles/article/comparison.html"
        return "words are the same" in render_to_string(template, {"comparison": Comparison(**comparison)})

    assert said()
    assert not said(standfirst=[Piece("added", "New")])
    assert not said(links_come=["https://register.example/"])


def test_a_letter_is_answered_by_mail_with_its_subject_in_the_language_of_the_letter(editor: Client):
    def link(**letter: Any) -> str:
        made = Letter.objects.create(key=uuid.uuid4(), to="newsroom", text="Hello", received_at=NOON, **letter)
        found = re.search(r'href="(mailto:[^"]+)"', editor.get(change_of(made)).content.decode())
        assert found
        return found[1]

    assert link(edition_id="en", email="a@b.example", about="Boats & locks") == (
        "mailto:a@b.example?subject=Re%3A%20Boats%20%26%20locks"
    )
    assert unquote(link(edition_id="uk", email="a@b.example")).startswith("mailto:a@b.example?subject=Ваш лист")


def test_the_admin_writes_dates_in_one_way_and_words_of_scripts_in_the_language_of_the_interface(editor: Client):
    assert date_format(NOON, "DATETIME_FORMAT") == "2 March 2026, 12:00"
    assert date_format(NOON, "SHORT_DATE_FORMAT") == "2 Mar 2026"
    page = editor.get("/admin/articles/article/").content.decode()
    assert '<i data-word="Move">Move</i>' in page
    assert re.search(r">\s*Newsroom\s*<", page)
    with override("uk"):
        page = render_to_string("admin/base_site.html", {})
    assert '<i data-word="Move">Перемістити</i>' in page


def test_my_drafts_hold_what_was_changed_since_it_was_published(editor: Client):
    edith = User.objects.get(username="edith")
    changed, unchanged = cast.published("Changed", by=edith), cast.published("Unchanged", by=edith)
    actions.save_draft(changed, by=edith, at=NOON + timedelta(hours=1))
    drafts = editor.get("/admin/").context["my_drafts"]
    assert (changed in drafts, unchanged in drafts) == (True, False)
    assert "public, changed" in text_of(editor.get("/admin/"))
