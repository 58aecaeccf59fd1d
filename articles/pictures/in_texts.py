"""The pictures that a working copy shows: what publishing demands of them, and what a revision keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Picture
from articles.pictures import Shown, shown
from newsroom.html import tokens


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as a text shows it."""

    key: str
    alt: str
    focus: str  # "" is the picture's own


def figures_in(body: str) -> Iterator[Figure]:
    """The pictures of a sanitised body, in order; one may stand there twice."""
    key = focus = ""
    for token in tokens(body):
        if token.name == "figure" and not token.closing:
            key, focus = token.attributes.get("data-picture", ""), token.attributes.get("data-focus", "")
        elif token.name == "img" and key:
            yield Figure(key, token.attributes.get("alt", ""), focus)


def figures_of(article: Article) -> list[Figure]:
    """The lead picture, and those in the text of the working copy."""
    lead = Figure(article.lead_picture_id or "", article.lead_alt, article.lead_focus)
    return [*([lead] if lead.key else []), *figures_in(article.body)]


def pictures_of(article: Article) -> dict[str, Picture]:
    """Key → picture, as far as the library knows them."""
    keys = {figure.key for figure in figures_of(article)}
    return {picture.key: picture for picture in Picture.objects.filter(key__in=keys)} if keys else {}


def as_shown(article: Article) -> dict[str, Shown]:
    """What a revision of the working copy keeps of its pictures, by key."""
    return {key: shown(picture) for key, picture in sorted(pictures_of(article).items())}


def as_previewed(article: Article) -> dict[str, Shown]:
    """The same for a preview: a picture without its files yet is shown as one without any."""
    found = pictures_of(article)
    is_ready = {key: picture.status == Picture.Status.READY for key, picture in found.items()}
    return {key: shown(found[key]) | ({} if is_ready[key] else {"widths": []}) for key in found}


def missing_for_publication(article: Article) -> list[str]:
    """What publishing demands of the pictures and does not find; sentences that name the picture."""
    found = pictures_of(article)
    sentences = [sentence for figure in figures_of(article) for sentence in _missing(figure, found.get(figure.key))]
    return list(dict.fromkeys(sentences))


def _missing(figure: Figure, picture: Picture | None) -> Iterator[str]:
    if picture is None:
        name = {"picture": figure.alt or figure.key}
        yield (
            _("The picture “%(picture)s” is not in the library. Choose another one in its place, or delete it.") % name
        )
        return
    name = {"picture": picture.title}
    if not figure.alt:
        yield _("Describe the picture “%(picture)s” for those who do not see it.") % name
    if not picture.credit:
        yield _("Say who made the picture “%(picture)s”: it needs a credit.") % name
    if picture.status == Picture.Status.WAITING:
        yield _("The picture “%(picture)s” is still being prepared. Try again in a moment.") % name
    if picture.status == Picture.Status.FAILED:
        yield _("The picture “%(picture)s” could not be prepared. Choose another one in its place.") % name


def warnings(article: Article, on: date) -> list[str]:
    """What does not hinder publishing the pictures, but should be known before it; sentences."""
    return [sentence for picture in pictures_of(article).values() if (sentence := _warning(picture, on))]


def _warning(picture: Picture, on: date) -> str:
    ends = picture.right_ends_date
    if picture.may_be_shown(on):
        return ""
    if picture.right == Picture.Right.REFUSED:
        return _("The right to show the picture “%(picture)s” was refused.") % {"picture": picture.title}
    if picture.right == Picture.Right.UNKNOWN or ends is None:
        return _("No right to show the picture “%(picture)s” is on record. Ask for it, or note it in the library.") % {
            "picture": picture.title
        }
    return _("Our right to show the picture “%(picture)s” ended on %(day)s.") % {
        "picture": picture.title,
        "day": date_format(ends),
    }
