"""Mail: what happened to a test is said plainly, and a chief sees on the first page that mail does not leave."""

from __future__ import annotations

import smtplib
import socket
import ssl
from io import StringIO
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom import tasks
from tests import cast

pytestmark = pytest.mark.django_db


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def send(self: EmailMessage, fail_silently: bool = False) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", send)


FAILURES = [
    (socket.gaierror(-2, "Name or service not known"), "There is no mail server called mail.example"),
    (ConnectionRefusedError(111, "Connection refused"), "mail.example refuses connections at port 587"),
    (TimeoutError("timed out"), "mail.example did not answer at port 587"),
    (ssl.SSLError("wrong version number"), "could not agree on encryption"),
    (smtplib.SMTPAuthenticationError(535, b"5.7.8 no"), "does not accept the user name and password"),
    (smtplib.SMTPSenderRefused(550, b"no", "x@y.example"), "does not accept DEFAULT_FROM_EMAIL"),
    (smtplib.SMTPRecipientsRefused({"x@y.example": (550, b"unknown")}), "does not accept the address"),
    (smtplib.SMTPServerDisconnected("gone"), "mail.example did not take the mail: gone"),
]


@pytest.mark.parametrize(("error", "sentence"), FAILURES, ids=lambda value: type(value).__name__)
def test_the_command_says_what_was_in_the_way(
    monkeypatch: pytest.MonkeyPatch, settings: Any, error: Exception, sentence: str
):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.example", 587
    failing(monkeypatch, error)
    with pytest.raises(CommandError) as refused:
        call_command("send_test_mail", "x@y.example")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_command_sends_one_and_says_so(settings: Any):
    settings.IS_MAIL_SET_UP, settings.EMAIL_HOST = True, "mail.example"
    out = StringIO()
    call_command("send_test_mail", "x@y.example", stdout=out)
    assert "mail.example has taken the mail to x@y.example" in out.getvalue()
    assert outbox.outbox[0].to == ["x@y.example"]


def test_without_a_server_the_command_says_that_nothing_left():
    out = StringIO()
    call_command("send_test_mail", "x@y.example", stdout=out)
    assert "EMAIL_URL is not set" in out.getvalue()
    with pytest.raises(CommandError, match="is no e-mail address"):
        call_command("send_test_mail", "nobody")


def first_page(client: Client, user: Any) -> str:
    client.force_login(user)
    return client.get("/admin/").content.decode()


def test_a_chief_is_told_that_mail_is_not_set_up_and_nobody_else_is(client: Client, settings: Any):
    settings.DEMO = False
    assert "Mail is not set up" in first_page(client, cast.chief())
    assert "Mail is not set up" not in first_page(client, cast.editor())
    settings.IS_MAIL_SET_UP = True
    assert "Mail is not set up" not in first_page(client, cast.chief("carla"))


def test_a_chief_sees_how_many_wait_since_when_and_what_was_given_up(client: Client):
    clara = cast.chief()
    for number in range(2):
        tasks.mail_notice.defer(to="x@y.example", subject=str(number), text="")
    assert "wait" not in first_page(client, clara).split("nr-day")[1].split("nr-columns")[0]
    waiting, lost = ProcrastinateJob.objects.order_by("pk")
    ProcrastinateJob.objects.filter(pk=waiting.pk).update(attempts=3)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'deferred_for_retry', now())", [waiting.pk]
        )
    assert "2 mails wait and are tried again every five minutes; the last try failed at" in first_page(client, clara)
    ProcrastinateJob.objects.filter(pk=lost.pk).update(status="failed")
    page = first_page(client, clara)
    assert "1 mail waits and is tried again" in page
    assert "1 mail was given up" in page


def test_a_chief_tries_the_mail_and_reads_what_happened(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any):
    settings.EMAIL_HOST, settings.IS_MAIL_SET_UP = "mail.example", True
    client.force_login(cast.chief())
    assert 'value="clara@outlet.example"' in client.get("/admin/mail/").content.decode()
    client.post("/admin/mail/", {"address": "clara@outlet.example"})
    assert len(outbox.outbox) == 1
    failing(monkeypatch, ConnectionRefusedError("no"))
    answer = client.post("/admin/mail/", {"address": "clara@outlet.example"})
    assert answer.status_code == 422
    assert "mail.example refuses connections" in answer.content.decode()


def test_nobody_else_tries_the_mail(client: Client):
    client.force_login(cast.editor())
    assert client.post("/admin/mail/", {"address": "x@y.example"}).status_code == 403
    assert outbox.outbox == []


def test_a_password_can_be_asked_for_while_mail_is_down(client: Client, monkeypatch: pytest.MonkeyPatch):
    failing(monkeypatch, ConnectionRefusedError("no"))
    tim = cast.translator_account()
    assert client.post("/accounts/password/reset/", {"email": tim.email}).status_code == 302
    with pytest.raises(ConnectionRefusedError):
        tasks.mail_new_password(tim.pk)  # the queue tries it again
    monkeypatch.undo()
    tasks.mail_new_password(tim.pk)
    assert "/accounts/password/reset/key/" in outbox.outbox[0].body
