"""Whether mail leaves this site, and what is in the way."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from newsroom.models import Outlet


class MailFailed(Exception):
    """Why no mail left, as a sentence for whoever looks after the site."""


def send_test(address: str) -> None:
    """Send one mail now, past the queue. Raises MailFailed."""
    outlet = Outlet.objects.get(pk=1)
    message = EmailMessage(
        subject=_("Test from %(outlet)s") % {"outlet": outlet},
        body=_("If you can read this, %(site)s can send mail.") % {"site": settings.SITE_URL},
        to=[address],
    )
    try:
        message.send()
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
