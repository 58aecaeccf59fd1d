from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from articles.actions.drafts import save_draft
from articles.actions.errors import AlreadyDecided
from articles.models import Article, Assignment, Contributor, Credit, Original
from newsroom.models import User


@transaction.atomic
def assign(
    *,
    to: User,
    edition: str,
    by: User | None,
    at: datetime,
    original: Original | None = None,
    subject: str = "",
    due_date: date | None = None,
    note: str = "",
) -> Assignment:
    """Give somebody an original or a subject to work on."""
    assignment = Assignment(
        edition_id=edition, assignee=to, original=original, subject=subject, due_date=due_date, note=note,
        given_by=by, given_at=at,
    )  # fmt: skip
    assignment.full_clean()
    assignment.save()
    return assignment


@transaction.atomic
def start(assignment: Assignment, *, by: User, at: datetime) -> Article:
    """Begin the article of an assignment, with its original and its translator's credit; or find the one begun.

    Raises AlreadyDecided.
    """
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.article:
        return assignment.article
    if assignment.status != Assignment.Status.OPEN:
        raise AlreadyDecided
    kind = Article.Kind.TRANSLATION if assignment.original else Article.Kind.OWN
    article = Article(edition_id=assignment.edition_id, kind=kind, original=assignment.original)
    if sibling := _sibling(assignment):
        article.family = sibling.family
    save_draft(article, by=by, at=at)
    contributor = Contributor.objects.filter(account=assignment.assignee).first()
    if contributor:
        role = Credit.Role.TRANSLATOR if assignment.original else Credit.Role.AUTHOR
        Credit.objects.create(article=article, contributor=contributor, role=role)
    assignment.article = article
    assignment.save(update_fields=["article"])
    return article


def _sibling(assignment: Assignment) -> Article | None:
    """A translation of the same original in another edition, where this edition has none yet."""
    if not assignment.original:
        return None
    same = Article.objects.filter(original=assignment.original)
    if same.filter(edition=assignment.edition_id).exists():
        return None
    return same.first()


@transaction.atomic
def drop(assignment: Assignment, *, by: User | None, at: datetime) -> Assignment:
    """Give an assignment up; an article that was begun stays a draft. Raises AlreadyDecided."""
    if not Assignment.objects.open().filter(pk=assignment.pk).update(status=Assignment.Status.DROPPED):
        raise AlreadyDecided
    assignment.refresh_from_db()
    return assignment
