"""Which article shows which picture: written where working copies are saved and revisions are made, read everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from articles.models import Article, Picture, PictureUse, Revision
from articles.pictures import shown
from newsroom.html import tokens


def keys_in(body: str) -> list[str]:
    """The keys of the pictures that a sanitised body shows, each once, in order."""
    figures = (token.attributes for token in tokens(body) if token.name == "figure" and not token.closing)
    return list(dict.fromkeys(figure["data-picture"] for figure in figures if figure.get("data-picture")))


def hold(article: Article) -> set[str]:
    """Keep the pictures of the working copy from being deleted until it is saved; the keys of those that are there."""
    shown = Picture.objects.filter(key__in=_keys_of(article)).order_by("pk")
    return {picture.key for picture in shown.select_for_update(no_key=True)}


def note_draft(article: Article) -> None:
    """Note what the working copy shows; call it when the copy was saved, in the same transaction."""
    _note(article, None, _keys_of(article))


def note_revision(revision: Revision) -> None:
    """Note what a revision shows; call it when it was made, in the same transaction."""
    _note(revision.article, revision, _keys_of(revision))


def public_with_other_words(picture: Picture, at: datetime) -> list[Article]:
    """The articles whose public page says something else of the picture than the library does now."""
    revisions = Revision.objects.public(at).filter(picture_uses__picture=picture).order_by("article")
    kept = revisions.select_related("article").only("pictures", "article__title", "article__slug", "article__edition")
    return [revision.article for revision in kept if revision.pictures.get(picture.key) != shown(picture)]


def _keys_of(text: Article | Revision) -> list[str]:
    return [*keys_in(text.body), *([text.lead_picture_id] if text.lead_picture_id else [])]


def _note(article: Article, revision: Revision | None, keys: Iterable[str]) -> None:
    pictures = Picture.objects.filter(key__in=keys)
    uses = PictureUse.objects.filter(article=article, revision=revision)
    uses.exclude(picture__in=pictures).delete()
    PictureUse.objects.bulk_create(
        [PictureUse(picture=picture, article=article, revision=revision) for picture in pictures],
        ignore_conflicts=True,
    )
