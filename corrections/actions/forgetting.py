from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from articles.public_facts import facts_of
from corrections.models import Correction, Report, Rules
from corrections.models.reports import ReportQuerySet
from newsroom import facts


@transaction.atomic
def forget_addresses(*, at: datetime) -> int:
    """Delete the address and the name of every reader whose report was decided long enough ago; of how many reports.

    What was reported stays, so that numbers stay what they were, and so does a name that a correction thanks.
    """
    before = at - timedelta(days=Rules.current().keep_addresses_days)
    return _forget(Report.objects.naming_readers().filter(decided_at__lte=before))


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
