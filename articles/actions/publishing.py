from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from articles.actions.errors import (
    AlreadyPublished,
    CannotPublish,
    ChangeScheduled,
    NothingToPublish,
    NotPublished,
    NotScheduled,
    WrongDate,
)
from articles.actions.revisions import (
    Change,
    Kind,
    differs,
    discard_scheduled,
    lock,
    make_revision,
    tell,
)
from articles.models import Article, Assignment, FormerSlug, Revision
from articles.pictures import in_texts
from articles.public_facts import facts_of
from articles.reactions import Verb
from articles.slugs import slug_for
from newsroom import facts
from newsroom.models import User


@transaction.atomic
def publish(article: Article, *, by: User | None, at: datetime) -> Article:
    """Make the working copy public now, for the first time. Raises CannotPublish, AlreadyPublished, TakenDown."""
    article = lock(article, at)
    if article.live:
        raise AlreadyPublished
    _demand(article)
    discard_scheduled(article)
    revision = make_revision(article, Change(), by=by, at=at, goes_live_at=at)
    article.live, article.published_at = revision, at
    _keep(article)
    _end_assignment(article)
    tell(Verb.PUBLISH, article, revision, None, by, at)
    return article


@transaction.atomic
def schedule(
    article: Article,
    *,
    by: User | None,
    goes_live_at: datetime,
    at: datetime,
    change: Change | None = None,
    seen_version: int | None = None,
) -> Article:
    """Make the working copy public from `goes_live_at` on; what is public now stays until then.

    An earlier schedule is replaced. A published article needs `change`. `seen_version` is the version whose text the
    editor saw. Raises CannotPublish, WrongDate, NothingToPublish, EditedMeanwhile, TakenDown.
    """
    article = lock(article, at, seen_version)
    if goes_live_at <= at:
        raise WrongDate
    _demand(article)
    if article.live:
        change = change or Change(Kind.UPDATE)
        _demand_change(article, change, article.live)
    else:
        change = Change()
    discard_scheduled(article)
    revision = make_revision(article, change, by=by, at=at, goes_live_at=goes_live_at)
    article.next = revision
    article.published_at = article.published_at if article.live else goes_live_at
    _keep(article)
    _end_assignment(article)
    tell(Verb.SCHEDULE, article, revision, article.live, by, at)
    return article


@transaction.atomic
def unschedule(article: Article, *, by: User | None, at: datetime) -> Article:
    """Cancel what is scheduled; its text stays in the working copy. Raises NotScheduled."""
    article = lock(article, at, even_taken_down=True)
    if not article.next:
        raise NotScheduled
    scheduled = article.next
    names = facts_of(article, scheduled)
    discard_scheduled(article)
    if not article.live:
        Assignment.objects.filter(article=article, status=Assignment.Status.DONE).update(status=Assignment.Status.OPEN)
    facts.record(*names, at=at)
    tell(Verb.UNSCHEDULE, article, None, article.live, by, at)
    return article


@transaction.atomic
def amend(
    article: Article, *, change: Change, by: User | None, at: datetime, seen_version: int | None = None
) -> Article:
    """Publish the working copy of a public article as a new version.

    `seen_version` is the version whose text the editor saw. Raises NotPublished, ChangeScheduled, CannotPublish (a
    grave change without its notice), NothingToPublish, EditedMeanwhile and TakenDown.
    """
    article = lock(article, at, seen_version)
    if not article.live:
        raise NotPublished
    if article.next:
        raise ChangeScheduled(article.next.goes_live_at)
    _demand(article)
    _demand_change(article, change, article.live)
    previous = article.live
    article.live = make_revision(article, change, by=by, at=at, goes_live_at=at)
    _keep(article)
    tell(Verb.AMEND, article, article.live, previous, by, at)
    return article


def warnings_for_publication(article: Article, at: datetime) -> list[str]:
    """What does not hinder publishing, but should be known before it; sentences."""
    return [*_warnings_of_text(article, at), *in_texts.warnings(article, localdate(at))]


def _warnings_of_text(article: Article, at: datetime) -> list[str]:
    if not article.credits.exists():
        return [_("Nobody is named under “Credits”.")]
    source = article.original.source if article.original else None
    if article.kind != Article.Kind.TRANSLATION or not article.original:
        return []
    if source is None:
        return [_("The original names no source, so nobody knows whether we may translate it.")]
    if not source.lets_us_translate(localdate(at)):
        return [
            _("No right to translate from %(source)s is on record. Ask for it, or note it under “Sources”.")
            % {"source": source}
        ]
    return []


def reasons_against_publication(article: Article) -> list[str]:
    """What hinders publishing; sentences."""
    return CannotPublish(article.missing_for_publication(), in_texts.missing_for_publication(article)).reasons


def _demand(article: Article) -> None:
    missing, pictures = article.missing_for_publication(), in_texts.missing_for_publication(article)
    if missing or pictures:
        raise CannotPublish(missing, pictures)


def _demand_change(article: Article, change: Change, live: Revision) -> None:
    if missing := change.missing():
        raise CannotPublish(missing)
    if not change.notice and not differs(article, live):
        raise NothingToPublish


def _end_assignment(article: Article) -> None:
    Assignment.objects.open().filter(article=article).update(status=Assignment.Status.DONE)


def _keep(article: Article) -> None:
    article.stage = Article.Stage.DRAFT
    article.version += 1  # a form that was opened before shows buttons that no longer fit
    fields = ["slug", "stage", "version", "live", "next", "published_at"]
    if article.slug:
        article.save(update_fields=fields)
        return
    for attempt in range(3):
        article.slug = _free_slug(article)
        try:
            with transaction.atomic():
                article.save(update_fields=fields)
            return
        except IntegrityError:  # the same title was published at the same moment
            if attempt == 2:
                raise


def _free_slug(article: Article) -> str:
    base = slug_for(article.title, article.edition_id) or str(article.pk)
    taken = set(
        Article.objects.filter(edition=article.edition_id, slug__startswith=base)
        .exclude(pk=article.pk)
        .values_list("slug", flat=True)
    ) | set(
        FormerSlug.objects.filter(edition=article.edition_id, slug__startswith=base)
        .exclude(article=article)
        .values_list("slug", flat=True)
    )
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
