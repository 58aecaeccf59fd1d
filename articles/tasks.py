"""Work of the queue's worker. Each task may be killed at any point and done again."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from articles.models import Picture
from articles.pictures import cards, renditions, withholding
from articles.reactions import Event, Verb
from articles.search import index
from newsroom import storage

AT_ONCE = 100  # articles in one short transaction
#: A disk that is full, a bucket that does not answer, a lead picture still in the making: well again within the hour.
_FOR_A_WHILE = RetryStrategy(max_attempts=7, exponential_wait=4)


@app.periodic(cron="*/5 * * * *")  # type: ignore[untyped-decorator]  # the library is untyped
@app.task(queueing_lock="index_articles", lock="index_articles")  # type: ignore[untyped-decorator]
def index_articles(timestamp: int) -> None:
    """Index what has no entry yet, as after an upgrade. Whatever stops it, the next run goes on where it stopped."""
    if not index.missing().exists():
        return
    last: int | None = 0
    while last is not None:
        last = index.write_next(AT_ONCE, after=last)
    index.refresh_statistics()


@app.task(retry=RetryStrategy(max_attempts=5, wait=60))  # type: ignore[untyped-decorator]
def index_person(contributor_id: int) -> None:
    """Have the articles of somebody whose names have changed be found by the new ones."""
    last: int | None = 0
    while last is not None:
        last = index.write_next_of(contributor_id, AT_ONCE, after=last)


@app.task(retry=_FOR_A_WHILE)  # type: ignore[untyped-decorator]
def make_renditions(picture_id: int) -> None:
    renditions.make(picture_id)


@app.periodic(cron="*/10 * * * *")  # type: ignore[untyped-decorator]
@app.task(queueing_lock="look_after_pictures")  # type: ignore[untyped-decorator]
def look_after_pictures(timestamp: int) -> None:
    """Make what has been waiting for an hour, since its job failed, and remove what killed processes left lying."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for number in (
        Picture.objects.waiting().filter(uploaded_at__lt=at - timedelta(hours=1)).values_list("pk", flat=True)
    ):
        with suppress(AlreadyEnqueued), transaction.atomic():
            make_renditions.configure(queueing_lock=f"make_renditions {number}").defer(picture_id=number)
    if settings.FILE_UPLOAD_TEMP_DIR:  # None where files are kept in a bucket
        storage.remove_leftovers(settings.FILE_UPLOAD_TEMP_DIR, before=at - timedelta(days=1))


@app.task(retry=_FOR_A_WHILE)  # type: ignore[untyped-decorator]
def remove_picture_files(key: str, widths: list[int], original: str) -> None:
    """Remove the files of a picture that is no longer in the library."""
    default_storage.delete(original)
    renditions.remove(key, widths)


@app.task(retry=_FOR_A_WHILE)  # type: ignore[untyped-decorator]
def draw_social_card(revision_id: int) -> None:
    cards.draw(revision_id, at=timezone.now())


@app.task(retry=_FOR_A_WHILE)  # type: ignore[untyped-decorator]
def remove_social_cards(article_id: int) -> None:
    cards.remove(article_id)


@app.task(retry=_FOR_A_WHILE)  # type: ignore[untyped-decorator]
def remove_card_files(names: list[str]) -> None:
    """Remove the cards of past versions that show words which were taken out of them."""
    for name in names:
        storages["public"].delete(name)


@app.task(retry=_FOR_A_WHILE)  # type: ignore[untyped-decorator]
def withhold_pictures(article_id: int) -> None:
    withholding.withhold(article_id)


def see_to_files(event: Event) -> None:
    """Have the card drawn of what readers see or will see; it and the pictures go with an article that is taken down."""
    if event.verb is Verb.TAKE_DOWN:
        remove_social_cards.defer(article_id=event.article.pk)
        withhold_pictures.defer(article_id=event.article.pk)
        return
    if event.verb is Verb.PUT_BACK:
        for picture in withholding.withheld_from(event.article):
            Picture.objects.filter(pk=picture.pk).update(status=Picture.Status.WAITING, failure="")
            make_renditions.defer(picture_id=picture.pk)
    if event.revision and event.verb is not Verb.UNSCHEDULE and not cards.keep(event.revision, event.previous):
        draw_social_card.defer(revision_id=event.revision.pk)
