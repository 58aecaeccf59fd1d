from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: A focal point as it is written in the body and on articles: "40 30", percent from the left and from the top.
FOCUS = re.compile(r"(?:\d{1,2}|100) (?:\d{1,2}|100)")

_MOST_WORDS = 10  # of a search
_MOST_NAMED = 3  # articles, where it says what hinders deleting


def new_key() -> str:
    """What a picture is called in HTML and in file names: 80 random bits, so that nobody finds one by guessing."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def original_name(picture: Picture, filename: str) -> str:
    """Where the original is kept: never by the name that it came with."""
    return f"originals/{picture.key}.{picture.format}"


class Refusal(models.TextChoices):
    """Why a file cannot become a picture, as a sentence that says what to do."""

    EMPTY = "empty", _("The file is empty. Copy or export it again.")
    NOT_A_PICTURE = "not_a_picture", _("This is not a picture. Choose a JPEG, PNG, WebP, AVIF or GIF file.")
    DRAWING = "drawing", _("SVG files and web pages can carry programs, so they are not taken. Save it as PNG.")
    HEIC = "heic", _("Most browsers cannot show HEIC photos. Save it as JPEG.")
    MOVING = "moving", _("Moving AVIF pictures are not taken. Save one picture of it as JPEG.")
    TOO_BIG = "too_big", _("The file is larger than 20 MB. Save it smaller, or as JPEG.")
    TOO_MANY_PIXELS = "too_many_pixels", _("The picture has more than 40 megapixels. Save it smaller.")
    TOO_LONG = "too_long", _("The picture is longer than 12,000 pixels. Save it smaller, or cut it.")
    TRUNCATED = "truncated", _("The end of the file is missing. Copy or export it again.")
    DAMAGED = "damaged", _("The file is damaged. Open it in a picture program and save it anew.")
    TOO_HARD = "too_hard", _("This file takes too much memory or time to open. Save it anew as JPEG.")
    NO_SPACE = "no_space", _("The server has no room for this picture. Tell whoever runs it, then try again.")
    LOST = "lost", _("The original is no longer in the storage. Upload it again.")
    WITHHELD = "withheld", _("It was removed with an article that was taken down. Prepare it anew to show it again.")


class PictureQuerySet(models.QuerySet["Picture"]):
    def waiting(self) -> Self:
        return self.filter(status=Picture.Status.WAITING)

    def failed(self) -> Self:
        return self.filter(status=Picture.Status.FAILED)

    def without_credit(self) -> Self:
        return self.filter(credit="")

    def unused(self) -> Self:
        """Those that no working copy and no version has ever held."""
        return self.filter(uses__isnull=True)

    def matching(self, words: str) -> Self:
        """Those that have each of the words in their title, credit, description or caption."""
        found = self
        for word in words.split()[:_MOST_WORDS]:
            texts = PictureText.objects.filter(Q(alt__icontains=word) | Q(caption__icontains=word))
            found = found.filter(
                Q(title__icontains=word) | Q(credit__icontains=word) | Q(pk__in=texts.values("picture"))
            )
        return found

    def with_use_count(self) -> Self:
        """With `use_count`, the number of articles that show or showed it."""
        return self.annotate(use_count=models.Count("uses__article", distinct=True))

    def words_of(self, pictures: Iterable[Picture], edition: str) -> dict[int, Any]:
        """The `alt` and `caption` of each picture in an edition, by its number; by one query."""
        rows = PictureText.objects.filter(picture__in=pictures, edition=edition).values("picture", "alt", "caption")
        return {row["picture"]: row for row in rows}


class Picture(models.Model):
    """A picture of the library. The original is kept where nobody else reads it; readers get renditions only."""

    class Right(models.TextChoices):
        UNKNOWN = "unknown", _("not asked yet")
        OWN = "own", _("our own")
        GRANTED = "granted", _("granted to us")
        LICENCE = "licence", _("under an open licence")
        PUBLIC_DOMAIN = "public_domain", _("in the public domain")
        REFUSED = "refused", _("refused")

    class Status(models.TextChoices):
        WAITING = "waiting", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    key = models.CharField(max_length=16, default=new_key, unique=True, editable=False)
    title = models.CharField(
        _("name in the library"), max_length=200, help_text=_("For finding it again. Readers never see it.")
    )
    file = models.FileField(_("original"), upload_to=original_name, max_length=100, editable=False)
    format = models.CharField(_("format"), max_length=10, editable=False)  # "jpeg", "png", "webp", "avif", "gif"
    width = models.PositiveIntegerField(_("width"), editable=False)  # in pixels, as the picture is looked at
    height = models.PositiveIntegerField(_("height"), editable=False)
    widths = ArrayField(models.PositiveIntegerField(), default=list, editable=False)  # of the renditions
    credit = models.CharField(
        pgettext_lazy("of a picture", "credit"),
        max_length=300,
        blank=True,
        help_text=_("Who made it and whose it is, shown under the picture. Needed before it is published."),
    )
    stated_rights = models.JSONField(_("what the file says of its rights"), default=dict, editable=False)
    right = models.CharField(_("our right to show it"), max_length=20, choices=Right, default=Right.UNKNOWN)
    right_note = models.TextField(
        _("where that is written"), blank=True, help_text=_("A letter, a licence, a conversation and its date.")
    )
    right_ends_date = models.DateField(_("the right ends on"), null=True, blank=True)
    source_url = models.URLField(_("where it comes from"), max_length=1000, blank=True)
    may_pass_on = models.BooleanField(
        _("we may let others reprint it"),
        default=False,
        help_text=_("No permission of ours can give what its owner does not let us pass on."),
    )
    focus_x = models.PositiveSmallIntegerField(
        _("focal point, percent from the left"), default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point, percent from the top"), default=50, validators=[MaxValueValidator(100)]
    )
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.WAITING, editable=False)
    failure = models.CharField(_("why it failed"), max_length=20, choices=Refusal, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(_("uploaded"), editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focus_x__lte=100, focus_y__lte=100),
                name="picture_focus_lies_within_it",
                violation_error_message=_("The focal point lies between 0 and 100 percent."),
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="picture_has_a_size"),
            models.CheckConstraint(
                condition=Q(status="failed") ^ Q(failure=""), name="picture_failed_iff_it_says_why"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="picture_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def focus(self) -> str:
        return f"{self.focus_x} {self.focus_y}"

    def titles_of_uses(self) -> list[str]:
        """The titles of some articles that show it, or showed it in a version."""
        titles = dict(self.uses.order_by("article").values_list("article", "article__title"))
        return [title or "…" for title in titles.values()][:_MOST_NAMED]

    def may_be_shown(self, on: date) -> bool:
        """Whether a right to show it is on record that day."""
        in_time = self.right_ends_date is None or on <= self.right_ends_date
        return self.right not in (self.Right.UNKNOWN, self.Right.REFUSED) and in_time


class PictureText(models.Model):
    """The words that come with a picture in one language; each article may say them otherwise."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="texts")
    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("edition")
    )
    alt = models.CharField(
        _("description"),
        max_length=500,
        blank=True,
        help_text=_("What is to be seen, for those who do not see it. Needed before it is published."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("words of a picture")
        verbose_name_plural = _("description and caption by language")
        constraints = [
            models.UniqueConstraint(fields=["picture", "edition"], name="picture_has_its_words_once_in_an_edition")
        ]

    def __str__(self) -> str:
        return self.alt


class PictureUse(models.Model):
    """That an article shows a picture: in its working copy (no revision) or in a revision of it.

    Written by `articles.pictures.uses`; a picture with a use cannot be deleted.
    """

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="uses")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="picture_uses")
    revision = models.ForeignKey("articles.Revision", on_delete=models.CASCADE, null=True, related_name="picture_uses")

    class Meta:
        verbose_name = _("use of a picture")
        verbose_name_plural = _("uses of pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "article", "revision"], nulls_distinct=False, name="picture_use_noted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.picture} · {self.article}"


class LeadPicture(models.Model):
    """The picture above a text, for an article and its revisions alike."""

    lead_picture = models.ForeignKey(
        Picture,
        to_field="key",  # so that `lead_picture_id` is the key by which the page's pictures are known
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    lead_alt = models.CharField(
        _("description of the lead picture"),
        max_length=500,
        blank=True,
        default="",
        db_default="",  # here and below: the version before pictures writes rows too, while a site is upgraded
        help_text=_("What is to be seen, for those who do not see it."),
    )
    lead_caption = models.CharField(
        _("caption of the lead picture"), max_length=500, blank=True, default="", db_default=""
    )
    #: "40 30"; "" is the focal point of the picture.
    lead_focus = models.CharField(max_length=7, blank=True, default="", db_default="")

    class Meta:
        abstract = True

    @staticmethod
    def focus_constraint(name: str) -> models.CheckConstraint:
        return models.CheckConstraint(condition=Q(lead_focus__regex=rf"^({FOCUS.pattern})?$"), name=name)
