from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from articles import tasks
from articles.actions.errors import AlreadyCredited, PictureInUse, PictureRefused
from articles.models import Picture, PictureText, Refusal
from articles.pictures import reading, widths_for
from articles.pictures.containers import Refused
from newsroom.html import plain
from newsroom.models import User
from newsroom.uploads import BoundedUpload

_DESCRIPTION = [
    "title",
    "credit",
    "right",
    "right_note",
    "right_ends_date",
    "source_url",
    "may_pass_on",
    "focus_x",
    "focus_y",
]


def add_picture(upload: BoundedUpload, *, by: User | None, at: datetime) -> Picture:
    """Keep an upload as an original and have its renditions made. Raises PictureRefused."""
    try:
        original = reading.read(upload)
    except Refused as refused:
        raise PictureRefused(refused.refusal) from refused
    picture = Picture(
        title=plain(PurePath(upload.name or "").stem)[:200] or original.format.upper(),
        format=original.format,
        width=original.width,
        height=original.height,
        widths=widths_for(original.width),
        stated_rights=original.stated_rights,
        credit=reading.proposed_credit(original.stated_rights),
        uploaded_by=by,
        uploaded_at=at,
    )
    try:
        with original.file as file:
            picture.file.save("", file, save=False)
    except OSError as error:
        raise PictureRefused(Refusal.NO_SPACE) from error
    try:
        with transaction.atomic():
            picture.save()
            tasks.make_renditions.defer(picture_id=picture.pk)
    except BaseException:
        picture.file.delete(save=False)  # a file without its row would lie there for ever
        raise
    return picture


@transaction.atomic
def describe_picture(picture: Picture, *, words: Mapping[str, tuple[str, str]]) -> Picture:
    """Save what the library says of a picture; `words` are its description and caption by edition.

    A new credit goes into the files that readers get, too.
    """
    is_credited_anew = Picture.objects.filter(pk=picture.pk).exclude(credit=picture.credit).exists()
    picture.save(update_fields=_DESCRIPTION)
    if is_credited_anew:
        tasks.make_renditions.defer(picture_id=picture.pk)
    for edition, (alt, caption) in words.items():
        PictureText.objects.update_or_create(
            picture=picture, edition_id=edition, defaults={"alt": plain(alt), "caption": plain(caption)}
        )
    return picture


@transaction.atomic
def credit_picture(key: str, *, credit: str) -> Picture:
    """Say who made a picture that has no credit yet, and nothing else of it. Raises AlreadyCredited."""
    if not Picture.objects.without_credit().filter(key=key).update(credit=plain(credit)[:300]):
        raise AlreadyCredited
    picture = Picture.objects.get(key=key)
    tasks.make_renditions.defer(picture_id=picture.pk)
    return picture


@transaction.atomic
def make_renditions_again(picture: Picture) -> Picture:
    """Have the renditions of a picture made anew; one that is ready stays ready meanwhile, with those that it has."""
    Picture.objects.failed().filter(pk=picture.pk).update(status=Picture.Status.WAITING, failure="")
    tasks.make_renditions.defer(picture_id=picture.pk)
    picture.refresh_from_db()
    return picture


@transaction.atomic
def delete_picture(picture: Picture) -> None:
    """Remove a picture that no article shows, with its files. Raises PictureInUse."""
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    if titles := picture.titles_of_uses():
        raise PictureInUse(picture, titles)
    picture.delete()
    tasks.remove_picture_files.defer(key=picture.key, widths=picture.widths, original=picture.file.name)
