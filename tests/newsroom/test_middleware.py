"""What goes round every answer: its security policy, and a sentence when something behind it fails."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import InternalError
from django.test import Client

from newsroom import actions
from tests import cast
from tests.newsroom.test_letters import letter

pytestmark = pytest.mark.django_db
HEADER = "Content-Security-Policy"


@pytest.mark.parametrize("path", ["/", "/articles/boats/", "/contact/write/", "/accounts/login/", "/none/", "/feed/"])
def test_public_answers_allow_nothing_inline_and_nothing_from_elsewhere(client: Client, path: str):
    cast.published(slug="boats")
    policy = client.get(path)[HEADER]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_admin_has_a_policy_of_its_own_from_here_alone(client: Client):
    client.force_login(cast.chief())
    policy = client.get("/admin/")[HEADER]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval';" in policy
    assert "http" not in policy


def test_pages_of_errors_that_django_draws_for_developers_keep_their_styles(client: Client, settings: Any):
    settings.DEBUG = True
    assert HEADER in client.get("/contact/write/")
    assert HEADER not in client.get("/none/")


def failing(monkeypatch: pytest.MonkeyPatch, exception: Exception) -> None:
    def receive_letter(**fields: Any) -> None:
        raise exception

    monkeypatch.setattr(actions, "receive_letter", receive_letter)


def test_after_an_error_of_ours_what_was_typed_can_be_copied_and_nobody_is_said_to_know(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    failing(monkeypatch, ValueError("ours"))
    client.raise_request_exception = False
    answer = client.post("/contact/write/", letter(text="Long <words> of a reader."))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "no-store" in answer["Cache-Control"]
    assert "Long &lt;words&gt; of a reader." in page
    assert 'action="/contact/write/"' in page
    assert "told" not in page
    assert HEADER in answer


def test_a_database_that_only_reads_during_a_failover_is_told(client: Client, monkeypatch: pytest.MonkeyPatch):
    exception = InternalError("cannot execute INSERT in a read-only transaction")
    exception.__cause__ = psycopg.errors.ReadOnlySqlTransaction()
    failing(monkeypatch, exception)
    answer = client.post("/contact/write/", letter(text="Long words."))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Long words." in answer.content.decode()


def test_another_internal_error_of_the_database_is_an_error(client: Client, monkeypatch: pytest.MonkeyPatch):
    failing(monkeypatch, InternalError("something else"))
    client.raise_request_exception = False
    assert client.post("/contact/write/", letter()).status_code == 500
