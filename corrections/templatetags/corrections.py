"""What pages of other apps show of corrections: the article's page, the editors' first page, the article's form."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from articles.models import Article
from corrections import structured
from corrections.follow_ups import follow_ups
from corrections.told import PublicLog, public_log

register = template.Library()


@register.simple_tag(takes_context=True)
def log_of_article(context: Context) -> PublicLog:
    """The notices of the article's page, and its body with their marks; worked out once for all that asks."""
    article: Any = context["article"]
    if not hasattr(article, "public_log"):
        rows = [*context["notices_on_top"], *context["notices_at_foot"]]
        rows.sort(key=lambda row: int(row["number"]))
        article.public_log = public_log(article, context["revision"], context["body"], rows)
    log: PublicLog = article.public_log
    return log


@register.simple_tag(takes_context=True)
def corrections_for_programs(context: Context) -> dict[str, Any] | None:
    """The block of structured data that adds the corrections to those of the article."""
    return (
        None
        if context.get("is_preview")
        else structured.corrections(context["article"], log_of_article(context).notices)
    )


@register.inclusion_tag("admin/corrections/follow_ups.html", takes_context=True)
def follow_ups_for(context: Context, article: Article | None = None) -> dict[str, Any]:
    """What was corrected in other editions and concerns `article`, or any that the person may edit."""
    request = context["request"]
    return {
        "rows": follow_ups(request.user, timezone.now(), article),
        "article": article,
        "csrf_token": context.get("csrf_token"),
    }
