from __future__ import annotations

from datetime import datetime

from django.db import transaction

from corrections.models import FollowUp
from newsroom.models import User


@transaction.atomic
def see_to(follow_up: FollowUp, *, by: User | None, at: datetime) -> FollowUp:
    """Note that an editor has looked whether a text needs what was corrected in another edition. The first one counts."""
    FollowUp.objects.filter(pk=follow_up.pk, seen_to_at=None).update(seen_to_at=at, seen_to_by=by)
    follow_up.refresh_from_db()
    return follow_up
