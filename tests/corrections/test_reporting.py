"""A reader says what is wrong: found in the version that the reader saw, kept once, followed on a private page."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions as articles
from articles.models import Article, Revision
from corrections import actions
from corrections.models import Message, Report
from newsroom import stamps
from newsroom.logs import MaskLinks
from tests import cast
from tests.articles.test_races import at_once
from tests.cast import NOON

pytestmark = pytest.mark.django_db
BODY = (
    "<p>The lock keeper counts bots. He has counted since 1998.</p>"
    "<p>Nobody asked him to stop, and “nobody” reads his numbers &amp; tables 🚣.</p><p>הוא סופר סירות.</p>"
)
TEXT = (
    "The lock keeper counts bots. He has counted since 1998. Nobody asked him to stop, and “nobody” reads his numbers & "
    "tables 🚣. הוא סופר סירות."
)
PAGE = "/articles/lock/report/"


@pytest.fixture
def article() -> Article:
    return cast.published(slug="lock", body=BODY)


def filled(**changes: Any) -> dict[str, Any]:
    sent = {
        "quote": "bots",
        "suggestion": "boats",
        "version": "1",
        "key": str(uuid.uuid4()),
        "stamp": stamps.stamp(timezone.now() - timedelta(seconds=5)),
    }
    return {name: value for name, value in (sent | changes).items() if value is not None}


def by_script(client: Client, **changes: Any) -> Any:
    return client.post(PAGE, filled(**changes), headers={"Accept": "application/json"})


def change(article: Article, body: str, at: datetime = NOON + timedelta(days=1)) -> Article:
    article.refresh_from_db()
    article.body = body
    articles.save_draft(article, by=None, at=at)
    return articles.amend(article, change=articles.Change(Revision.KindOfChange.UPDATE), by=None, at=at)


def said(article: Article, **changes: Any) -> Report:
    """A report through the action."""
    words: dict[str, Any] = {
        "revision": cast.live(article), "quote": "bots", "suggestion": "boats", "channel": Report.Channel.FORM,
        "key": uuid.uuid4(), "at": NOON + timedelta(hours=1),
    }  # fmt: skip
    return actions.report(article, **words | changes)


def ask(report: Report, text: str = "Where did you read it?", at: datetime = NOON + timedelta(hours=2)) -> Message:
    """An editor's question."""
    return Message.objects.create(report=report, is_from_reader=False, text=text, written_at=at)


def decide(report: Report, status: str, answer: str = "", at: datetime | None = None) -> None:
    at = at or timezone.now()
    Report.objects.filter(pk=report.pk).update(status=status, answer=answer, decided_at=at)
    report.refresh_from_db()


# --- What is kept ---


def test_a_report_is_kept_with_its_place_and_leads_to_a_private_page(client: Client, article: Article):
    answer = client.post(PAGE, filled(comment="A typing mistake.", email="reader@mail.example", kind="typo"))
    kept = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, kept.get_absolute_url())
    assert TEXT[kept.start : kept.end] == kept.quote == "bots"
    assert (kept.prefix, kept.suffix) == ("The lock keeper counts ", TEXT[27 : 27 + 64])
    assert (kept.place, kept.place_start, kept.place_revision) == ("current", kept.start, cast.live(article))
    assert (kept.suggestion, kept.kind, kept.email, kept.channel, kept.status) == (
        "boats", "typo", "reader@mail.example", "form", "open",
    )  # fmt: skip


def test_the_dialog_gets_the_address_of_the_private_page_as_data(client: Client, article: Article):
    answer = by_script(client, before="counts ", after=". He", near="23")
    kept = Report.objects.get()
    assert (answer.status_code, answer.json()) == (200, {"url": kept.get_absolute_url()})
    assert kept.channel == Report.Channel.DIALOG
    assert "no-store" in answer["Cache-Control"]


