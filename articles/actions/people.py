from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from articles import tasks
from articles.models import Contributor, ContributorName
from newsroom import facts


@transaction.atomic
def rename_contributor(contributor: Contributor, *, name: str, names: Mapping[str, str], at: datetime) -> Contributor:
    """Give a person another name, and those of `names` in the editions that write it otherwise: no edition else does.

    The articles that credit the person are found by the new names once the queue's worker has indexed them.
    """
    contributor.name = name
    contributor.save(update_fields=["name"])
    contributor.names.exclude(edition__in=names).delete()
    for edition, written in names.items():
        ContributorName.objects.update_or_create(
            contributor=contributor, edition_id=edition, defaults={"name": written}
        )
    facts.record(f"person:{contributor.pk}", at=at)
    tasks.index_person.defer(contributor_id=contributor.pk)
    return contributor
