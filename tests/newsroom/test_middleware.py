"""What goes round every answer: its security policy, and a sentence when something behind it fails."""

from __future__ import annotations

import re
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


PUBLIC = ["/", "/articles/boats/", "/contact/write/", "/accounts/login/", "/none/", "/feed/", "/healthz"]


def policy(answer: Any) -> dict[str, list[str]]:
    """The policy of an answer: directive → sources."""
    directives = (directive.split() for directive in answer[HEADER].split(";"))
    return {name: sources for name, *sources in directives}


@pytest.mark.parametrize("path", PUBLIC)
def test_public_answers_allow_nothing_inline_and_nothing_from_elsewhere(client: Client, path: str):
    cast.published(slug="boats")
    assert policy(client.get(path)) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize("path", [*PUBLIC, "/admin/"])
def test_every_answer_keeps_to_itself_and_asks_nothing_of_a_device(client: Client, path: str):
    cast.published(slug="boats")
    answer = client.get(path)
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer["Cross-Origin-Resource-Policy"] == ("cross-origin" if path == "/feed/" else "same-origin")
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=(), " in answer["Permissions-Policy"]


def test_the_admin_runs_scripts_from_here_alone_and_the_editor_by_its_nonce(client: Client):
    client.force_login(cast.chief())
    assert policy(client.get("/admin/"))["script-src"] == ["'self'", "'unsafe-eval'"]
    forms = ("articles/article/add/?edition=en", "newsroom/page/add/", "newsroom/edition/en/change/")
    for form in forms:
        answer = client.get(f"/admin/{form}")
        _self, nonce, _eval = policy(answer)["script-src"]
        number = nonce.removeprefix("'nonce-").removesuffix("'")
        assert len(number) >= 22
        (importmap,) = re.findall("<script[^>]*importmap[^>]*>", answer.content.decode())
        assert f'nonce="{number}"' in importmap
    assert client.get(f"/admin/{forms[0]}")[HEADER] != client.get(f"/admin/{forms[0]}")[HEADER]


def test_the_cookies_are_two_and_out_of_reach_for_scripts(client: Client):
    cast.account("anna")
    sign_in = {"login": "anna", "password": "a long test password"}
    cookies = client.get("/accounts/login/").cookies | client.post("/accounts/login/", sign_in).cookies
    assert set(cookies) == {"newsroom_csrf", "newsroom_session"}
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in cookies.values())


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