def test_a_sentence_is_chosen_instead_of_typed(client: Client, article: Article):
    page = client.get(PAGE).content.decode()
    value = re.search(r'value="(\d+-\d+)"><span>He has counted since 1998\.', page)
    assert value
    client.post(PAGE, filled(quote="", passage=value[1], suggestion="", comment="It was 1989."))
    kept = Report.objects.get()
    assert (kept.quote, kept.start) == ("He has counted since 1998.", 29)


def test_the_text_stands_in_its_paragraphs_to_be_chosen_from(client: Client):
    cast.published(
        slug="lock",
        body="<h2>Head</h2><p>One. Two</p><blockquote><p>Quoted<br>again</p></blockquote><ul><li><p>a <strong>b</strong></p></li></ul>",
    )
    page = client.get(PAGE).content.decode().partition('class="report-none"')[2].partition("</fieldset>")[0]
    paragraphs = [re.findall(r"<span>(.*?)</span>", block) for block in page.split("<p>")[1:]]
    assert paragraphs == [["Head"], ["One.", "Two"], ["Quoted"], ["again"], ["a b"]]


def test_a_sentence_tells_which_of_equal_words_is_meant(client: Client):
    cast.published(slug="lock", body="<p>A boat came. A boat went.</p>")
    assert client.post(PAGE, filled(quote="boat")).status_code == 422
    client.post(PAGE, filled(quote="boat", passage="13-25"))
    assert Report.objects.get().start == 15


def test_words_typed_by_hand_are_found_as_the_text_writes_them(client: Client, article: Article):
    client.post(PAGE, filled(quote='NOBODY asked him to stop,  and "nobody"'))
    assert Report.objects.get().quote == "Nobody asked him to stop, and “nobody”"


def test_the_article_as_a_whole_can_be_reported(client: Client, article: Article):
    client.post(PAGE, filled(quote="", suggestion="", comment="The date is missing."))
    kept = Report.objects.get()
    assert (kept.quote, kept.start, kept.place) == ("", None, "whole")


@pytest.mark.parametrize("changes", [{"suggestion": ""}, {"suggestion": "bots"}, {"quote": "", "suggestion": ""}])
def test_a_report_that_says_nothing_is_given_back(client: Client, article: Article, changes: dict[str, str]):
    answer = client.post(PAGE, filled(**changes))
    assert answer.status_code == 422
    assert "Please say what is wrong, or how it should read." in answer.content.decode()
    assert not Report.objects.exists()


def test_a_kind_says_enough_about_words(client: Client, article: Article):
    client.post(PAGE, filled(suggestion="bots", kind="typo"))
    assert Report.objects.get().suggestion == ""


# --- The version that the reader saw ---


def test_words_of_an_older_version_are_carried_to_the_present_one(client: Client, article: Article):
    change(article, "<p>A new first paragraph.</p>" + BODY)
    client.post(PAGE, filled())
    kept = Report.objects.get()
    assert (kept.revision.number, kept.start) == (1, 23)
    assert (kept.place_revision, kept.place_start) == (cast.live(article), 23 + len("A new first paragraph. "))
    assert kept.place == "mapped"


def test_what_has_been_corrected_meanwhile_is_known_as_such(client: Client, article: Article):
    change(article, BODY.replace("bots", "boats"))
    client.post(PAGE, filled())
    assert Report.objects.get().place in ("fixed", "changed", "gone")


