"""What the actions on public texts share: the lock, the revision that they make, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles import reactions
from articles.actions.errors import (
    EditedMeanwhile,
    TakenDown,
)
from articles.models import Article, ContributorName, Credit, Original, Revision
from articles.pictures import in_texts, uses
from articles.public_facts import facts_of
from articles.reactions import Verb
from articles.text import policy_text
from newsroom import facts
from newsroom.html import plain
from newsroom.html.tokens import without_controls
from newsroom.models import User

Kind = Revision.KindOfChange
#: What a working copy and its revisions both say.
WORDS = ("title", "standfirst", "body", "lead_picture_id", "lead_alt", "lead_caption", "lead_focus")


@dataclass(frozen=True, slots=True)
class Change:
    """How grave a change is, and what readers are told of it."""

    kind: str = Kind.FIRST
    notice: str = ""
    notice_place: str = ""
    reason: str = ""

    def missing(self) -> list[str]:
        """Only typos and updates may go without a notice: nothing about a published fact changes silently."""
        if self.kind in (Kind.FIRST, Kind.TYPO, Kind.UPDATE) and not without_controls(self.notice).strip():
            return []
        return [name for name in ("notice", "notice_place") if not without_controls(getattr(self, name)).strip()]


def lock(article: Article, at: datetime, seen_version: int | None = None, *, even_taken_down: bool = False) -> Article:
    """The article as it is now, locked to the end of the transaction, with a scheduled version that is due made live.

    Raises EditedMeanwhile if it is no longer at `seen_version`, and TakenDown.
    """
    # No joins: a row that was waited for is read anew, but what was joined to it is not.
    found = Article.objects.select_for_update().get(pk=article.pk)
    if seen_version is not None and seen_version != found.version:
        raise EditedMeanwhile(found)
    if found.taken_down_at and not even_taken_down:
        raise TakenDown
    if found.next and found.next.goes_live_at <= at:
        found.live, found.next = found.next, None
        found.save(update_fields=["live", "next"])
    return found


def make_revision(
    article: Article,
    change: Change,
    *,
    by: User | None,
    at: datetime,
    goes_live_at: datetime,
    content: Revision | None = None,
) -> Revision:
    """A new revision of the working copy, or of `content`'s words when only a notice is added."""
    last = article.revisions.order_by("-number").first()
    notice = without_controls(change.notice.replace("\f", " ")).strip()  # feeds refuse such characters
    was_modified_at = article.live.modified_at if article.live else goes_live_at
    revision = Revision.objects.create(
        article=article,
        number=last.number + 1 if last else 1,
        title=content.title if content else article.title,
        standfirst=content.standfirst if content else article.standfirst,
        body=content.body if content else article.body,
        text=content.text if content else policy_text(article.body),
        credits=content.credits if content else credits_as_shown(article),
        original=content.original if content else article.original,
        original_as_shown=content.original_as_shown if content else original_as_shown(article.original),
        lead_picture_id=(content or article).lead_picture_id,
        lead_alt=(content or article).lead_alt,
        lead_caption=(content or article).lead_caption,
        lead_focus=(content or article).lead_focus,
        pictures=content.pictures if content else in_texts.as_shown(article),
        kind_of_change=change.kind,
        reason=plain(change.reason),
        notice=notice,
        notice_place=change.notice_place if notice else "",
        made_by=by,
        made_at=at,
        goes_live_at=goes_live_at,
        modified_at=was_modified_at if change.kind == Kind.TYPO else goes_live_at,
    )
    uses.note_revision(revision)
    return revision


def original_as_shown(original: Original | None) -> dict[str, Any] | None:
    """What a revision keeps of its original, so that a later change of that record changes no published page."""
    if original is None:
        return None
    shown = {name: getattr(original, name) for name in ("title", "author", "url", "language")}
    shown["published_date"] = original.published_date.isoformat() if original.published_date else None
    source = original.source
    shown["source"] = {name: getattr(source, name) for name in ("name", "url", "credit_line")} if source else None
    return shown


def credits_as_shown(article: Article, rows: Iterable[Credit] | None = None) -> list[dict[str, Any]]:
    """The article's credits (or `rows`) as a revision keeps them, with each name as this edition writes it."""
    rows = list(article.credits.select_related("contributor") if rows is None else rows)
    names = dict(
        ContributorName.objects.filter(
            edition=article.edition_id, contributor__in=[row.contributor_id for row in rows]
        ).values_list("contributor", "name")
    )
    return [
        {
            "person": row.contributor_id,
            "name": names.get(row.contributor_id, row.contributor.name),
            "slug": row.contributor.slug,
            "role": row.role,
            "place": row.place,
        }
        for row in rows
    ]


def discard_scheduled(article: Article) -> None:
    """Remove the scheduled version, which no reader has seen. Without a live one the article is a draft again."""
    if not article.next:
        return
    scheduled, article.next = article.next, None
    if not article.live:
        article.published_at = None
    article.save(update_fields=["next", "published_at"])
    scheduled.delete()


def differs(article: Article, revision: Revision) -> bool:
    """Whether the working copy says anything else than `revision`."""
    return (
        any(getattr(article, name) != getattr(revision, name) for name in WORDS)
        or in_texts.as_shown(article) != revision.pictures
        or original_as_shown(article.original) != revision.original_as_shown
        or credits_as_shown(article) != revision.credits
    )


def tell(
    verb: Verb,
    article: Article,
    revision: Revision | None,
    previous: Revision | None,
    by: User | None,
    at: datetime,
) -> None:
    """Record the facts that changed and let the other apps act, still inside the transaction."""
    facts.record(*facts_of(article, revision, previous), at=at)
    reactions.tell(reactions.Event(verb, article, revision, previous, by, at))
