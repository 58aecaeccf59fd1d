"""Work that may fail and be tried again, done by the queue's worker (`manage.py procrastinate worker`)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from newsroom.models import Letter, Outlet, ReusePolicy

#: About a day of tries: a mail server that is down for a night loses nothing.
_PATIENTLY = RetryStrategy(max_attempts=12, exponential_wait=4)


@app.task(retry=_PATIENTLY)  # type: ignore[untyped-decorator]  # the library is untyped
def mail_letter(letter_id: int) -> None:
    """Mail a letter to the address that it is for; the sender's address is where an answer goes."""
    letter = Letter.objects.get(pk=letter_id)
    if letter.mailed_at:
        return
    subject = " · ".join(part for part in (str(letter.get_to_display()), letter.about) if part)
    message = EmailMessage(
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
    """Give the jobs of a worker that was killed to one that lives: its sign of life is missing for half a minute."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


def _address(to: str) -> str:
    outlet = Outlet.objects.get(pk=1)
    policy = ReusePolicy.objects.filter(is_default=True).first()
    addresses = {
        Letter.To.CORRECTIONS.value: outlet.corrections,
        Letter.To.PERMISSIONS.value: policy.contact if policy else "",
    }
    return addresses.get(to) or outlet.contact or settings.DEFAULT_FROM_EMAIL
