"""A chief removes words from all that can be read of an article's past: a mark is left, and the reason is told."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import actions, reactions, tasks
from articles.actions import WordsStillPublic
from articles.anchors import State, describe
from articles.models import Article, Contributor, Credit, Revision, SearchWord
from articles.reactions import Event, Verb
from articles.striking import MARK, Words
from articles.text import mapped, policy_text
from corrections.actions import NothingToRedact, ReasonNamesTheWords, redact
from corrections.models import Correction, Message, Redaction, Report
from newsroom.html import clean
from newsroom.models import Fact, User
from tests import cast
from tests.cast import NOON
from tests.corrections import readers
from tests.corrections.changes import LATER, Kind, change, published, typo
from tests.newsroom.test_surfaces import example_of, public_patterns

pytestmark = pytest.mark.django_db
SECRET = "Wilhelmina Zarzycka"
REASON = "The name of a person was removed for their protection."
BODY = (
    "<p>The lock keeper counts boats. WILHELMINA&nbsp;ZARZYCKA has, too: Wilhelmina <em>Zar\u00adzycka</em>’s count.</p>"
    '<p>See <a href="https://register.example/wilhelmina-zarzycka">the register</a> of Wilhelmina Zarzycka.</p>'
)


def redacted(article: Article, words: str = SECRET, reason: str = REASON, **fields: Any) -> Redaction:
    return redact(article, words=words, reason=reason, by=None, at=LATER + timedelta(days=1), **fields)


def past(*, by: User | None = None) -> Article:
    """An article in whose first version the words stand everywhere, and in the present one nowhere."""
    article = cast.draft(
        f"{SECRET} counts", slug="boats", standfirst=f"By {SECRET}.", body=BODY, by=by,
        original=cast.original(author=SECRET),
    )  # fmt: skip
    picture = cast.ready_picture(credit=f"Photo: {SECRET}")
    article.lead_picture, article.lead_alt, article.lead_caption = picture, f"{SECRET} at work", f"{SECRET}, keeper"
    article.body += f'<figure data-picture="{picture.key}"><img alt="{SECRET} &amp; boats"></figure>'
    actions.save_draft(article, by=by, at=NOON)
    person = cast.contributor(SECRET)
    Credit.objects.create(article=article, contributor=person, role=Credit.Role.EDITOR)
    actions.publish(article, by=by, at=NOON)
    LogEntry.objects.create(
        user=by or cast.account("writer"), content_type=_type(article), object_id=str(article.pk), object_repr=str(article),
        action_flag=CHANGE, change_message=f"Renamed to {SECRET}",
    )  # fmt: skip
    return article


def _type(article: Article) -> Any:
    return apps.get_model("contenttypes", "ContentType").objects.get_for_model(article)


def anonymised(article: Article, **told: str) -> Article:
    """The same, published without the words."""
    article = Article.objects.get(pk=article.pk)
    article.title, article.standfirst = "Somebody counts", "By a keeper."
    article.body = "<p>The lock keeper counts boats. So does somebody else.</p>"
    article.lead_picture = None
    article.lead_alt = article.lead_caption = ""
    article.original = cast.original(author="A keeper")
    actions.save_draft(article, by=None, at=LATER)
    article.credits.filter(contributor__name=SECRET).delete()
    change = actions.Change(
        Kind.EDITORS_NOTE, told.get("notice", f"{SECRET} is no longer named."), "top", f"{SECRET} asked for it"
    )
    return actions.amend(article, change=change, by=None, at=LATER)


def reported(article: Article, revision: Revision, words: str, **fields: Any) -> Report:
    start = revision.text.index(words)
    anchor = describe(revision.text, start, start + len(words))
    return Report.objects.create(
        key=uuid.uuid4(), article=article, revision=revision, place_revision=revision, place=State.GONE,
        quote=anchor.quote, prefix=anchor.prefix, suffix=anchor.suffix, start=anchor.start, end=anchor.end,
        received_at=NOON, channel=Report.Channel.FORM, **fields,
    )  # fmt: skip


def rows_with(words: str) -> list[str]:
    """Every table that holds the words in any of its rows, whatever the column."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{name}" AS t WHERE t::text ILIKE %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def everywhere(client: Client) -> dict[str, str]:
    """What every public address of the article's edition answers."""
    for name in (f"pictures/{'k' * 16}/400.jpg", f"cards/{'d' * 32}.jpg"):
        storages["public"].save(name, ContentFile(b"a picture"))
    found = {}
    for path, _entry in public_patterns():
        if path.startswith(tuple(f"{code}/" for code in settings.EDITIONS[1:])):
            continue
        asked = example_of(path).replace("canary", "boats")
        answer: Any = client.get(f"/{asked}", {"v": "1"} if "history" in asked else {})
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[f"/{asked}"] = content.decode("utf-8", "replace")
    return found


