from __future__ import annotations

from datetime import datetime

from django.db import transaction

from articles.actions.errors import AlreadyRetracted, CannotPublish, NotPublished
from articles.actions.revisions import Change, discard_scheduled, lock, make_revision, tell
from articles.models import Article, Revision
from articles.reactions import Verb
from newsroom.html.tokens import without_controls
from newsroom.models import User


@transaction.atomic
def retract(article: Article, *, notice: str, by: User | None, at: datetime, reason: str = "") -> Article:
    """Say above the public text that it no longer holds, and why. The page stays; unpublished work stays unpublished.

    Raises NotPublished, AlreadyRetracted, TakenDown, CannotPublish (no notice).
    """
    article = lock(article, at)
    if not article.live:
        raise NotPublished
    if article.retracted_at:
        raise AlreadyRetracted
    if not without_controls(notice).strip():
        raise CannotPublish(missing=["notice"])
    discard_scheduled(article)
    previous = article.live
    change = Change(Revision.KindOfChange.RETRACTION, notice, Revision.NoticePlace.TOP, reason)
    article.live = make_revision(article, change, by=by, at=at, goes_live_at=at, content=previous)
    article.retracted_at = at
    article.version += 1
    article.save(update_fields=["live", "retracted_at", "version"])
    tell(Verb.RETRACT, article, article.live, previous, by, at)
    return article


@transaction.atomic
def take_down(article: Article, *, reason: str, by: User | None, at: datetime) -> Article:
    """Remove the article from every public page; its address answers 410 with the reason. The last resort.

    Raises NotPublished, CannotPublish (no reason).
    """
    article = lock(article, at, even_taken_down=True)
    if not article.is_public(at):
        raise NotPublished
    reason = without_controls(reason).strip()
    if not reason:
        raise CannotPublish(missing=["reason"])
    article.taken_down_at, article.taken_down_reason = at, reason
    article.version += 1
    article.save(update_fields=["taken_down_at", "taken_down_reason", "version"])
    tell(Verb.TAKE_DOWN, article, None, article.live, by, at)
    return article


@transaction.atomic
def put_back(article: Article, *, by: User | None, at: datetime) -> Article:
    """Undo a take-down. Raises NotPublished if the article was not taken down."""
    article = lock(article, at, even_taken_down=True)
    if article.taken_down_at is None:
        raise NotPublished
    article.taken_down_at, article.taken_down_reason = None, ""
    article.version += 1
    article.save(update_fields=["taken_down_at", "taken_down_reason", "version"])
    tell(Verb.PUT_BACK, article, article.live, None, by, at)
    return article
