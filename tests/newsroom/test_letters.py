"""Writing to us: kept before it is mailed, mailed by the queue, once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom import actions, limits, tasks
from newsroom.models import Letter, Outlet, ReusePolicy, SenderCount
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def letter(**changes: str) -> dict[str, str]:
    sent = {
        "to": "corrections",
        "email": "reader@mail.example",
        "name": "A reader",
        "about": "The lock keeper",
        "text": "The year is wrong.",
        "key": str(uuid.uuid4()),
        "website": "",
    }
    return sent | changes


def test_a_letter_is_kept_and_put_on_the_queue_in_one_transaction(client: Client):
    answer = client.post("/contact/write/", letter())
    assert (answer.status_code, answer["Location"]) == (302, "/contact/written/")
    kept = Letter.objects.get()
    assert (kept.text, kept.email, kept.mailed_at) == ("The year is wrong.", "reader@mail.example", None)
    job = ProcrastinateJob.objects.get()
    assert job.args == {"letter_id": kept.pk}


def test_the_queue_mails_it_once_to_whom_it_is_for_and_an_answer_goes_to_the_writer(client: Client):
    Outlet.objects.update(corrections="corrections@outlet.example")
    client.post("/contact/write/", letter())
    kept = Letter.objects.get()
    tasks.mail_letter(kept.pk)
    tasks.mail_letter(kept.pk)
    assert len(mail.outbox) == 1
    message = mail.outbox[0]
    assert (message.to, message.reply_to) == (["corrections@outlet.example"], ["reader@mail.example"])
    assert "The year is wrong." in message.body
    kept.refresh_from_db()
    assert kept.mailed_at


def test_a_request_for_permission_goes_to_who_grants_it(client: Client):
    ReusePolicy.objects.update(contact="rights@outlet.example")
    client.post("/contact/write/", letter(to="permissions"))
    tasks.mail_letter(Letter.objects.get().pk)
    assert mail.outbox[0].to == ["rights@outlet.example"]


def test_a_form_sent_twice_is_one_letter(client: Client):
    sent = letter()
    client.post("/contact/write/", sent)
    client.post("/contact/write/", sent)
    assert Letter.objects.count() == 1
    assert ProcrastinateJob.objects.count() == 1


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(client: Client):
    assert client.post("/contact/write/", letter(website="https://spam.example")).status_code == 302
    assert not Letter.objects.exists()


def test_a_wrong_letter_is_given_back_as_it_was_typed(client: Client):
    answer = client.post("/contact/write/", letter(email="nobody", text="Long words.\nAnd more <b>"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no-store" in answer["Cache-Control"]
    assert 'value="nobody"' in page
    assert "And more &lt;b&gt;" in page
    assert not Letter.objects.exists()


@pytest.mark.parametrize("subject", ["a\r\nBcc: x@y.example", "a\nb", "a\u2028b"])
def test_no_header_can_be_slipped_in(subject: str):
    kept = actions.receive_letter(
        key=uuid.uuid4(), edition="en", to="newsroom", name="N\r\nBcc: x@y.example", email="r@m.example",
        about=subject, text="t", at=NOON,
    )  # fmt: skip
    tasks.mail_letter(kept.pk)
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert "\n" not in mail.outbox[0].subject


def test_without_a_token_nothing_is_kept():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/contact/write/", letter()).status_code == 403
    assert not Letter.objects.exists()


def send(client: Client, sender: str, **changes: str) -> Any:
    return client.post("/contact/write/", letter(**changes), REMOTE_ADDR=sender)


def test_the_sixth_letter_of_one_sender_waits_and_keeps_what_was_typed(client: Client):
    for _number in range(5):
        assert send(client, "192.0.2.1").status_code == 302
    answer = send(client, "192.0.2.1", text="One more <thing>.")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "no-store" in answer["Cache-Control"]
    assert "Please send this one again in ten minutes." in page
    assert "One more &lt;thing&gt;." in page
    assert Letter.objects.count() == 5
    assert send(client, "192.0.2.2").status_code == 429  # the same network
    assert send(client, "192.0.3.2").status_code == 302


def test_letters_that_were_wrong_are_not_counted(client: Client):
    for _number in range(6):
        assert send(client, "192.0.2.1", email="nobody").status_code == 422
    assert send(client, "192.0.2.1").status_code == 302


def test_ten_minutes_later_the_sender_may_write_again(client: Client):
    for _number in range(5):
        assert send(client, "192.0.2.1").status_code == 302
    SenderCount.objects.update(begun_at=timezone.now() - timedelta(minutes=10))
    assert send(client, "192.0.2.1").status_code == 302
    assert SenderCount.objects.get().count == 1


def test_a_network_of_ipv6_is_one_sender(client: Client):
    for number in range(5):
        assert send(client, f"2001:db8:1:2::{number}").status_code == 302
    assert send(client, "2001:db8:1:2:ffff::9").status_code == 429
    assert send(client, "2001:db8:1:3::1").status_code == 302
    assert send(client, "::ffff:192.0.2.1").status_code == 302


def test_behind_our_proxy_the_sender_is_who_the_proxy_saw(settings: Any):
    def sender(**headers: Any) -> str:
        return limits.sender(RequestFactory().get("/", **headers))

    forged = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7"}
    assert sender(**forged) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert sender(**forged) == "198.51.100.7"
    assert sender() == "127.0.0.1"
