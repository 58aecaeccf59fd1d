"""The mail of the demonstration, which is never sent: Django writes it to a folder, this shows it."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from newsroom.surfaces import Shows, surface

# What Django's file backend writes after each message.
_BETWEEN = b"\n" + b"-" * 79 + b"\n"
_NEWEST_FILES = 100


@dataclass(frozen=True)
class Received:
    subject: str
    to: str
    sent: str
    text: str


def received(folder: Path) -> list[Received]:
    """The mail in the newest files of `folder`, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:_NEWEST_FILES]
    return [_read(raw) for file in files for raw in reversed(file.read_bytes().split(_BETWEEN)) if raw.strip()]


def _read(raw: bytes) -> Received:
    message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    body = message.get_body(("plain", "html"))
    return Received(
        subject=message.get("Subject", ""),
        to=message.get("To", ""),
        sent=message.get("Date", ""),
        text=body.get_content() if body else "",
    )


@surface(Shows.OWN_TEXT, is_indexed=False)
def mail(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mail.html", {"letters": received(Path(settings.EMAIL["EMAIL_FILE_PATH"]))})