def test_afterwards_the_words_are_in_no_table_and_at_no_address(client: Client):
    article = past()
    first = cast.live(article)
    Revision.objects.filter(pk=first.pk).update(social_card="cards/of-the-past.jpg")
    storages["public"].save("cards/of-the-past.jpg", ContentFile(b"a picture"))
    report = reported(
        article, first, "too: Wilhelmina", suggestion=f"{SECRET} has", comment=f"It was {SECRET}.",
        answer=f"Thank you, {SECRET}", status="declined", decided_at=LATER, name=SECRET,
    )  # fmt: skip
    reported(article, first, "count. See the register")
    Message.objects.create(report=report, is_from_reader=True, text=f"{SECRET} is me.", written_at=LATER)
    article = anonymised(article)
    Correction.objects.update(before=f"By {SECRET}.", thanked=[SECRET, "Somebody"])
    assert "articles_revision" in rows_with(SECRET)
    assert any(SECRET in page for page in everywhere(client).values())

    made = redacted(article)
    tasks.remove_card_files(**ProcrastinateJob.objects.get(task_name="articles.tasks.remove_card_files").args)

    Contributor.objects.filter(name=SECRET).delete()  # people, pictures and originals: no part of the article's past
    apps.get_model("articles", "PictureText").objects.all().delete()
    apps.get_model("articles", "Picture").objects.update(credit="")
    apps.get_model("articles", "Original").objects.filter(author=SECRET).update(author="")
    assert rows_with("Wilhelmina") == rows_with("Zarzycka") == []
    pages = everywhere(client)
    for address, page in pages.items():
        assert "wilhelmina" not in page.lower(), address
        assert "zarzycka" not in page.lower(), address
    assert MARK in pages["/articles/boats/history/"]
    assert REASON in pages["/articles/boats/history/"]
    assert f"{MARK} is no longer named." in pages["/articles/boats/"]
    assert not storages["public"].exists("cards/of-the-past.jpg")
    assert made.places > 10
    assert f"In {made.places} places" in pages["/articles/boats/history/"]


def test_the_markup_stays_and_the_present_version_with_it(client: Client):
    article = anonymised(past(), notice="Somebody is no longer named.")
    live = cast.live(article)
    redacted(article)
    first = article.revisions.get(number=1)
    assert first.body.startswith(
        f"<p>The lock keeper counts boats. {MARK} has, too: {MARK} <em>{MARK}</em>’s count.</p>"
        f'<p>See <a href="https://register.example/removed">the register</a> of {MARK}.</p>'
    )
    assert f'<img alt="{MARK} &amp; boats">' in first.body
    assert clean(first.body) == first.body
    assert first.text == policy_text(first.body)
    after = cast.live(article)
    assert (after.body, after.text, after.title) == (live.body, live.text, live.title)
    assert after.modified_at == live.modified_at


@pytest.mark.parametrize(
    ("words", "body", "left"),
    [
        ("Дем'яненко", "<p>Пан Дем’яненко і Демʼяненкова.</p>", f"<p>Пан {MARK} і Демʼяненкова.</p>"),
        ("nowy-Targ", "<p>In Nowy‑Targ, NOWY-TARG.</p>", f"<p>In {MARK}, {MARK}.</p>"),
        ("Ann", "<p>Ann’s aunt Annabel &amp; joann; Ann.</p>", f"<p>{MARK}’s aunt Annabel &amp; joann; {MARK}.</p>"),
        ("a & b", "<p>He said a &amp; <em>b</em>!</p>", f"<p>He said {MARK} <em>{MARK}</em>!</p>"),
        ("end start", "<p>The end</p><p>start of it</p>", f"<p>The {MARK}</p><p>{MARK} of it</p>"),
        ("(the spy)", "<p>Jo (the spy) left.</p>", f"<p>Jo {MARK} left.</p>"),
        ("عمر", "<p>قال عمر نعم.</p>", f"<p>قال {MARK} نعم.</p>"),
        ("e", "<p>e\u0301 e</p>", f"<p>\u00e9 {MARK}</p>"),
        ("😀 x", "<p>A 😀 x b</p>", f"<p>A {MARK} b</p>"),
    ],
)
def test_words_are_found_whole_in_any_case_and_across_markup(words: str, body: str, left: str):
    body = clean(body)
    struck = Words(words).struck_from(body)
    assert struck == left
    assert clean(struck) == struck
    assert not Words(words).ranges(mapped(struck).text)


