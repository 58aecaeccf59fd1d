"""Work of the queue's worker. Each may be killed at any point and done again; what was mailed is not mailed twice."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from corrections import outcomes
from corrections.models import Message, Report
from newsroom.tasks import PATIENTLY


@app.task(retry=PATIENTLY)  # type: ignore[untyped-decorator]  # the library is untyped
@transaction.atomic
def mail_receipt(report_id: int) -> None:
    """Tell a reader that the report has arrived, with the private link; not of one that is held back or spam."""
    report = (
        Report.objects.select_for_update(of=["self"])
        .select_related("article__live", "article__next")
        .filter(pk=report_id)
        .first()
    )
    silent = (Report.Status.HELD, Report.Status.SPAM)
    if report is None or not report.email or report.receipt_mailed_at or report.status in silent:
        return
    outcomes.receipt(report).send()
    report.receipt_mailed_at = timezone.now()
    report.save(update_fields=["receipt_mailed_at"])


@app.task(retry=PATIENTLY)  # type: ignore[untyped-decorator]
@transaction.atomic
def mail_question(message_id: int) -> None:
    """Tell a reader what an editor asks."""
    question = (
        Message.objects.select_for_update(of=["self"])
        .select_related("report__article__live", "report__article__next")
        .filter(pk=message_id)
        .first()
    )
    if question is None or question.mailed_at or question.is_from_reader or not question.report.email:
        return
    outcomes.question(question).send()
    question.mailed_at = timezone.now()
    question.save(update_fields=["mailed_at"])


@app.task(retry=PATIENTLY)  # type: ignore[untyped-decorator]
@transaction.atomic
def mail_outcome(report_id: int) -> None:
    """Tell a reader what became of the report, and of every other of the same address that is decided and untold.

    A decision that was undone meanwhile is none, and nothing is mailed.
    """
    asked = Report.objects.untold().select_for_update().filter(pk=report_id).first()
    if asked is None:
        return
    told = Report.objects.untold().filter(email__iexact=asked.email, article__edition=asked.article.edition_id)
    reports = list(
        told.select_for_update(of=["self"])
        .select_related("article__live", "article__next", "correction")
        .order_by("pk")
    )
    outcomes.outcome(reports).send()
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(outcome_mailed_at=timezone.now())


@app.periodic(cron="23 3 * * *")  # type: ignore[untyped-decorator]
@app.task(queueing_lock="forget_addresses")  # type: ignore[untyped-decorator]
def forget_addresses(timestamp: int) -> None:
    """Every night, delete the addresses of readers whose reports were decided long ago."""
    from corrections.actions import forgetting  # here, for actions put the tasks above on the queue

    forgetting.forget_addresses(at=datetime.fromtimestamp(timestamp, UTC))
