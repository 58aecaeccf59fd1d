"""The editors' first page: the day's work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Assignment
from newsroom.admin import desk
from newsroom.admin.common import person
from newsroom.models import Edition

SHOWN = 12  # rows in each list; the rest is behind a link


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the lists of the first page to the admin's context; what a person may not edit is not there."""
    at = timezone.now()
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Article.objects.editable_by(request.user).select_related("edition", "section", "edited_by", "next", "live")
    mine = mine.defer("body", "live__body", "live__text", "next__body", "next__text")
    assignments = Assignment.objects.open().filter(assignee=person(request))
    published = mine.public(at).filter(published_at__gte=midnight, published_at__lt=midnight + timedelta(days=1))
    return context | {
        "title": _("Today"),
        "my_drafts": mine.unpublished().begun_or_edited_by(request.user)[:SHOWN],
        "in_review": mine.in_review()[:SHOWN],
        "scheduled": mine.scheduled(at).order_by("next__goes_live_at")[:SHOWN],
        "published_today": published.newest_first()[:SHOWN],
        "assignments": assignments.select_related("original__source", "edition", "article")[:SHOWN],
        "editions": Edition.objects.in_use(),
        "notices": desk.notices(request),
        "clock": desk.clock(),
        "at": at,
        "today": timezone.localdate(at),
    }