@pytest.mark.parametrize("where", ["live", "next", "working copy"])
def test_words_that_are_not_past_are_not_removed(where: str):
    article = published(body=f"<p>{SECRET} counts.</p>")
    if where == "working copy":
        actions.retract(change(article, SECRET, "Somebody").article, notice="No.", by=None, at=LATER)
        article.refresh_from_db()
        article.body = f"<p>{SECRET} counts again.</p>"
        actions.save_draft(article, by=None, at=LATER)
    if where == "next":
        kept = change(article, SECRET, "Somebody").article
        kept.body = f"<p>{SECRET} counts again.</p>"
        actions.save_draft(kept, by=None, at=LATER)
        update, at = actions.Change(Kind.UPDATE), timezone.now()
        actions.schedule(kept, change=update, goes_live_at=at + timedelta(days=1), by=None, at=at)
        kept.refresh_from_db()
        kept.body = "<p>Somebody counts.</p>"
        actions.save_draft(kept, by=None, at=at)
    if where == "live":
        article.body = "<p>Somebody counts.</p>"
        actions.save_draft(article, by=None, at=LATER)
    with pytest.raises(WordsStillPublic) as refusal:
        redacted(article)
    assert refusal.value.where == where
    assert SECRET in article.revisions.get(number=1).body


def test_what_stands_nowhere_is_said_so_and_nothing_is_kept():
    article = change(published()).article
    with pytest.raises(NothingToRedact):
        redacted(article, "Somebody else")
    assert not Redaction.objects.exists()


def test_the_reason_does_not_name_what_is_removed():
    article = change(published()).article
    with pytest.raises(ReasonNamesTheWords):
        redacted(article, "1998", "The year 1998 was removed.")
    assert "1998" in article.revisions.get(number=1).text


def test_a_report_quotes_what_is_left():
    article = past()
    first = cast.live(article)
    inside, beside = reported(article, first, "Wilhelmina Zarzycka’s count"), reported(article, first, "the register")
    anonymised(article)
    redacted(article)
    text = article.revisions.get(number=1).text
    for report in (inside, beside):
        report.refresh_from_db()
        assert report.start is not None
        assert report.end is not None
        assert report.quote == text[report.start : report.end]
        assert "Zarzyck" not in report.prefix + report.suffix
    assert beside.quote == "the register"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("ген. Коваленко", "Так сказав ген. Коваленко учора."),
        ("о. звір. Коваленко", "Так сказав о. звір. Коваленко учора."),
        ("in fear. Her name is Kovalenko", "She lives in fear. Her name is Kovalenko, and she counts."),
    ],
)
def test_what_was_cut_within_the_words_keeps_no_part_of_them(client: Client, words: str, first: str):
    """Where a sentence ended within them, the log holds it without what makes it the words."""
    surname = words.rpartition(" ")[2]
    article = published(body=f"<p>One. {first} Two.</p>")
    kept = change(article, surname, "someone")
    redacted(article, words)
    kept.refresh_from_db()
    assert surname not in kept.before + kept.after
    assert MARK in article.revisions.get(number=1).text
    for path in ("/corrections/", "/corrections/feed/", kept.get_absolute_url(), "/articles/boats/history/"):
        page = client.get(path).content.decode()
        assert surname not in page, path


def test_sentences_that_were_not_touched_stay_in_the_log_with_their_place():
    article = published()
    first, second = change(article), typo(article)
    third = change(article, "register of 2014", "register of 2015")
    places = (third.start, third.end)
    redacted(article, "1998")
    for kept in (first, second, third):
        kept.refresh_from_db()
    assert (first.before, first.after) == (f"He has counted since {MARK}.", "He has counted since 1989.")
    assert second.before == "Nobody asked him to."
    assert (third.start, third.end) == places != (None, None)


