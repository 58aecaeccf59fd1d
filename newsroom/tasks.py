"""Work that may fail and be tried again, done by the queue's worker (`manage.py procrastinate worker`)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom import limits, links, mail, proof_of_work
from newsroom.models import Invitation, Letter, Outlet, ReusePolicy, User

#: Every five minutes for half a week: a mail server that is down for a weekend loses nothing, and back again it is used.
PATIENTLY = RetryStrategy(max_attempts=1000, wait=300)
_NO_JOB_TAKES = timedelta(hours=2)  # the longest is the first index of a large archive


@app.task(retry=PATIENTLY)  # type: ignore[untyped-decorator]  # the library is untyped
def mail_letter(letter_id: int) -> None:
    """Mail a letter to the address that it is for; the sender's address is where an answer goes."""
    letter = Letter.objects.get(pk=letter_id)
    if letter.mailed_at:
        return
    subject = " · ".join(part for part in (str(letter.get_to_display()), letter.about) if part)
    message = mail.message(
        subject=" ".join(subject.split()),
        body=f"{letter.text}\n\n— {letter.name} <{letter.email}>",
        to=[_address(letter.to)],
        reply_to=[letter.email],
    )
    message.send()
    letter.mailed_at = timezone.now()
    letter.save(update_fields=["mailed_at"])


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)  # type: ignore[untyped-decorator]
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a worker that was killed to one that lives: its sign of life is missing for half a minute.

    Where the database was away as a job ended, its worker lives, and nobody could write that it ended: it is done again.
    """
    manager, now = context.app.job_manager, timezone.now()
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
    begun = Max("procrastinateevent__at", filter=Q(procrastinateevent__type="started"))
    untold = ProcrastinateJob.objects.filter(status="doing").annotate(begun=begun).filter(begun__lt=now - _NO_JOB_TAKES)
    async for number in untold.values_list("pk", flat=True):
        await manager.retry_job_by_id_async(number, now)


@app.task(retry=PATIENTLY)  # type: ignore[untyped-decorator]
def mail_invitation(invitation_id: int, serial: int) -> None:
    """Mail an invitation, unless it has been renewed, withdrawn or accepted meanwhile."""
    open_now = Invitation.objects.open(timezone.now()).select_related("invited_by", "role")
    invitation = open_now.filter(pk=invitation_id, serial=serial, mailed_at=None).first()
    if invitation is not None:
        _mail("newsroom/mail/invitation", to=invitation.email, invitation=invitation)
        Invitation.objects.filter(pk=invitation_id, serial=serial).update(mailed_at=timezone.now())


@app.task(retry=PATIENTLY)  # type: ignore[untyped-decorator]
def mail_new_password(user_id: int) -> None:
    """Mail the link by which a new password is chosen. It is made here, so that it never waits in the queue."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        _mail("newsroom/mail/new_password", to=user.email, user=user, link=links.new_password(user))


@app.task(retry=PATIENTLY)  # type: ignore[untyped-decorator]
def mail_notice(to: str, subject: str, text: str) -> None:
    """Mail somebody what has happened to their account. Nothing secret goes this way: the queue's table shows it."""
    mail.message(subject=subject, body=text, to=[to]).send()


def _mail(template: str, *, to: str, **context: object) -> None:
    """The first line of the template is the subject."""
    text = render_to_string(f"{template}.txt", {"outlet": Outlet.objects.get(pk=1), **context})
    subject, _newline, body = text.strip().partition("\n")
    mail.message(subject=subject.strip(), body=body.strip() + "\n", to=[to]).send()


def _address(to: str) -> str:
    outlet = Outlet.objects.get(pk=1)
    policy = ReusePolicy.objects.filter(is_default=True).first()
    addresses = {
        Letter.To.CORRECTIONS.value: outlet.corrections,
        Letter.To.PERMISSIONS.value: policy.contact if policy else "",
    }
    return addresses.get(to) or outlet.contact or settings.DEFAULT_FROM_EMAIL


@app.periodic(cron="17 * * * *")  # type: ignore[untyped-decorator]
@app.task(queueing_lock="forget_senders")  # type: ignore[untyped-decorator]
def forget_senders(timestamp: int) -> None:
    """Drop what was counted of senders, and the proofs that they gave, once nothing looks at them any more."""
    at = timezone.now()
    limits.forget(at)
    proof_of_work.forget(at)
