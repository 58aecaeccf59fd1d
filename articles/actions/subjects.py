from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from articles.models import Section, Topic
from newsroom import actions as house
from newsroom import facts


@transaction.atomic
def change_address(subject: Section | Topic, *, slug: str, at: datetime) -> Section | Topic:
    """Give a section or topic another address; the old one and those of its feeds lead to the new ones for good."""
    subject = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    before = _addresses(subject)
    subject.slug = slug
    subject.save(update_fields=["slug"])
    house.lead_on(dict(zip(before, _addresses(subject), strict=True)), at=at)
    facts.record(f"{subject._meta.model_name}:{subject.pk}", f"edition:{subject.edition_id}", at=at)
    return subject


def _addresses(subject: Section | Topic) -> list[str]:
    """Of its page and its feeds."""
    name = f"site:{subject._meta.model_name}"
    return [
        reverse(f"{name}{feed}", args=[subject.slug], current_app=subject.edition_id)
        for feed in ("", "-feed", "-feed-rss", "-feed-json")
    ]
