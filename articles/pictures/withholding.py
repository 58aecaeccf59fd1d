"""The files of pictures leave the public storage with the last public article that shows them, and come back with it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from articles.models import Article, Picture, PictureUse, Refusal
from articles.pictures import renditions


@transaction.atomic
def withhold(article_id: int) -> None:
    """Remove what readers got of the pictures of an article that is taken down. Done again, it does the same."""
    # Whoever puts the article back waits until this is done.
    if not Article.objects.taken_down().select_for_update(no_key=True).filter(pk=article_id).first():
        return
    on_pages = Q(revision=F("article__live")) | Q(revision=F("article__next"))
    elsewhere = PictureUse.objects.filter(on_pages, article__taken_down_at__isnull=True)
    theirs = PictureUse.objects.filter(article=article_id, revision__isnull=False)
    pictures = Picture.objects.filter(pk__in=theirs.values("picture")).exclude(pk__in=elsewhere.values("picture"))
    withheld = list(pictures.select_for_update(no_key=True).order_by("pk"))
    for picture in withheld:
        renditions.remove(picture.key, picture.widths)
    Picture.objects.filter(pk__in=[picture.pk for picture in withheld]).update(
        status=Picture.Status.FAILED, failure=Refusal.WITHHELD
    )


def withheld_from(article: Article) -> list[Picture]:
    """The pictures that an article shows, and that were removed with it or with another one."""
    shown = PictureUse.objects.filter(revision__in=[article.live_id, article.next_id])
    return list(Picture.objects.filter(pk__in=shown.values("picture"), failure=Refusal.WITHHELD).order_by("pk"))