@pytest.mark.parametrize("version", ["2", "0", "999999", "-1", "x", "1e3", "१", "9" * 40])
def test_a_version_that_nobody_has_seen_is_refused_and_nothing_is_lost(client: Client, article: Article, version: str):
    other = cast.published("Another", slug="other", body="<p>bots</p>")
    change(other, "<p>bots again</p>")
    answer = client.post(PAGE, filled(version=version, comment="My long words"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "We do not know the version" in page
    assert "My long words" in page
    assert '<input type="hidden" name="version" value="1"' in page
    assert not Report.objects.exists()


def test_a_version_that_waits_for_its_date_is_unknown(client: Client, article: Article):
    article.body = BODY.replace("bots", "secret words")
    articles.save_draft(article, by=None, at=NOON)
    far = timezone.now() + timedelta(days=9)
    articles.schedule(article, by=None, goes_live_at=far, at=NOON)
    answer = client.post(PAGE, filled(version="2", quote="secret words"))
    assert answer.status_code == 422
    assert not Report.objects.exists()
    assert "secret" not in client.get(PAGE + "?version=2").content.decode()


@pytest.mark.parametrize("quote", ["barges", "The lock keeper counts boats", "bots<b>", "bots\u0301"])
def test_words_that_do_not_stand_there_are_refused(client: Client, article: Article, quote: str):
    answer = by_script(client, quote=quote, near="23")
    assert answer.status_code == 422
    assert "We cannot find these words" in answer.json()["errors"]["quote"][0]
    assert not Report.objects.exists()


@pytest.mark.parametrize("near", ["0", "999999999", "-5", "9" * 30, "x"])
def test_a_forged_position_moves_nothing(client: Client, article: Article, near: str):
    by_script(client, near=near, before="forged", after="forged")
    assert Report.objects.get().start == 23


@pytest.mark.parametrize("passage", ["0-0", "5-2", "999999999-999999999", "0-999999999", "a-b", "٣-٤", "1-2-3"])
def test_a_forged_sentence_is_never_a_failure(client: Client, article: Article, passage: str):
    answer = client.post(PAGE, filled(quote="", passage=passage, comment="Forged."))
    assert answer.status_code == 302
    kept = Report.objects.get()
    assert kept.quote == (TEXT[kept.start : kept.end] if kept.quote else "")


@pytest.mark.parametrize(("length", "code"), [(300, 302), (301, 422), (100_000, 422)])
def test_too_long_a_selection_is_told_so(client: Client, length: int, code: int):
    cast.published(slug="lock", body=f"<p>{'a' * 400}</p><p>{'b' * 300}</p>")
    answer = client.post(PAGE, filled(quote="b" * length))
    assert answer.status_code == code
    if length == 301:
        assert "These are 301 characters, and we can take up to 300." in answer.content.decode()


def test_long_sentences_can_be_chosen_in_parts(client: Client):
    cast.published(slug="lock", body=f"<p>{'word ' * 200}</p><p>{'x' * 700}</p>")
    page = client.get(PAGE).content.decode()
    values = re.findall(r'name="passage" value="(\d+)-(\d+)"', page)
    assert len(values) == 4 + 3
    assert all(int(end) - int(start) <= 300 for start, end in values)
    client.post(PAGE, filled(quote="", passage="-".join(values[-1])))
    assert Report.objects.get().end == int(values[-1][1])


def test_words_across_paragraphs_are_found(client: Client, article: Article):
    by_script(client, quote="since 1998. Nobody asked", near="45")
    assert Report.objects.get().quote == "since 1998. Nobody asked"


# --- Once, and nothing lost ---


def test_a_form_sent_twice_is_one_report(client: Client, article: Article):
    sent = filled()
    first, second = client.post(PAGE, sent), client.post(PAGE, sent)
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_a_double_click_is_one_report(_round: int, article: Article):
    sent = filled()
    networks = [f"192.0.{number}.1" for number in range(4)]  # or the count of one sender would keep them in order
    places = at_once(*[lambda: Client().post(PAGE, sent, REMOTE_ADDR=networks.pop())["Location"]] * 4)
    assert len(set(places)) == 1, places
    assert Report.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_reported_while_a_change_is_published_it_stands_in_the_changed_text(_round: int, article: Article):
    at = timezone.now()
    at_once(lambda: said(article, at=at), lambda: change(article, "<p>First.</p>" + BODY, at=at))
    kept = Report.objects.get()
    assert (kept.place_revision, kept.place_start) == (cast.live(article), 23 + len("First. "))


def test_a_form_that_was_changed_and_sent_again_is_a_second_report(client: Client, article: Article):
    sent = filled()
    client.post(PAGE, sent)
    client.post(PAGE, sent | {"comment": "And the year is wrong."})
    client.post(PAGE, sent | {"comment": "And the year is wrong."})
    assert Report.objects.count() == 2


def test_the_same_words_from_the_same_reader_within_a_day_are_one_report(article: Article):
    first = said(article, email="reader@mail.example")
    assert said(article, email="reader@mail.example") == first
    assert said(article, email="another@mail.example") != first
    assert said(article, email="reader@mail.example", at=NOON + timedelta(days=2)) != first


def test_two_readers_without_an_address_are_two(article: Article):
    assert said(article) != said(article)


def test_at_a_mistake_everything_typed_is_given_back(client: Client, article: Article):
    typed = {"quote": "barges", "suggestion": "boats <b>", "comment": "Two\nlines", "name": "Ann “A” Reader"}
    answer = client.post(PAGE, filled(**typed, email="nobody", kind="fact", may_be_thanked="on", passage="0-28"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no-store" in answer["Cache-Control"]
    for words in ("barges", "boats &lt;b&gt;", "Two\nlines", "Ann “A” Reader", 'value="nobody"'):
        assert words in page
    assert re.search(r'<option value="fact" selected', page)
    assert re.search(r'name="may_be_thanked"[^>]* checked', page)
    assert re.search(r'value="0-28" checked', page)


@pytest.mark.parametrize("stamp", ["", "1", "forged:stamp", None, "old"])
def test_an_old_form_comes_back_ready_to_be_sent(client: Client, article: Article, stamp: str | None):
    if stamp == "old":
        stamp = stamps.stamp(timezone.now() - timedelta(hours=25))
    answer = client.post(PAGE, filled(stamp=stamp, comment="My long words"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "open for more than a day" in page
    assert "My long words" in page
    again = re.search(r'name="stamp" value="([^"]+)"', page)
    assert again
    assert stamps.age(again[1], timezone.now() + timedelta(minutes=1))
    assert not Report.objects.exists()


def test_what_is_quicker_than_people_is_asked_again(client: Client, article: Article):
    answer = client.post(PAGE, filled(stamp=stamps.stamp(timezone.now())))
    assert answer.status_code == 422
    assert "quicker than people" in answer.content.decode()


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(client: Client, article: Article):
    answer = client.post(PAGE, filled(website="https://spam.example"))
    assert (answer.status_code, answer["Location"]) == (302, "/articles/lock/")
    assert not Report.objects.exists()


def test_without_a_token_nothing_is_kept(article: Article):
    assert Client(enforce_csrf_checks=True).post(PAGE, filled()).status_code == 403
    assert not Report.objects.exists()


def test_the_mail_server_need_not_be_up(client: Client, article: Article, settings: Any):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9
    assert client.post(PAGE, filled(email="reader@mail.example")).status_code == 302
    assert Report.objects.exists()


# --- What is sent is text ---


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("‮reversed‬ and עברית", "‮reversed‬ and עברית"),
        ("👩‍🚀 " * 20, ("👩‍🚀 " * 20).strip()),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_whatever_is_typed_is_kept_and_shown_as_text(client: Client, article: Article, comment: str, kept: str):
    answer = client.post(PAGE, filled(comment=comment, name=comment[:100]))
    report = Report.objects.get()
    assert report.comment == kept
    page = client.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert kept.replace("<", "&lt;").replace(">", "&gt;") in page


def test_a_name_of_300_bytes_is_told_so(client: Client, article: Article):
    assert client.post(PAGE, filled(name="щ" * 150)).status_code == 422
    assert client.post(PAGE, filled(name="щ" * 100)).status_code == 302


@pytest.mark.parametrize(
    "words",
    [
        "see https://spam.example",
        "www.spam.example",
        "buy at spam.com",
        "spam.example/now",
        "[url=x]y",
        "<a href=x>",
        "HTTP://X",
    ],
)
@pytest.mark.parametrize("field", ["comment", "suggestion", "name"])
def test_what_holds_a_link_waits_until_an_editor_lets_it_in(client: Client, article: Article, words: str, field: str):
    answer = client.post(PAGE, filled(**{field: words}))
    assert Report.objects.get().status == Report.Status.HELD
    assert "Thank you. We have it." in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("comment", ["Said.So it was.", "e.g. this, i.e. that", "т.д. і т.п.", "5.5.2026", "Node.js"])
def test_a_full_stop_is_no_link(article: Article, comment: str):
    assert said(article, comment=comment).status == Report.Status.OPEN


def test_a_link_that_stands_in_the_article_is_nothing_bad():
    article = cast.published(slug="lock", body="<p>More is at register.com, they say.</p>")
    report = said(article, quote="at register.com, they", suggestion="on register.com, they")
    assert report.status == Report.Status.OPEN


# --- Articles that come and go ---


def test_a_draft_and_a_future_article_have_no_form(client: Client):
    draft = cast.draft(slug="lock", body=BODY)
    assert client.get(PAGE).status_code == client.post(PAGE, filled()).status_code == 404
    articles.schedule(draft, by=None, goes_live_at=timezone.now() + timedelta(days=1), at=NOON)
    assert client.get(PAGE).status_code == client.post(PAGE, filled()).status_code == 404


def test_of_an_article_taken_down_meanwhile_the_reader_is_told_and_gets_the_words_back(
    client: Client, article: Article
):
    articles.take_down(article, reason="By order of a court.", by=None, at=NOON)
    assert client.get(PAGE).status_code == 410
    answer = client.post(PAGE, filled(comment="My long words"))
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "By order of a court." in page
    assert "My long words" in page
    assert re.findall(r"<dt>(.*?)</dt>", page) == ["quote", "suggestion", "comment"]
    assert "counted since" not in page
    assert "taken down" in by_script(client).json()["errors"][""][0]
    assert not Report.objects.exists()


def test_an_address_that_changed_while_the_form_was_open_still_takes_it(client: Client, article: Article):
    article.slug = "new-lock"
    articles.save_draft(article, by=None, at=NOON)
    assert client.post(PAGE, filled()).status_code == 302
    assert Report.objects.get().article == article


def test_the_article_of_another_edition_has_no_form_here(client: Client, article: Article):
    assert client.get("/uk" + PAGE).status_code == 404


# --- The form's page ---


def test_the_form_shows_the_article_and_is_nobody_elses_to_keep(client: Client, article: Article):
    answer = client.get(PAGE)
    page = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-store"
    assert f'<link rel="canonical" href="{site.SITE_URL}/articles/lock/">' in page
    assert "He has counted since 1998." in page
    assert 'name="version" value="1"' in page


def test_a_link_to_the_form_can_bring_the_words_along(client: Client, article: Article):
    change(article, BODY.replace("1998", "1989"))
    page = client.get(PAGE, {"quote": "since <1998>", "version": "1"}).content.decode()
    assert "since &lt;1998&gt;</textarea>" in page
    assert 'name="version" value="1"' in page
    assert "He has counted since 1998." in page


def test_the_article_leads_to_its_form_and_names_its_version(client: Client, article: Article):
    page = client.get("/articles/lock/").content.decode()
    assert f'href="{PAGE}"' in page
    assert f'data-report="{PAGE}"' in page
    assert 'data-revision="1"' in page
    cast.published("Шлюз", slug="shliuz", edition="uk")
    assert 'data-report="/uk/articles/shliuz/report/"' in client.get("/uk/articles/shliuz/").content.decode()
    change(article, BODY + "<p>More.</p>")
    assert 'data-revision="2"' in client.get("/articles/lock/").content.decode()


def test_reports_cost_the_form_no_queries(client: Client, article: Article):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(PAGE)
        return len(asked)

    before = queries()
    for _number in range(10):
        said(article)
    assert queries() == before <= 4


# --- The reader's private page ---


def test_the_private_page_says_what_was_reported_and_is_for_nobody_else(client: Client, article: Article):
    report = said(article, comment="Look.", email="reader@mail.example", name="Ann")
    answer = client.get(report.get_absolute_url())
    page = answer.content.decode()
    for words in ("bots", "boats", "Look.", "reader@mail.example", "Ann", "Thank you. We have it."):
        assert words in page
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("status", "answer", "words"),
    [
        ("applied", "", "Corrected. Thank you!"),
        ("already_fixed", "", "It is right by now"),
        ("declined", "Thank you, that is an opinion.", "The text stays as it is"),
        ("spam", "Advertising.", "The text stays as it is"),
        ("held", "", "Thank you. We have it."),
    ],
)
def test_the_private_page_tells_the_outcome(client: Client, article: Article, status: str, answer: str, words: str):
    report = said(article)
    if status == "held":
        Report.objects.update(status=status)
    else:
        decide(report, status, answer)
    page = client.get(report.get_absolute_url()).content.decode()
    assert words in page
    assert ("Thank you, that is an opinion." in page) == (status == "declined")
    assert "Advertising." not in page


def test_a_question_is_answered_once(client: Client, article: Article):
    report = said(article)
    address = report.get_absolute_url()
    ask(report)
    shown = client.get(address)
    assert "Where did you read it?" in shown.content.decode()
    assert shown["Referrer-Policy"] == "strict-origin"
    assert client.post(address, {"text": ""}).status_code == 422
    answer = client.post(address, {"text": "In the register.\n<b>"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert report.messages.get(is_from_reader=True).text == "In the register.\n<b>"
    again = client.post(address, {"text": "And once more."})
    assert again.status_code == 409
    assert "And once more." in again.content.decode()
    assert report.messages.filter(is_from_reader=True).count() == 1


def test_nobody_answers_what_nobody_asked_or_what_is_decided(article: Article):
    report = said(article)
    with pytest.raises(actions.NothingAsked):
        actions.answer(report, text="Hello?", at=NOON)
    ask(report)
    decide(report, "declined")
    with pytest.raises(actions.NothingAsked):
        actions.answer(report, text="Hello?", at=NOON)


def test_two_answers_at_once_are_one(article: Article, client: Client):
    report = said(article)
    ask(report)
    actions.answer(report, text="One.", at=NOON + timedelta(hours=3))
    with pytest.raises(actions.NothingAsked):
        actions.answer(report, text="Two.", at=NOON + timedelta(hours=3))


def test_a_year_after_the_decision_the_private_page_has_come_to_its_end(client: Client, article: Article):
    report = said(article, comment="My words")
    decide(report, "declined", at=timezone.now() - timedelta(days=364))
    assert client.get(report.get_absolute_url()).status_code == 200
    decide(report, "declined", at=timezone.now() - timedelta(days=366))
    answer = client.get(report.get_absolute_url())
    assert answer.status_code == 410
    assert "My words" not in answer.content.decode()


def test_a_wrong_link_is_no_page(client: Client, article: Article):
    report = said(article)
    token = report.token
    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), str(report.pk), "1:x", "x", token.replace(":", ";")):
        assert client.get(f"/corrections/reports/{wrong}/").status_code == 404
    assert client.get(f"/uk{report.get_absolute_url()}").status_code == 404


def test_the_link_stands_in_no_line_of_the_log(article: Article):
    import logging

    token = said(article).token
    record = logging.LogRecord("n", 30, "f", 1, "Not Found: %s", (f"/uk/corrections/reports/{token}/",), None)
    MaskLinks().filter(record)
    assert record.getMessage() == "Not Found: /uk/corrections/reports/…/"


def test_a_taken_down_article_leaves_the_private_page(client: Client, article: Article):
    report = said(article)
    articles.take_down(article, reason="By order of a court.", by=None, at=NOON + timedelta(days=1))
    assert client.get(report.get_absolute_url()).status_code == 200