def test_the_search_forgets_the_words_that_no_other_text_has():
    article = past()
    published(slug="other", title="Wilhelmina of the canal")
    anonymised(article)
    redacted(article)
    assert not SearchWord.objects.filter(word="zarzycka").exists()
    assert SearchWord.objects.filter(word="wilhelmina").exists()


def test_whoever_keeps_pages_and_texts_is_told():
    told: list[Event] = []
    article = anonymised(past())
    Fact.objects.all().delete()
    reactions.add(told.append)
    redacted(article)
    assert [(event.verb, event.revision) for event in told] == [(Verb.REDACT, None)]
    assert Fact.objects.filter(name=f"article:{article.pk}").exists()


# --- The step in the admin ---


def step_of(article: Article) -> str:
    return reverse("admin:corrections_redaction_of_article", args=[article.pk])


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(cast.chief())
    return client


def test_a_chief_sees_how_many_places_before_anything_is_removed(chief: Client):
    article = anonymised(past())
    assert step_of(article) in chief.get(reverse("admin:articles_article_versions", args=[article.pk])).content.decode()
    typed = {"words": SECRET, "reason": REASON}
    page = chief.post(step_of(article), typed).content.decode()
    assert "Nothing is removed yet." in page
    assert not Redaction.objects.exists()
    assert SECRET in article.revisions.get(number=1).title
    answer = chief.post(step_of(article), {**typed, "seen": seal_of(page)})
    assert answer["Location"] == reverse("admin:articles_article_versions", args=[article.pk])
    made = Redaction.objects.get()
    assert (made.reason, str(made.made_by)) == (REASON, "clara")
    assert f"stands in {made.places} places" in page
    assert SECRET not in article.revisions.get(number=1).title
    assert REASON in chief.get(reverse("admin:corrections_redaction_changelist")).content.decode()


def seal_of(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


@pytest.mark.parametrize("other", [{"words": "boats. So"}, {"reason": "Another."}, {"seen": "made up"}, {}])
def test_what_was_not_seen_like_this_is_shown_again(chief: Client, other: dict[str, str]):
    """Other words may stand in just as many places."""
    article = anonymised(past())
    actions.save_draft(change(article, "somebody else", "another").article, by=None, at=LATER)
    typed = {"words": SECRET, "reason": REASON}
    seen = seal_of(chief.post(step_of(article), typed).content.decode())
    if not other:  # meanwhile one more place
        article.revisions.filter(number=2).update(title=SECRET)
    page = chief.post(step_of(article), {**typed, "seen": seen, **other}).content.decode()
    assert not Redaction.objects.exists()
    assert "seen" in other or seal_of(page) != seen


def test_a_refusal_keeps_what_was_typed(chief: Client):
    article = past()
    answer = chief.post(step_of(article), {"words": SECRET, "reason": REASON})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The working copy still has these words." in page
    assert f'value="{SECRET}"' in page


@pytest.mark.parametrize(
    "typed", [{"words": "", "reason": "x"}, {"words": "x", "reason": ""}, {"words": "\u00ad.", "reason": "x"}]
)
def test_words_and_reason_are_needed(chief: Client, typed: dict[str, str]):
    assert chief.post(step_of(anonymised(past())), typed).status_code == 422


def test_an_editor_removes_nothing(client: Client):
    article = anonymised(past())
    client.force_login(cast.editor())
    assert client.get(step_of(article)).status_code == 403
    assert client.post(step_of(article), {"words": SECRET, "reason": REASON, "seen": "x"}).status_code == 403
    versions = client.get(reverse("admin:articles_article_versions", args=[article.pk])).content.decode()
    assert step_of(article) not in versions


def test_a_report_that_waited_while_a_scheduled_version_became_due_keeps_its_words():
    article = cast.published(
        slug="boats",
        body="<p>Wilhelmina Zarzycka counts boats. He has counted since 1998, and the boats go on coming.</p>",
    )
    one = readers.report(article, "1998", "1989")
    article.body = "<p>Somebody counts boats. He has counted since 1998, and the boats go on coming.</p>"
    actions.save_draft(article, by=None, at=NOON)
    due = NOON + timedelta(hours=3)
    actions.schedule(article, by=None, goes_live_at=due, at=NOON + timedelta(hours=2))
    redacted(article)
    one.refresh_from_db()
    revision = one.place_revision
    assert revision.goes_live_at == due
    assert revision.text[one.place_start : one.place_end] == "1998"
