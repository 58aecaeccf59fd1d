from __future__ import annotations

from datetime import datetime
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONArray, JSONObject, Lower, NullIf, Replace
from django.utils.translation import gettext_lazy as _


def alphabetical(field: str) -> models.Func:
    """A key that sorts names as the Ukrainian and the Latin alphabet do.

    Code points already sort both, but for four Ukrainian letters, which stand after я; each is written as the letter
    that it follows and a last character.
    """
    key: models.Func = Lower(F(field))
    for letter, follows in (("ґ", "г"), ("є", "е"), ("і", "и"), ("ї", "иӿ")):
        key = Replace(key, Value(letter), Value(follows + "ӿ"))
    return key


class ContributorQuerySet(models.QuerySet["Contributor"]):
    def named_in(self, edition: str) -> Self:
        """With `shown_name`, `shown_bio` and `shown_key` as this edition writes them, in its alphabetical order."""
        here = ContributorName.objects.filter(contributor=OuterRef("pk"), edition=edition)
        bio = NullIf(Subquery(here.values("bio")[:1]), Value(""), output_field=models.TextField())
        return self.annotate(
            shown_name=Coalesce(Subquery(here.values("name")[:1]), F("name")),
            shown_bio=Coalesce(bio, F("bio")),
            shown_key=Coalesce(Subquery(here.values("sort_key")[:1]), F("sort_key"), output_field=models.CharField()),
        ).order_by("shown_key", "pk")

    def public(self, at: datetime) -> Self:
        """Those whom something public names, in whatever edition: nobody else is known to readers."""
        return self.filter(_credited(at, JSONObject(person=OuterRef("pk"))))

    def translating_in(self, edition: str, at: datetime) -> Self:
        """Those credited as translators of something public there."""
        credit = JSONObject(person=OuterRef("pk"), role=Value("translator"))
        return self.filter(_credited(at, credit, article__edition=edition))


def _credited(at: datetime, credit: JSONObject, **where: str) -> Exists:
    revisions = apps.get_model("articles", "Revision")._default_manager
    return Exists(revisions.public(at).filter(**where, credits__contains=JSONArray(credit)))


class Contributor(models.Model):
    """A person behind articles, under the name that readers see.

    The name may be a pseudonym: nothing public ever shows the account that belongs to it.
    """

    name = models.CharField(
        _("name"), max_length=120, help_text=_("As readers see it. A pseudonym is fine: no other name is ever shown.")
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    bio = models.TextField(_("about"), max_length=2000, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("account"),
        help_text=_("Who signs in for this name. Never shown to readers."),
    )
    sort_key = models.GeneratedField(
        expression=alphabetical("name"), output_field=models.CharField(max_length=250), db_persist=True
    )

    objects = ContributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name


class ContributorName(models.Model):
    """How a contributor is called in one edition, where the name is written otherwise there."""

    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="names")
    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=120)
    bio = models.TextField(_("about"), max_length=2000, blank=True)
    sort_key = models.GeneratedField(
        expression=alphabetical("name"), output_field=models.CharField(max_length=250), db_persist=True
    )

    class Meta:
        verbose_name = _("name in an edition")
        verbose_name_plural = _("names in other editions")
        constraints = [
            models.UniqueConstraint(fields=["contributor", "edition"], name="contributor_one_name_in_an_edition")
        ]

    def __str__(self) -> str:
        return self.name


class Credit(models.Model):
    """Who did what for an article, in order, and where on the page it is said."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        TRANSLATOR = "translator", _("translator")
        EDITOR = "editor", _("editor")
        PHOTOGRAPHER = "photographer", _("photographer")

    class Place(models.TextChoices):
        TOP = "top", _("at the top")
        END = "end", _("at the end")
        BOTH = "both", _("at the top and at the end")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="credits")
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, related_name="credits", verbose_name=_("contributor")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.TRANSLATOR)
    place = models.CharField(_("shown"), max_length=10, choices=Place, default=Place.BOTH)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "contributor", "role"],
                name="credit_once_per_role",
                violation_error_message=_("This person already has this role in the article."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.contributor}"
