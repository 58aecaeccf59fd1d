from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from newsroom import facts, old_addresses
from newsroom.models import OldAddress, Outlet
from newsroom.models.addresses import kept_as


@transaction.atomic
def take_old_addresses(
    lines: Sequence[old_addresses.Line], *, may_lead_elsewhere: bool, at: datetime
) -> old_addresses.Plan:
    """Add or change the old addresses of `lines`; a line that cannot be taken hinders no other. Returns what was done."""
    Outlet.objects.select_for_update().get(pk=1)  # two lists at once could make a chain that neither has
    plan = old_addresses.plan(lines, may_lead_elsewhere=may_lead_elsewhere)
    OldAddress.objects.bulk_create(
        [OldAddress(path=line.path, target=line.target, is_permanent=bool(line.is_permanent)) for line in plan.taken],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["target", "is_permanent"],
        batch_size=5_000,
    )
    facts.record("old_addresses", at=at)
    return plan


@transaction.atomic
def lead_on(moves: Mapping[str, str], *, at: datetime) -> None:
    """Let addresses of the site that have changed lead to what they have become: old path → new path.

    What led to an old one leads to the new one from now on, so that no chain is made.
    """
    Outlet.objects.select_for_update().get(pk=1)
    OldAddress.objects.filter(path__in=[kept_as(new) for new in moves.values()]).delete()
    for old, new in moves.items():
        OldAddress.objects.filter(target=old).update(target=new)
        OldAddress.objects.update_or_create(path=kept_as(old), defaults={"target": new, "is_permanent": True})
    facts.record("old_addresses", at=at)
