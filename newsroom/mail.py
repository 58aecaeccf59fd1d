"""Whether mail leaves this site, and what is in the way."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from newsroom.models import Outlet

_MARK = "newsroom"


class MailFailed(Exception):
    """Why no mail left, as a sentence for whoever looks after the site."""


def own_host() -> str:
    """What X-Loop says in every mail of this site, and their Message-ID after the @."""
    return str(urlsplit(settings.SITE_URL).hostname)


def is_own(*, message_id: str, loops: Sequence[str]) -> bool:
    """Whether a mail with these headers is one that this site sent."""
    return own_host() in loops or message_id.endswith(f".{_MARK}@{own_host()}>")


def message(*, subject: str, body: str, to: Sequence[str], reply_to: Sequence[str] = ()) -> EmailMessage:
    """A mail of this site, not yet sent: by its headers no program answers it, and we know it should it come back."""
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Loop": own_host(),
        "Message-ID": make_msgid(_MARK, own_host()),
    }
    return EmailMessage(subject=subject, body=body, to=to, reply_to=reply_to or None, headers=headers)


def send_test(address: str) -> None:
    """Send one mail now, past the queue. Raises MailFailed."""
    outlet = Outlet.objects.get(pk=1)
    test = message(
        subject=_("Test from %(outlet)s") % {"outlet": outlet},
        body=_("If you can read this, %(site)s can send mail.") % {"site": settings.SITE_URL},
        to=[address],
    )
    try:
        test.send()
    except (OSError, smtplib.SMTPException) as error:
        raise MailFailed(_reason(error)) from error


def _reason(error: Exception) -> str:
    server = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    said = _said(error)
    for kind, sentence in (
        (socket.gaierror, _("There is no mail server called %(host)s. Check the host in EMAIL_URL.")),
        (ConnectionRefusedError, _("%(host)s refuses connections at port %(port)s. Check the port in EMAIL_URL.")),
        (
            TimeoutError,
            _("%(host)s did not answer at port %(port)s. A firewall may be in the way, or the port is another one."),
        ),
        (
            ssl.SSLError,
            _("%(host)s and this site could not agree on encryption: check whether EMAIL_URL names the right port."),
        ),
        (smtplib.SMTPAuthenticationError, _("%(host)s does not accept the user name and password in EMAIL_URL.")),
        (smtplib.SMTPSenderRefused, _("%(host)s does not accept DEFAULT_FROM_EMAIL as a sender.")),
        (smtplib.SMTPRecipientsRefused, _("%(host)s does not accept the address of the recipient.")),
    ):
        if isinstance(error, kind):
            return f"{sentence % server} ({said})"
    return _("%(host)s did not take the mail: %(said)s") % {**server, "said": said}


def _said(error: Exception) -> str:
    """What the server said, on one line."""
    parts = error.args if isinstance(error, smtplib.SMTPResponseException) else [error]
    words = (part.decode(errors="replace") if isinstance(part, bytes) else str(part) for part in parts)
    return " ".join(" ".join(words).split()) or type(error).__name__


_TASKS = r"^\w+\.tasks\.mail_"


@dataclass(frozen=True)
class Queue:
    """Mail that waits: how many letters, and when the last try failed."""

    waiting: int
    given_up: int
    failed_at: datetime | None


def queue() -> Queue:
    """How the mail in the queue is doing: any app's tasks called `mail_…`. Two queries; what has left is not looked at."""
    mail = ProcrastinateJob.objects.filter(task_name__regex=_TASKS)
    is_waiting = Q(status__in=["todo", "doing"])
    unsent = list(mail.filter(is_waiting | Q(status="failed")).values_list("pk", "status", "attempts"))
    tried = [pk for pk, status, attempts in unsent if attempts or status == "failed"]
    failures = ProcrastinateEvent.objects.filter(job__in=tried, type__in=["deferred_for_retry", "failed"])
    return Queue(
        waiting=sum(status != "failed" for _pk, status, _attempts in unsent),
        given_up=sum(status == "failed" for _pk, status, _attempts in unsent),
        failed_at=failures.aggregate(at=Max("at"))["at"] if tried else None,
    )
