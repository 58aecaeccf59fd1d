"""Whom the queue mails after an action. The job is kept in the action's own transaction: none without its mail."""

from __future__ import annotations

from corrections.models import Report
from corrections.tasks import mail_outcome, mail_receipt

#: Seconds between a decision and the mail about it, so that a slip can be undone before the reader hears of it.
TIME_TO_UNDO = 60


def acknowledge(report: Report) -> None:
    """Have the reader, who gave an address, told that the report has arrived; not of one that is held back."""
    if report.email and report.status == Report.Status.OPEN:
        mail_receipt.defer(report_id=report.pk)


def tell_outcome(reports: list[Report]) -> list[Report]:
    """Mail each address once; a mail says everything that its reader has not been told yet."""
    told = {(report.email.lower(), report.article_id): report for report in reports if report.email}
    for report in told.values():
        mail_outcome.configure(schedule_in={"seconds": TIME_TO_UNDO}).defer(report_id=report.pk)
    return reports
