"""The buttons under the article form: which fit the article and the person, and what those do that act at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions
from articles.models import Article
from newsroom import editions
from newsroom.admin.common import person

#: Button → its words and its looks ("primary" is what is done most at this point, "danger" what is done rarely).
LABELS = {
    "publish": (gettext_lazy("Publish"), "primary"),
    "amend": (gettext_lazy("Publish changes…"), "primary"),
    "hand_in": (gettext_lazy("Hand in for review"), "primary"),
    "schedule": (gettext_lazy("Schedule…"), "default"),
    "unschedule": (gettext_lazy("Cancel the schedule"), "default"),
    "send_back": (gettext_lazy("Send back to the translator"), "default"),
    "retract": (gettext_lazy("Retract…"), "danger"),
    "take_down": (gettext_lazy("Take down…"), "danger"),
    "put_back": (gettext_lazy("Put back"), "default"),
}


def allowed(request: HttpRequest, article: Article) -> list[str]:
    """The buttons that fit the article's state and the person's rights, in their order."""
    at = timezone.now()
    may_publish = request.user.has_perm("articles.publish_article")
    may_take_down = request.user.has_perm("articles.take_down_article")
    if article.taken_down_at:
        return ["put_back"] if may_take_down else []
    is_public = article.current(at) is not None and article.is_public(at)
    is_scheduled = article.next is not None and article.next.goes_live_at > at
    in_review = article.stage == Article.Stage.IN_REVIEW
    fits = {
        "publish": may_publish and not is_public,
        "amend": may_publish and is_public and not is_scheduled,
        "hand_in": not may_publish and not article.published_at and not in_review,
        "schedule": may_publish,
        "unschedule": may_publish and is_scheduled,
        "send_back": may_publish and in_review,
        "retract": may_publish and is_public and not article.retracted_at,
        "take_down": may_take_down and is_public,
    }
    return [name for name, does_fit in fits.items() if does_fit]


def buttons(request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """What the form's template needs to know of the article beside its fields."""
    if article is None:
        first = "publish" if request.user.has_perm("articles.publish_article") else "hand_in"
        return {"article": None, "steps": [_button(first)]}
    at = timezone.now()
    may_publish = request.user.has_perm("articles.publish_article")
    is_public = article.is_public(at)
    return {
        "article": article,
        "steps": [_button(name) for name in allowed(request, article)],
        "has_unpublished_changes": article.live is not None and actions.differs(article, article.live),
        "state": article.state(at),
        "is_public": is_public,
        "scheduled_at": article.next.goes_live_at if article.next and article.next.goes_live_at > at else None,
        "reasons": [] if is_public or article.taken_down_at else actions.reasons_against_publication(article),
        "warnings": actions.warnings_for_publication(article, at) if may_publish else [],
        "siblings": Article.objects.editable_by(person(request))
        .filter(family=article.family)
        .exclude(pk=article.pk)
        .select_related("edition"),
        "other_editions": editions.others(article.edition_id),
    }


def _button(name: str) -> dict[str, Any]:
    label, variant = LABELS[name]
    return {"name": f"_{name}", "label": label, "variant": variant}


# --- Buttons that act at once ---


def _publish(article: Article, request: HttpRequest) -> str:
    article = actions.publish(article, by=person(request), at=timezone.now())
    link = format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("Read it on the site"))
    return format_html("{} {}", _("Published."), link)


def _unschedule(article: Article, request: HttpRequest) -> str:
    actions.unschedule(article, by=person(request), at=timezone.now())
    return _("The schedule is cancelled. The text stays here as a draft.")


def _hand_in(article: Article, request: HttpRequest) -> str:
    actions.hand_in(article, by=person(request), at=timezone.now())
    return _("Handed in. The editors find it on their first page under “In review”.")


def _send_back(article: Article, request: HttpRequest) -> str:
    actions.send_back(article, by=person(request), at=timezone.now())
    return _("Sent back to the translator.")


def _put_back(article: Article, request: HttpRequest) -> str:
    actions.put_back(article, by=person(request), at=timezone.now())
    return _("Readers can open it again.")


PRESSES: dict[str, Callable[[Article, HttpRequest], str]] = {
    "publish": _publish,
    "unschedule": _unschedule,
    "hand_in": _hand_in,
    "send_back": _send_back,
    "put_back": _put_back,
}
