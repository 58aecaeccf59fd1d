"""Mail to the corrections address: it becomes a report or a letter, once, or is refused; nothing of it is lost."""

from __future__ import annotations

import io
import os
import time
from datetime import timedelta
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import actions
from corrections import actions as corrections
from corrections import mail_in
from corrections import tasks as tasks_of_corrections
from corrections.models import Report
from newsroom import tasks
from newsroom.models import Letter, OldAddress, Outlet, SenderCount
from tests import cast

pytestmark = pytest.mark.django_db
SITE = "https://news.example"
BODY = (
    "<p>The lock keeper counts <em>boats</em>. He has counted them since 1998, and “nobody reads” his numbers.</p>"
    "<p>In 1998 the lock was new. The keeper’s book has 47 pages.</p>"
    "<p>The bridge has 47 steps — more than any other in town.</p>"
)


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = SITE
    settings.DEFAULT_FROM_EMAIL = "The Outlet <newsroom@news.example>"


@pytest.fixture
def boats() -> Any:
    return cast.published(slug="boats", body=BODY)


def written(text: str = "", **headers: Any) -> bytes:
    """A mail as a reader's program sends it."""
    message = EmailMessage()
    names = {"From": "Rita Reader <rita@mail.example>", "Subject": "A mistake", "Message-ID": "<1@mail.example>"}
    for name, value in (names | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value is not None:
            message[name] = value
    message.set_content(text)
    return message.as_bytes()


def receive(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """Give a mail to the command as the mail server does, and return the code with which it ends."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    try:
        call_command("receive_mail", stdout=io.StringIO())
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.fixture
def take(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda raw: receive(raw, monkeypatch)


# --- Which article, which words ---


@pytest.mark.parametrize(
    "text",
    [
        f"{SITE}/articles/boats/",
        f"In {SITE}/articles/boats/?utm_source=feed#top, the year is wrong.",
        "See news.example/articles/boats, please",
        "(http://www.news.example/articles/boats/).",
        f"<{SITE}/articles/boats/>",
        f"---- Forwarded ----\n> Read this: {SITE}/articles/boats/\n> Yours",
        "> https://news.example/artic\n> les/boats/\nThat one.",
        "https://safelinks.example/?url=https%3A%2F%2Fnews.example%2Farticles%2Fboats%2F&data=1",
    ],
)
def test_a_link_says_which_article_is_meant_however_it_is_written(take: Any, boats: Any, text: str):
    assert take(written(f"The year is wrong. {text}")) == 0
    report = Report.objects.get()
    assert (report.article, report.channel, report.place, report.email, report.name) == (
        boats, "mail", "whole", "rita@mail.example", "Rita Reader",
    )  # fmt: skip
    assert not report.may_be_thanked
    assert not Letter.objects.exists()


def test_an_address_that_an_article_had_leads_to_it(take: Any, boats: Any):
    boats.slug = "barges"
    actions.save_draft(boats, by=None, at=cast.NOON)
    OldAddress.objects.create(path="/2019/boats.html", target="/articles/barges/")
    assert take(written(f"Wrong: {SITE}/articles/boats/", Message_ID="<1@m>")) == 0
    assert take(written(f"Bad: {SITE}/2019/boats.html", Message_ID="<2@m>")) == 0
    assert [report.article for report in Report.objects.all()] == [boats, boats]


def test_another_edition_is_found_by_its_address(take: Any, boats: Any):
    ours = cast.published("Човни", edition="uk", slug="boats", body="<p>Доглядач рахує <b>човни</b> з 1998 року.</p>")
    assert take(written(f"{SITE}/uk/articles/boats/\n«човни» → «баржі»")) == 0
    report = Report.objects.get()
    assert (report.article, report.quote, report.suggestion) == (ours, "човни", "баржі")


@pytest.mark.parametrize(
    ("text", "quote", "suggestion"),
    [
        ("“The lock keeper” should be “The lock-keeper”.", "The lock keeper", "The lock-keeper"),
        ('It says "his numbers" but it should say "her numbers".', "his numbers", "her numbers"),
        ("Please replace „his numbers“ with „her numbers“.", "his numbers", "her numbers"),
        ("«his numbers» → «her numbers»", "his numbers", "her numbers"),
        ("his numbers -> her numbers", "his numbers", "her numbers"),
        ("- his numbers → her numbers", "his numbers", "her numbers"),
        ("Write ‘her numbers’ instead of ‘his numbers’.", "his numbers", "her numbers"),
        ("Instead of “his numbers”, it should read “her numbers”.", "his numbers", "her numbers"),
        ("It should be “her numbers”, not “his numbers”.", "his numbers", "her numbers"),
        ("It is not “his numbers” but “her numbers”.", "his numbers", "her numbers"),
        ("In the first paragraph, his numbers should be her numbers.", "his numbers", "her numbers"),
        ("Замість «his numbers» має бути «her numbers».", "his numbers", "her numbers"),
        ("«his numbers» треба виправити на «her numbers»", "his numbers", "her numbers"),
        ("Має бути «her numbers», а не «his numbers».", "his numbers", "her numbers"),
        ("Не «his numbers», а «her numbers».", "his numbers", "her numbers"),
        ("замість his numbers має бути her numbers", "his numbers", "her numbers"),
        ("Виправте «his numbers» на «her numbers», будь ласка.", "his numbers", "her numbers"),
        ('"the KEEPER\'s book" is odd, isn\'t it?', "The keeper’s book", ""),
        ("> He has counted them since\n> 1998, and \"nobody reads\" his numbers.\n\nIs that so?",
         "He has counted them since 1998, and “nobody reads” his numbers.", ""),
        ("“The bridge has 47 steps - more than any other”: no.", "The bridge has 47 steps — more than any other", ""),
        ("> The bridge has 47 steps\n\n“47” should be “48”.", "47", "48"),
    ],
)  # fmt: skip
def test_what_people_write_of_words_is_understood(take: Any, boats: Any, text: str, quote: str, suggestion: str):
    assert take(written(f"{SITE}/articles/boats/\n\n{text}\n")) == 0
    report = Report.objects.get()
    assert (report.quote, report.suggestion, report.place) == (quote, suggestion, "current")
    assert cast.live(boats).text[report.start : report.end] == quote
    if quote == "47":
        assert "steps" in report.suffix


@pytest.mark.parametrize(
    "text",
    [
        "“47” should be “48”.",  # stands there twice
        "“a word that is not there” should be “one that is”.",
        "“umber” should be “ember”.",  # a part of a word
        "“numbers” should be “numbers”.",
        "The whole article is unfair -> change it, and say → why",
        "“” → “”, “ ” should be «»",
    ],
)
def test_words_that_are_not_there_for_certain_are_left_to_the_editor(take: Any, boats: Any, text: str):
    assert take(written(f"{SITE}/articles/boats/\n\n{text}")) == 0
    report = Report.objects.get()
    assert (report.quote, report.suggestion, report.place) == ("", "", "whole")
    assert text in report.comment


def test_without_a_link_words_that_only_one_article_has_say_which_is_meant(take: Any, boats: Any):
    cast.published("Another", slug="another", body="<p>The lock was new. The keeper’s book is a novel.</p>")
    cast.draft("A draft", slug="a-draft", body="<p>The bridge has 47 steps — more than any ship.</p>")
    assert take(written("You write “The bridge has 47 steps — more than any”. It has 48.")) == 0
    assert Report.objects.get().article == boats


def test_words_are_sought_in_any_form_and_believed_in_theirs_only(take: Any):
    ours = cast.published(
        "Шлюз", edition="uk", slug="shliuz", body="<p>Сорок сім човнів стояли біля старого шлюзу.</p>"
    )
    cast.published("Шлюзи", edition="uk", slug="shliuzy", body="<p>Сорок сім човнів стоять біля старих шлюзів.</p>")
    assert take(written("У вас написано «сорок сім човнів стояли біля старого шлюзу», а їх було сорок шість.")) == 0
    assert Report.objects.get().article == ours


def test_words_that_several_articles_have_choose_none(take: Any, boats: Any):
    cast.published("Another", slug="another", body=BODY)
    assert take(written("You write “The bridge has 47 steps — more than any”. It has 48.")) == 0
    assert not Report.objects.exists()
    assert "It has 48." in Letter.objects.get().text


def test_of_several_articles_that_it_links_to_the_one_with_the_words_is_meant(take: Any, boats: Any):
    other = cast.published("Another", slug="another", body="<p>The lock was old.</p>")
    links = f"{SITE}/articles/boats/ {SITE}/articles/another/"
    assert take(written(f"{links} “was old” should be “was new”", Message_ID="<1@m>")) == 0
    assert take(written(f"{links} Both are bad.", Message_ID="<2@m>")) == 0
    assert Report.objects.get().article == other
    assert "Both are bad." in Letter.objects.get().text


def test_a_mail_about_nothing_that_is_public_is_a_letter(take: Any, boats: Any):
    cast.draft("Secret", slug="secret", body="<p>Nobody may know that the mayor has resigned today.</p>")
    actions.take_down(boats, reason="r", by=None, at=cast.NOON)
    for number, text in enumerate(
        [
            f"{SITE}/articles/boats/ is wrong",
            f"{SITE}/articles/secret/ is wrong",
            "“Nobody may know that the mayor has resigned today” is wrong",
            "https://other.example/articles/boats/ is wrong",
            "Ваша стаття про зерно помиляється.",
        ]
    ):
        assert take(written(text, Message_ID=f"<{number}@m>")) == 0
    assert not Report.objects.exists()
    assert [letter.edition_id for letter in Letter.objects.order_by("pk")] == ["en", "en", "en", "en", "uk"]
    assert {letter.to for letter in Letter.objects.all()} == {"corrections"}


# --- What becomes of the rest of it ---


def test_the_same_mail_delivered_twice_is_one_report(take: Any, boats: Any):
    for _time in range(2):
        assert take(written(f"{SITE}/articles/boats/ is wrong")) == 0
        assert take(written("This is about nothing.", Message_ID="<2@m>")) == 0
        assert take(written("This is about nothing, without an id.", Message_ID=None)) == 0
    assert Report.objects.count() == 1
    assert Letter.objects.count() == 2


def test_our_own_addresses_are_no_advertising_and_those_of_others_are(take: Any, boats: Any):
    assert take(written(f"{SITE}/articles/boats/ is wrong", Message_ID="<1@m>")) == 0
    assert take(written(f"{SITE}/articles/boats/ buy https://pills.example", Message_ID="<2@m>")) == 0
    assert [report.status for report in Report.objects.order_by("pk")] == ["open", "held"]
    assert "news.example" not in Report.objects.first().comment  # type: ignore[union-attr]


def test_a_long_mail_is_a_report_with_its_beginning_and_a_letter_with_all(take: Any, boats: Any):
    assert take(written(f"{SITE}/articles/boats/\n" + "Much is to be said. " * 300 + "The end.")) == 0
    comment = Report.objects.get().comment
    assert len(comment) <= 2_000
    assert comment.endswith("…")
    assert Letter.objects.get().text.endswith("The end.")


def test_the_signature_and_the_mail_that_is_answered_are_no_comment(take: Any, boats: Any):
    text = (
        f"It is wrong: {SITE}/articles/boats/\n\nOn Mon, 2 Mar 2026 at 12:00, The Outlet\n<newsroom@news.example> wrote:\n"
        "> Our news of the week\n> and more"
    )
    assert take(written(text, Message_ID="<1@m>")) == 0
    assert (
        take(written(f"It is wrong: {SITE}/articles/boats/\n-- \nRita, https://rita.example", Message_ID="<2@m>")) == 0
    )
    for report in Report.objects.all():
        assert report.comment == "A mistake\n\nIt is wrong:"
        assert report.status == "open"


def test_files_are_counted_and_not_kept(take: Any, boats: Any):
    message = EmailMessage()
    message["From"], message["Message-ID"] = "r@mail.example", "<1@m>"
    message.set_content(f"Look: {SITE}/articles/boats/")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="b.zip")
    assert take(message.as_bytes()) == 0
    assert Report.objects.get().comment == "Look:\n\n[2 files came with this mail and were not kept.]"


def test_a_mail_of_html_alone_is_read_with_its_links_and_quotations(take: Any, boats: Any):
    message = EmailMessage()
    message["From"] = "r@mail.example"
    message.set_content(
        f'<html><head><title>x</title><style>p {{}}</style></head><body><p>Hello,<br>in <a href="{SITE}/articles/boats/">'
        "this</a>:</p><blockquote type=cite><p>He has counted them since&nbsp;1998</p></blockquote><p>I <b>doubt</b> it."
        "<script>alert(1)</script></body></html>",
        subtype="html",
    )
    assert take(message.as_bytes()) == 0
    report = Report.objects.get()
    assert report.quote == "He has counted them since 1998"
    assert report.comment == "Hello,\nin this:\n> He has counted them since 1998\nI doubt it."


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: text/plain; charset=windows-1251\r\n\r\n" + "Помилка".encode("windows-1251"),
        b"Content-Type: text/plain; charset=koi8-u\r\n\r\n" + "Помилка".encode("koi8-u"),
        b"Content-Type: text/plain; charset=no-such-charset\r\n\r\n" + "Помилка".encode(),
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "Помилка".encode("windows-1251"),
        b"\r\n" + "Помилка".encode(),
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n0J/QvtC80LjQu9C60LA",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + "Помилка".encode(),
    ],
)
def test_whatever_the_charset_says_words_are_words(take: Any, head: bytes):
    assert take(b"From: r@mail.example\r\nMessage-ID: <1@m>\r\n" + head) == 0
    letter = Letter.objects.get()
    assert (letter.text, letter.edition_id) == ("Помилка", "uk")


def test_headers_are_decoded_and_bring_nothing_with_them(take: Any):
    raw = (
        "From: =?utf-8?B?0J7QutGB0LDQvdCw?= <r@mail.example>\r\nSubject: =?utf-8?Q?A=0D=0ABcc:_x=40y.example?=\r\n"
        f"X-Long: {'x' * 50_000}\r\n{''.join(f'X-{number}: y' + chr(13) + chr(10) for number in range(300))}\r\nHi\0.\r\n"
    )
    assert take(raw.encode()) == 0
    letter = Letter.objects.get()
    assert (letter.name, letter.about, letter.text) == ("Оксана", "A Bcc: x@y.example", "Hi.")
    tasks.mail_letter(letter.pk)
    assert mail.outbox[0].message()["Bcc"] is None


def test_a_mail_without_a_subject_or_from_right_to_left_is_kept_as_it_is(take: Any):
    assert take(written("يوجد خطأ في المقالة", Subject=None)) == 0
    assert (Letter.objects.get().about, Letter.objects.get().text) == ("", "يوجد خطأ في المقالة")


# --- What nobody wrote ---


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"Precedence": "bulk"},
        {"Precedence": "Junk"},
        {"X_Auto_Response_Suppress": "All"},
        {"List_Id": "<all.mail.example>"},
        {"Return_Path": "<>"},
        {"From": "Mail Delivery <MAILER-DAEMON@mail.example>"},
        {"From": "postmaster@mail.example"},
        {"From": "no-reply@mail.example"},
        {"From": "newsroom@news.example"},
        {"X_Loop": "news.example"},
        {"Message_ID": "<123.4.5.newsroom@news.example>"},
    ],
)
def test_what_no_person_sent_is_dropped_without_an_answer(take: Any, boats: Any, headers: dict[str, str]):
    assert take(written(f"{SITE}/articles/boats/", **headers)) == 0
    assert not Report.objects.exists()
    assert not Letter.objects.exists()
    assert not mail.outbox


def test_a_person_says_no_of_programs_and_is_heard(take: Any, boats: Any):
    assert take(written(f"{SITE}/articles/boats/", Auto_Submitted="no", Return_Path="<rita@mail.example>")) == 0
    assert Report.objects.exists()


def test_the_report_of_a_mail_server_is_dropped(take: Any):
    raw = b"From: x@mail.example\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nfailed\r\n--x--\r\n"
    assert take(raw) == 0
    assert not Letter.objects.exists()


def test_a_mail_that_has_passed_too_many_servers_goes_in_circles(take: Any):
    assert take(b"Received: from a by b\r\n" * 61 + written("Hello")) == 0
    assert not Letter.objects.exists()


def test_every_mail_of_ours_is_known_should_it_come_back(take: Any):
    assert take(written("This is about nothing.")) == 0
    tasks.mail_letter(Letter.objects.get().pk)
    tasks.mail_notice("r@mail.example", "Subject", "Text")
    for message in [each.message() for each in mail.outbox]:
        for mark in ("Auto-Submitted", "X-Loop", "Message-ID"):  # what lists, aliases and gateways may leave of it
            back = written("Hello", **{"Message-ID": "<2@else>", mark: message[mark], "From": "somebody@else.example"})
            assert take(back) == 0
    assert Letter.objects.count() == 1


# --- Mails back and forth ---


def sent() -> list[Any]:
    """What the queue mails, each job done twice, as after a kill."""
    jobs = ProcrastinateJob.objects.filter(task_name__contains=".tasks.mail_").order_by("pk")
    for name, args in [*jobs.values_list("task_name", "args")] * 2:
        app.tasks[name].func(**args)
    return list(mail.outbox)


def test_the_reader_gets_the_private_link_once_and_may_answer_a_question_by_mail(take: Any, boats: Any):
    Outlet.objects.update(corrections="corrections@news.example")
    assert take(written(f"{SITE}/articles/boats/ The year is wrong.")) == 0
    report = Report.objects.get()
    (receipt,) = sent()
    assert (receipt.to, receipt.reply_to) == (["rita@mail.example"], ["corrections@news.example"])
    assert report.get_absolute_url() in receipt.body
    corrections.ask(report, question="Which year would be right?", by=cast.editor(), at=timezone.now())
    quoted = "\n".join(f"> {line}" for line in sent()[-1].body.splitlines())
    answer = written(f"1997, I have the book.\n\nOn 2 Mar 2026, The Outlet wrote:\n{quoted}", Message_ID="<2@m>")
    assert take(answer) == 0
    assert take(answer) == 0
    assert [(message.is_from_reader, message.text) for message in report.messages.all()] == [
        (False, "Which year would be right?"), (True, "1997, I have the book."),
    ]  # fmt: skip
    assert Report.objects.count() == 1
    assert not Letter.objects.exists()


def test_the_same_words_answer_the_next_question_too(take: Any, boats: Any):
    assert take(written(f"{SITE}/articles/boats/ The year is wrong.")) == 0
    report = Report.objects.get()
    link = f"{SITE}{report.get_absolute_url()}"
    for number, question in enumerate(("Is it 1997?", "Are you sure?")):
        corrections.ask(report, question=question, by=cast.editor(f"edith{number}"), at=timezone.now())
        assert take(written(f"Yes.\n\n> {link}", Message_ID=f"<{number + 2}@m>")) == 0
    assert report.messages.filter(is_from_reader=True, text__startswith="Yes.").count() == 2
    assert report.question() is None


def test_an_answer_that_nobody_waits_for_is_a_letter(take: Any, boats: Any):
    assert take(written(f"{SITE}/articles/boats/ The year is wrong.")) == 0
    link = SITE + Report.objects.get().get_absolute_url()
    assert take(written(f"Thank you for the quick answer.\n> {link}", Message_ID="<2@m>")) == 0
    assert not Report.objects.get().messages.exists()
    assert "Thank you" in Letter.objects.get().text


def test_a_private_link_that_somebody_made_up_opens_nothing(take: Any, boats: Any):
    assert take(written(f"Hello\n> {SITE}/corrections/reports/1:{'A' * 43}/")) == 0
    assert Letter.objects.exists()


def test_while_mail_is_down_the_report_is_kept_and_the_receipt_waits(
    take: Any, boats: Any, monkeypatch: pytest.MonkeyPatch
):
    assert take(written(f"{SITE}/articles/boats/ The year is wrong.")) == 0
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", _no_server)
        with pytest.raises(ConnectionRefusedError):
            sent()
    report = Report.objects.get()
    assert report.receipt_mailed_at is None
    retry = tasks_of_corrections.mail_receipt.retry_strategy.get_retry_decision(exception=OSError(), job=_job())
    assert retry is not None
    assert len(sent()) == 1
    report.refresh_from_db()
    assert report.receipt_mailed_at


def _no_server(*args: Any, **kwargs: Any) -> None:
    raise ConnectionRefusedError


def _job() -> Any:
    return SimpleNamespace(attempts=100)


def test_after_too_many_mails_of_one_sender_the_mail_server_brings_the_next_later(take: Any, boats: Any):
    def mail_number(number: int, sender: str = "rita@mail.example") -> int:
        raw = written(f"{SITE}/articles/boats/ Mistake {number}", Message_ID=f"<{number}@m>", From=sender)
        return int(take(raw))

    assert [mail_number(number) for number in range(6)] == [0] * 5 + [os.EX_TEMPFAIL]
    assert mail_number(0) == 0  # taken before, so it takes no place
    assert mail_number(5, "RITA@mail.example") == os.EX_TEMPFAIL
    assert mail_number(6, "nina@mail.example") == 0
    SenderCount.objects.update(begun_at=timezone.now() - timedelta(days=1))
    assert mail_number(5) == 0
    assert Report.objects.count() == 7


# --- What the mail server is told ---


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\n", b"Subject: x\r\n\r\nNobody", b"From: nobody\r\n\r\nx", b"\xff" * 100]
)
def test_what_is_no_mail_is_refused_for_good(take: Any, raw: bytes):
    assert take(raw) == os.EX_DATAERR


def test_a_mail_of_more_than_a_megabyte_is_refused_for_good(take: Any, boats: Any):
    size = mail_in.MOST_BYTES - len(written(f"{SITE}/articles/boats/\n"))
    assert take(written(f"{SITE}/articles/boats/\n" + "x" * 60 + "\n" * (size + 1))) == os.EX_DATAERR
    assert not Report.objects.exists()


def test_while_the_database_is_away_the_mail_server_keeps_the_mail(
    take: Any, boats: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    raw = written(f"{SITE}/articles/boats/ is wrong")
    with monkeypatch.context() as patch:
        patch.setattr("corrections.actions.report", _away)
        assert take(raw) == os.EX_TEMPFAIL
    assert not caplog.records[-1].exc_info  # told in a line: nothing is broken
    assert not Report.objects.exists()
    assert take(raw) == 0
    assert Report.objects.count() == 1


def test_a_fault_of_ours_costs_no_mail(take: Any, boats: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corrections.actions.report", lambda *args, **kwargs: 1 / 0)
    assert take(written(f"{SITE}/articles/boats/")) == os.EX_TEMPFAIL


def _away(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("the connection is closed")


@pytest.mark.parametrize(
    "text",
    [
        "“" * 300_000,
        "> " * 200_000,
        ">\n" * 200_000,
        "On 1 wrote:\n" * 40_000,
        " " * 400_000 + "x",
        f"{SITE}/articles" * 20_000,
        f"{SITE}/" + "a/" * 100_000,
        "a -> b\n" * 60_000,
        "it should be " * 30_000,
    ],
)
def test_a_mail_made_to_keep_us_busy_is_done_within_seconds(take: Any, boats: Any, text: str):
    begun = time.monotonic()
    assert take(b"From: r@mail.example\r\n\r\n" + text.encode()) == 0
    assert time.monotonic() - begun < 5


def test_headers_made_to_keep_us_busy_are_done_within_seconds(take: Any):
    begun = time.monotonic()
    for header in (
        b"Content-Type: text/plain; " + b'a="\\"; ' * 40_000,
        b"Content-Type: multipart/mixed; boundary=x; " + b"a*0=b; " * 40_000,
        b"Content-Disposition: attachment; " + b"filename*1=(" * 20_000,
        b"Subject: " + b"=?utf-8?q?x?= " * 30_000,
        b"Message-ID: " + b"<(" * 100_000,
    ):
        assert take(b"From: r@mail.example\r\n" + header + b"\r\n\r\nHello") in (0, os.EX_TEMPFAIL)
    assert time.monotonic() - begun < 5


def test_parts_within_parts_are_refused_or_read_but_never_a_crash(take: Any):
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1_500))
    assert take(b"From: r@mail.example\r\n" + nested) in (0, os.EX_DATAERR)


def test_html_made_to_keep_us_busy_is_done_within_seconds(take: Any):
    begun = time.monotonic()
    for html in (b"<blockquote>" * 10_000, b"<a href=x>" * 20_000, b"<p>&lt;" * 30_000):
        assert take(b"From: r@mail.example\r\nContent-Type: text/html\r\n\r\n" + html + b"x") == 0
    assert time.monotonic() - begun < 8
