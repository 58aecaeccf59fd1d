"""Mails to readers who reported: in the editors' words and the article's language, one for what belongs together, once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.actions import Change
from articles.models import Revision
from corrections import actions, installation, tasks
from corrections.models import Message, ReadyAnswer, Report, Rules
from newsroom import mail_texts
from newsroom.models import MailText, User
from tests import cast
from tests.corrections.readers import SOON, report

pytestmark = pytest.mark.django_db
ADA = "ada@mail.example"
WORDS = "/admin/newsroom/mailtext/"


@pytest.fixture
def edith() -> User:
    return cast.editor()


def apply(*reports: Report, by: User) -> actions.Applied:
    one = reports[0]
    return actions.apply(
        reports,
        words=one.suggestion,
        place=(one.place_start or 0, one.place_end or 0),
        seen_revision=one.place_revision,
        change=Change(Revision.KindOfChange.TYPO),
        by=by,
        at=SOON,
    )


def work() -> list[EmailMessage]:
    """What the queue mails, every job done twice, as after a kill."""
    jobs = ProcrastinateJob.objects.filter(task_name__startswith="corrections.tasks.mail_").order_by("pk")
    for task_name, args in [*jobs.values_list("task_name", "args")] * 2:
        getattr(tasks, task_name.rpartition(".")[2]).func(**args)
    return list(mail.outbox)


def link_in(body: object) -> str:
    found = re.search(r"https?://[^/\s]+(/\S*corrections/reports/\S+)", str(body))
    assert found
    return found[1]


# --- What is mailed when ---


def test_a_reader_with_an_address_hears_that_the_report_has_arrived():
    one = report(cast.published(), email=ADA, name="Ada")
    actions.acknowledge(one)
    (sent,) = work()
    assert sent.to == [ADA]
    assert sent.subject == "We have your report on “The lock keeper”"
    assert "Hello Ada," in sent.body
    assert "“1998”" in sent.body
    assert link_in(sent.body) == one.get_absolute_url()


def test_without_an_address_nothing_is_mailed(edith: User):
    one = report(cast.published())
    actions.acknowledge(one)
    actions.ask(one, question="Where?", by=edith, at=SOON)
    actions.decline([one], answer="No.", by=edith, at=SOON)
    assert work() == []
    assert not ProcrastinateJob.objects.filter(task_name__startswith="corrections").exists()


def test_what_is_held_back_is_not_answered_before_it_is_let_in(edith: User):
    one = report(cast.published(), email=ADA, status=Report.Status.HELD)
    actions.acknowledge(one)
    assert work() == []
    actions.let_in([one])
    assert len(work()) == 1


def test_a_question_is_mailed_with_the_link_where_it_is_answered(edith: User):
    one = report(cast.published(), email=ADA)
    actions.ask(one, question="Where does it say so?", by=edith, at=SOON)
    (sent,) = work()
    assert "Where does it say so?" in sent.body
    assert link_in(sent.body) == one.get_absolute_url()
    assert Message.objects.get().mailed_at


def test_the_outcome_is_mailed_in_the_language_of_the_article(edith: User):
    article = cast.published("Сторож шлюзу", edition="uk")
    apply(report(article, email=ADA, name="Ада"), by=edith)
    (sent,) = work()
    assert sent.subject == "Виправлено завдяки вам: «Сторож шлюзу»"
    assert "Вітаємо, Ада!" in sent.body
    assert "/uk/corrections/" in sent.body


def test_the_answer_of_a_declined_report_is_in_its_mail(edith: User):
    actions.decline([report(cast.published(), email=ADA)], answer="The register says 1998.", by=edith, at=SOON)
    (sent,) = work()
    assert "The register says 1998." in sent.body
    assert "Hello,\n" in sent.body


def test_each_reader_of_a_group_is_mailed_once(edith: User):
    article = cast.published()
    reports = [report(article, email=address) for address in (ADA, "bo@mail.example", ADA.upper())]
    apply(*reports, by=edith)
    assert sorted(each.to[0].lower() for each in work()) == [ADA, "bo@mail.example"]
    assert not Report.objects.untold().exists()


def test_several_decisions_for_one_address_are_one_mail(edith: User):
    first, second = cast.published(), cast.published("The ferry")
    actions.decline([report(first, email=ADA)], answer="It is right.", by=edith, at=SOON)
    actions.already_fixed([report(second, "boats", "ships", email=ADA)], by=edith, at=SOON)
    (sent,) = work()
    assert sent.subject == "What became of your reports"
    for words in ("1998", "The lock keeper – not changed", "It is right.", "boats", "The ferry – already corrected"):
        assert words in sent.body


def test_what_was_undone_before_its_mail_left_is_not_told(edith: User):
    one = report(cast.published(), email=ADA)
    done = apply(one, by=edith)
    job = ProcrastinateJob.objects.get(task_name="corrections.tasks.mail_outcome")
    assert job.scheduled_at
    actions.undo(done.correction, by=edith, at=SOON + timedelta(seconds=20))
    assert work() == []
    actions.decline([Report.objects.get(pk=one.pk)], answer="No.", by=edith, at=SOON)
    assert len(work()) == 1


def test_spam_is_not_told(edith: User):
    actions.mark_spam([report(cast.published(), email=ADA)], by=edith, at=SOON)
    assert work() == []


def test_mail_that_is_down_loses_nothing(edith: User, monkeypatch: pytest.MonkeyPatch):
    one = report(cast.published(), email=ADA)
    actions.decline([one], answer="No.", by=edith, at=SOON)
    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", lambda *args, **kwargs: (_ for _ in ()).throw(ConnectionRefusedError()))
        with pytest.raises(ConnectionRefusedError):
            tasks.mail_outcome.func(report_id=one.pk)
    assert Report.objects.untold().get() == one
    assert tasks.mail_outcome.retry_strategy.max_attempts >= 1000
    assert len(work()) == 1


def test_such_mails_are_counted_on_the_first_page_when_they_wait(client: Client, edith: User):
    actions.decline([report(cast.published(), email=ADA)], answer="No.", by=edith, at=SOON)
    client.force_login(cast.chief())
    assert "Mail that waits: 1." in client.get("/admin/mail/").content.decode()


def test_the_drafts_title_is_in_no_mail(edith: User):
    article = cast.published()
    article.title = "A secret new title"
    article.save(update_fields=["title"])
    actions.decline([report(article, email=ADA)], answer="No.", by=edith, at=SOON)
    (sent,) = work()
    assert "secret" not in f"{sent.subject} {sent.body}"


def test_no_header_can_be_slipped_in_by_a_reader(edith: User):
    one = report(cast.published(), email=ADA, name="Ada\r\nBcc: x@y.example", comment="{link}\r\nBcc: x@y.example")
    MailText.objects.create(edition_id="en", name="corrections.received", subject="For {name}: {words}", body="{link}")
    actions.acknowledge(one)
    (sent,) = work()
    assert sent.message()["Bcc"] is None
    assert "\n" not in sent.subject


# --- The words ---


@pytest.fixture
def clara(client: Client) -> Client:
    client.force_login(cast.chief())
    return client


def test_a_chief_finds_every_mail_in_every_edition(clara: Client):
    page = clara.get(WORDS).content.decode()
    assert "To a reader: your report has arrived" in page
    assert "We have your report on “{article}”" in page
    assert "Ми отримали ваше повідомлення про статтю «{article}»" in page


def test_what_a_chief_writes_is_what_is_mailed(clara: Client):
    words = {"subject": "Got it, {name}", "body": "{words}\n\nSee {link}"}
    clara.post(f"{WORDS}corrections.received/en/", words)
    actions.acknowledge(report(cast.published(), email=ADA, name="Ada"))
    (sent,) = work()
    assert (sent.subject, sent.body.split("\n")[0]) == ("Got it, Ada", "1998")
    assert "in your own words" in clara.get(WORDS).content.decode()


def test_an_unknown_placeholder_is_refused_and_what_was_typed_stays(clara: Client):
    words = {"subject": "Got it", "body": "Dear {nmae}, {words} {what}"}
    answer = clara.post(f"{WORDS}corrections.received/en/", words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "{nmae}, {what} are none of the names below" in page
    assert "Dear {nmae}" in page
    assert not MailText.objects.exists()


def test_the_placeholders_are_explained_under_the_form(clara: Client):
    page = clara.get(f"{WORDS}corrections.declined/uk/").content.decode()
    assert "<code>{answer}</code>" in page
    assert "why nothing was changed" in page
    assert "Back to the first words…" not in page


def test_the_first_words_come_back_after_a_question(clara: Client):
    clara.post(f"{WORDS}corrections.received/en/", {"subject": "Mine", "body": "Mine"})
    asked = clara.get(f"{WORDS}corrections.received/en/first-words/").content.decode()
    assert "We have your report on" in asked
    assert MailText.objects.exists()
    clara.post(f"{WORDS}corrections.received/en/first-words/")
    assert not MailText.objects.exists()


def test_a_mail_or_an_edition_that_is_not_there_is_not_found(clara: Client):
    assert clara.get(f"{WORDS}nothing/en/").status_code == 404
    assert clara.get(f"{WORDS}corrections.received/xx/").status_code == 404


def test_only_chiefs_word_mails(client: Client):
    client.force_login(cast.editor())
    for path in (WORDS, f"{WORDS}corrections.received/en/", f"{WORDS}corrections.received/en/first-words/"):
        assert client.get(path).status_code == 403
        assert client.post(path, {"subject": "x", "body": "x"}).status_code == 403
    assert not MailText.objects.exists()


def test_a_value_is_never_read_as_a_placeholder_and_empty_lines_go():
    mail_texts.declare(
        "test", "A test", {"a": "", "b": ""}, {"en": ("{a}\n{b}", "Dear {a},\n\n{a}\n– {b} –\n\n\n\n{b}\nend")}
    )
    try:
        assert mail_texts.render("test", "en", a="", b="{a}") == ("{a}", "Dear,\n\n– {a} –\n\n{a}\nend\n")
        with pytest.raises(ValueError, match="no placeholder c"):
            mail_texts.declare("other", "Other", {}, {"en": ("{c}", "")})
    finally:
        del mail_texts._mails["test"]


def test_every_mail_speaks_every_language_with_all_its_names():
    for kind in mail_texts.every():
        for code in ("en", "uk"):
            subject, body = kind.words[code]
            assert subject
            assert "{outlet}" in body


# --- Ready answers ---


def test_ready_answers_are_there_from_the_beginning_and_stay_deleted():
    assert set(ReadyAnswer.objects.values_list("edition", flat=True)) == {"en", "uk"}
    ReadyAnswer.objects.filter(edition="en").delete()
    call_command("migrate", verbosity=0)
    installation.lay_foundations()
    assert not ReadyAnswer.objects.filter(edition="en").exists()
    assert ReadyAnswer.objects.filter(edition="uk").exists()


def test_editors_word_ready_answers_and_chiefs_the_rules(client: Client):
    client.force_login(cast.editor())
    assert client.get("/admin/corrections/readyanswer/").status_code == 200
    client.post(
        "/admin/corrections/readyanswer/add/", {"edition": "en", "label": "New", "text": "Words.", "position": 9}
    )
    assert ReadyAnswer.objects.filter(label="New").exists()
    assert client.get("/admin/corrections/rules/1/change/").status_code == 403
    client.force_login(cast.chief())
    client.post("/admin/corrections/rules/1/change/", {"shows_figures": "on", "keep_addresses_days": 30})
    rules = Rules.current()
    assert (rules.shows_figures, rules.keep_addresses_days) == (True, 30)
    assert client.get("/admin/corrections/rules/", follow=True).redirect_chain == [
        ("/admin/corrections/rules/1/change/", 302)
    ]
    client.force_login(cast.translator_account())
    assert client.get("/admin/corrections/readyanswer/").status_code == 403
