from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from articles.actions.errors import AddressTaken, EditedMeanwhile, NothingToRead, PictureMissing
from articles.actions.revisions import WORDS
from articles.models import Article, Contributor, Credit, FormerSlug, Picture, PictureText, Revision, Topic
from articles.pictures import in_texts, uses
from articles.public_facts import facts_of
from articles.search import index
from newsroom import facts
from newsroom.html import clean, plain
from newsroom.models import User

#: What saving a draft may write. What is public belongs to the other actions.
_WORKING_COPY = [
    "slug",
    "kind",
    "section",
    "reuse_policy",
    "title",
    "standfirst",
    "body",
    "lead_picture",
    "lead_alt",
    "lead_caption",
    "lead_focus",
    "original",
    "stage",
    "version",
    "edited_by",
    "edited_at",
]


@transaction.atomic
def save_draft(
    article: Article,
    *,
    by: User | None,
    at: datetime,
    seen_version: int | None = None,
    topics: Iterable[Topic] | None = None,
) -> Article:
    """Save the working copy; a draft may lack anything. A changed address keeps leading to a published article.

    `seen_version` is the version that the editor had opened; None skips the comparison. `topics` replace those that
    it has; None leaves them. Raises EditedMeanwhile, AddressTaken, PictureMissing.
    """
    article.title = plain(article.title)
    article.standfirst = plain(article.standfirst)
    article.body = clean(article.body)
    article.lead_alt, article.lead_caption = plain(article.lead_alt), plain(article.lead_caption)
    if not article.lead_picture_id:
        article.lead_focus = ""
    article.edited_by, article.edited_at = by, at
    if article.slug and (former := FormerSlug.objects.of_another(article, article.slug)):
        raise AddressTaken(article.slug, former.article)
    if article._state.adding:
        article.created_by, article.created_at = by, at
        _hold_pictures(article)
        article.save()
        _note_pictures(article)
        if topics is not None:
            article.topics.set(topics)
        index.rewrite_working_copy(article)
        return article
    before = Article.objects.select_for_update().get(pk=article.pk)
    if seen_version is not None and seen_version != before.version:
        raise EditedMeanwhile(before)
    article.version = before.version + 1
    names = facts_of(before)
    if before.published_at:
        article.slug = article.slug or before.slug
        _keep_address(before, article)
    _hold_pictures(article)
    article.save(update_fields=_WORKING_COPY)
    _note_pictures(article)
    index.rewrite_working_copy(article)
    if topics is not None:
        article.topics.set(topics)
    if before.published_at:
        facts.record(*names, *facts_of(article), at=at)
    return article


def _note_pictures(article: Article) -> None:
    """Note what the working copy shows. A picture that the library does not describe in this edition gets its words.

    So nobody has to describe it a second time.
    """
    uses.note_draft(article)
    words = {figure.key: figure.alt[:500] for figure in in_texts.figures_of(article)[::-1] if figure.alt}
    if not words:
        return
    described = PictureText.objects.filter(edition=article.edition_id).exclude(alt="")
    for picture in Picture.objects.filter(key__in=words).exclude(pk__in=described.values("picture")):
        PictureText.objects.update_or_create(
            picture=picture, edition_id=article.edition_id, defaults={"alt": words[picture.key]}
        )


def _hold_pictures(article: Article) -> None:
    if article.lead_picture_id not in {None, *uses.hold(article)}:
        raise PictureMissing


def _keep_address(before: Article, article: Article) -> None:
    if before.slug == article.slug:
        return
    FormerSlug.objects.filter(edition=article.edition_id, slug=article.slug, article=article).delete()
    FormerSlug.objects.create(edition_id=article.edition_id, slug=before.slug, article=article)


@transaction.atomic
def hand_in(article: Article, *, by: User | None, at: datetime) -> Article:
    """Tell the editors that a text is ready to be read. Raises NothingToRead."""
    if not article.title or not article.body:
        raise NothingToRead
    Article.objects.filter(pk=article.pk).update(stage=Article.Stage.IN_REVIEW, edited_at=at)
    article.stage = Article.Stage.IN_REVIEW
    return article


@transaction.atomic
def send_back(article: Article, *, by: User | None, at: datetime) -> Article:
    """Give a text that was handed in back to its translator."""
    Article.objects.filter(pk=article.pk).update(stage=Article.Stage.DRAFT, edited_at=at)
    article.stage = Article.Stage.DRAFT
    return article


@transaction.atomic
def begin_translation(article: Article, *, edition: str, by: User | None, at: datetime) -> Article:
    """Begin the same text in another edition, or find the one that was begun.

    It has the same original, section, topics and lead picture; what that shows is said in the edition's own language.
    """
    Article.objects.select_for_update().get(pk=article.pk)  # whoever begins it at the same time waits, and finds it
    found = Article.objects.filter(family=article.family, edition=edition).first()
    if found:
        return found
    counterpart = Article(
        edition_id=edition,
        family=article.family,
        kind=Article.Kind.TRANSLATION,
        original=article.original,
        lead_picture_id=article.lead_picture_id,
        lead_focus=article.lead_focus,
    )
    if article.section:
        counterpart.section = type(article.section).objects.filter(edition=edition, slug=article.section.slug).first()
    save_draft(counterpart, by=by, at=at)
    topics = article.topics.model._default_manager
    counterpart.topics.set(topics.filter(edition=edition, slug__in=article.topics.values("slug")))
    return counterpart


@transaction.atomic
def restore_as_draft(
    article: Article, *, revision: Revision, by: User | None, at: datetime, seen_version: int | None = None
) -> Article:
    """Put an earlier version into the working copy; readers see nothing of it until it is published.

    What the working copy held is lost, so `seen_version` says which one the editor knew. Raises EditedMeanwhile.
    """
    for name in WORDS:
        setattr(article, name, getattr(revision, name))
    article.original = revision.original
    save_draft(article, by=by, at=at, seen_version=seen_version)
    article.credits.all().delete()
    people = Contributor.objects.in_bulk([credit["person"] for credit in revision.credits])
    for position, credit in enumerate(revision.credits):
        if person := people.get(credit["person"]):
            Credit.objects.create(
                article=article,
                contributor=person,
                role=credit["role"],
                place=credit["place"],
                position=position,
            )
    return article
