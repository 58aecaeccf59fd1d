from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from articles.public_facts import facts_of
from corrections.models import Correction, Report, Rules
from corrections.models.reports import ReportQuerySet
from newsroom import facts


@transaction.atomic
def forget_addresses(*, at: datetime) -> int:
    """Delete the address and the name of every reader whose report was decided long enough ago; of how many reports.

    What was reported stays, so that numbers stay what they were. A name that a correction thanks stays with its report,
    too, or nobody could remove it when its reader asks. What is held back waits for no decision.
    """
    before = at - timedelta(days=Rules.current().keep_addresses_days)
    is_old = Q(decided_at__lte=before) | Q(status=Report.Status.HELD, received_at__lte=before)
    is_thanked = Q(may_be_thanked=True, correction__isnull=False)
    old = Report.objects.naming_readers().filter(is_old)
    return _forget(old.exclude(is_thanked)) + old.filter(is_thanked).exclude(email="").update(email="")


@transaction.atomic
def forget_reader(report: Report, *, at: datetime) -> int:
    """Delete whatever names the reader of this report, who asks for it: also in public, and in each report of the address.

    No outcome can be mailed afterwards; the private pages stay.
    """
    reports = Report.objects.filter(pk=report.pk)
    if report.email:
        reports = Report.objects.filter(email__iexact=report.email)
    for correction in Correction.objects.select_for_update().filter(pk__in=reports.values("correction")):
        names = set(reports.filter(correction=correction).values_list("name", flat=True))
        correction.thanked = [name for name in correction.thanked if name not in names]
        correction.save(update_fields=["thanked"])
        facts.record(*facts_of(correction.article, correction.revision), at=at)
    return _forget(reports)


def _forget(reports: ReportQuerySet) -> int:
    return reports.update(email="", name="", may_be_thanked=False)
