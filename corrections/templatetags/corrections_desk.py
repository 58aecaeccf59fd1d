"""What the editors' pages show of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Count, Max
from django.template import Context
from django.utils import timezone
from django.utils.timesince import timesince

from articles.models import Article
from corrections.models import Report

register = template.Library()
SHOWN = 6  # articles on the first page


@register.filter
def public_title(article: Article) -> str:
    """The title that readers see, which the draft's need not be."""
    public = article.current(timezone.now())
    return public.title if public else str(article)


@register.filter
def since(moment: datetime) -> str:
    """How long ago, in the largest unit: a queue is read at a glance."""
    return timesince(moment, depth=1)


@register.filter
def way(card: Any, back: str) -> str:
    """The query by which a step finds its way back to the queue, at the next report."""
    return urlencode({"back": back, "then": card.then or ""})


@register.inclusion_tag("admin/corrections/waiting.html", takes_context=True)
def waiting_corrections(context: Context) -> dict[str, Any]:
    """The reports that wait, by article, for those who may decide; nothing for others. Three queries."""
    if not context["request"].user.has_perm("corrections.decide_report"):
        return {"may_decide": False}
    found = Report.objects.waiting().order_by().values("article").annotate(newest=Max("received_at"), count=Count("pk"))
    rows = list(found.order_by("-newest", "-article")[:SHOWN])
    articles = Article.objects.with_revisions().in_bulk([row["article"] for row in rows])
    return {
        "may_decide": True,
        "rows": [row | {"article": articles[row["article"]]} for row in rows],
        "held": Report.objects.held().count(),
    }


@register.simple_tag(takes_context=True)
def reports_waiting_for(context: Context, article: Article | None) -> int:
    """How many reports wait for a decision about this article; none for those who may not decide."""
    if article is None or not context["request"].user.has_perm("corrections.decide_report"):
        return 0
    return Report.objects.waiting().filter(article=article).count()
