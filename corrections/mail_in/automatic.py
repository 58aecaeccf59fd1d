"""Mails that no person wrote: answered, they would go round and round."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import getaddresses

from django.conf import settings

from corrections.mail_in.reading import Headers
from newsroom import mail

_PROGRAMS = re.compile(r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+.@-]|$)", re.IGNORECASE)
_TOLD_BY = ("list-id", "x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-failed-recipients")
_IN_BULK = ("bulk", "list", "junk", "auto_reply")
_MOST_HOPS = 60  # more servers than any mail passes that is not going in circles


def why_refused(message: EmailMessage) -> str:
    """Why nobody wrote this mail, as a sentence for the log; "" for a person's."""
    headers = Headers(message)
    return _ours(headers) or _automatic(headers, message)


def _ours(headers: Headers) -> str:
    if mail.is_own(message_id=headers.first("message-id"), loops=headers.all("x-loop")):
        return "This site sent the mail itself."
    _name, sender = next(iter(getaddresses([headers.first("from")])), ("", ""))
    _name, own = getaddresses([settings.DEFAULT_FROM_EMAIL])[0]
    if sender and sender.lower() == own.lower():
        return "The mail says that this site sent it."
    if len(headers.all("received")) > _MOST_HOPS:
        return "The mail goes in circles."
    return ""


def _automatic(headers: Headers, message: EmailMessage) -> str:
    said = headers.first("auto-submitted").partition(";")[0].strip().lower()
    if said not in ("", "no"):
        return "A program sent the mail: Auto-Submitted."
    if headers.first("precedence").lower() in _IN_BULK:
        return "The mail was sent to many: Precedence."
    if found := next((name for name in _TOLD_BY if headers.first(name)), ""):
        return f"A program sent the mail: {found.title()}."
    if message.get_content_type() == "multipart/report":
        return "The mail is the report of a mail server."
    unix_line = (message.get_unixfrom() or "").split(" ")
    if "<>" in headers.all("return-path") or (len(unix_line) > 1 and _PROGRAMS.match(unix_line[1])):
        return "The mail wants no answer: its return path is empty."
    _name, sender = next(iter(getaddresses([headers.first("from")])), ("", ""))
    if _PROGRAMS.match(sender):
        return "A program sent the mail: its sender takes no answers."
    return ""
