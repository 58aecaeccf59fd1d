from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.people import Contributor, Credit
from articles.models.pictures import LeadPicture
from articles.models.revisions import Revision


class ArticleQuerySet(models.QuerySet["Article"]):
    def public(self, at: datetime) -> Self:
        """Articles that readers can open at `at`. Nothing runs when a date comes: the date is compared here."""
        return self.filter(published_at__lte=at, taken_down_at__isnull=True)

    def published(self, at: datetime) -> Self:
        """Articles whose address readers know at `at`: public ones, and those that were taken down."""
        return self.filter(published_at__lte=at)

    def in_edition(self, code: str) -> Self:
        return self.filter(edition=code)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def with_revisions(self) -> Self:
        """With both revisions that may be the public one, without their long texts (for lists)."""
        long = [f"{revision}__{field}" for revision in ("live", "next") for field in ("body", "text")]
        return self.select_related("live", "next", "section", "reuse_policy").defer("body", *long)

    def with_texts(self) -> Self:
        """As `with_revisions`, with the policy text too (for feeds)."""
        long = [f"{revision}__body" for revision in ("live", "next")]
        return self.select_related("live", "next", "section", "reuse_policy").defer("body", *long)

    def older_than(self, number: int) -> Self:
        """What comes after the article `number` when the newest come first."""
        moment = Subquery(Article.objects.filter(pk=number).values("published_at"))
        return self.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=number))

    def credited_to(self, contributor: Contributor, at: datetime, role: str = "") -> Self:
        """Articles whose public revision at `at` credits the contributor, in any role or in `role`."""
        return self.filter(pk__in=Revision.objects.public(at).crediting(contributor, role).values("article"))

    def drafts(self) -> Self:
        return self.filter(published_at__isnull=True)

    def unpublished(self) -> Self:
        """Drafts, and public articles that were edited after their newest version was made."""
        is_changed = Q(live__isnull=False, next__isnull=True, edited_at__gt=F("live__made_at"))
        return self.filter(Q(published_at__isnull=True) | is_changed)

    def begun_or_edited_by(self, user: Any) -> Self:
        return self.filter(Q(created_by=user) | Q(edited_by=user) | Q(assignment__assignee=user))

    def in_review(self) -> Self:
        return self.filter(stage=Article.Stage.IN_REVIEW)

    def retracted(self) -> Self:
        return self.filter(retracted_at__isnull=False)

    def taken_down(self) -> Self:
        return self.filter(taken_down_at__isnull=False)

    def with_key(self, key: str) -> Self:
        """The article that was begun with this form, if any; `key` comes from outside."""
        try:
            return self.filter(key=uuid.UUID(key))
        except ValueError:
            return self.none()

    def scheduled(self, at: datetime) -> Self:
        return self.filter(next__goes_live_at__gt=at, taken_down_at__isnull=True)

    def editable_by(self, user: Any) -> Self:
        """What `user` may change: everything with the permission to publish, else what is assigned or begun."""
        if user.has_perm("articles.publish_article"):
            return self
        is_given = Q(assignment__assignee=user) & ~Q(assignment__status="dropped")
        return self.filter(is_given | Q(created_by=user, published_at__isnull=True))


class Article(LeadPicture):
    """The identity of a text, and the working copy that editors change. Readers see its revisions only."""

    class Kind(models.TextChoices):
        TRANSLATION = "translation", _("translation")
        OWN = "own", _("our own text")

    class State(models.TextChoices):
        """What an article is at a moment, derived from its dates; for people to read."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLIC = "public", _("public")
        RETRACTED = "retracted", _("retracted")
        TAKEN_DOWN = "taken_down", _("taken down")

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")

    # Identity: takes effect at once, also on a published article.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # for feeds, whatever the address becomes
    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    slug = models.SlugField(
        _("address"),
        max_length=120,
        blank=True,
        help_text=_("Made from the title if left empty. When it changes, the old address leads to the new one."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.TRANSLATION)
    family = models.UUIDField(default=uuid.uuid4, editable=False)  # the same text in other editions shares it
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    topics = models.ManyToManyField("articles.Topic", blank=True, related_name="articles", verbose_name=_("topics"))
    reuse_policy = models.ForeignKey(
        "newsroom.ReusePolicy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reuse policy"),
        help_text=_("Only if this article has a policy of its own."),
    )
    related = models.ManyToManyField(
        "self", through="articles.RelatedArticle", symmetrical=False, blank=True, related_name="+"
    )

    # The working copy: readers see none of it before it is published.
    title = models.CharField(_("title"), max_length=200, blank=True)
    standfirst = models.TextField(_("standfirst"), max_length=1000, blank=True)
    body = models.TextField(_("text"), blank=True)
    original = models.ForeignKey(
        "articles.Original",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("original"),
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)  # grows with each save; two savers cannot both win
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("begun"), editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(_("last edited"), editable=False)

    # What is public, written by the actions only.
    live = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    next = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    retracted_at = models.DateTimeField(_("retracted"), null=True, editable=False)
    taken_down_at = models.DateTimeField(_("taken down"), null=True, editable=False)
    taken_down_reason = models.TextField(_("reason told to readers"), blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-edited_at"]
        permissions = [
            ("publish_article", _("Can publish, schedule, change and retract articles")),
            ("take_down_article", _("Can take articles down")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                condition=~Q(slug=""),
                name="article_address_unique_in_edition",
                violation_error_message=_("This edition already has an article at this address."),
            ),
            models.UniqueConstraint(
                fields=["family", "edition"],
                name="article_family_has_one_text_in_an_edition",
                violation_error_message=_("This text already has a translation in this edition."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, live__isnull=True, next__isnull=True)
                | (Q(published_at__isnull=False) & (Q(live__isnull=False) | Q(next__isnull=False))),
                name="article_published_iff_it_has_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(slug=""),
                name="article_published_has_an_address",
                violation_error_message=_("A published article needs an address."),
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True) | ~Q(taken_down_reason=""),
                name="article_taken_down_has_a_reason",
            ),
            LeadPicture.focus_constraint("article_lead_focus_is_a_point"),
        ]
        indexes = [
            models.Index(F("edition"), F("published_at").desc(), F("id").desc(), name="article_newest_in_edition"),
            models.Index(F("section"), F("published_at").desc(), F("id").desc(), name="article_newest_in_section"),
            models.Index(fields=["-edited_at"], name="article_last_edited"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    def get_absolute_url(self) -> str:
        return reverse("site:article", args=[self.slug], current_app=self.edition_id)

    def current(self, at: datetime) -> Revision | None:
        """The revision that readers see at `at`: `next` once its time has come, else `live`."""
        if self.next and self.next.goes_live_at <= at:
            return self.next
        return self.live

    def is_public(self, at: datetime) -> bool:
        return self.published_at is not None and self.published_at <= at and self.taken_down_at is None

    def state(self, at: datetime) -> Article.State:
        if self.taken_down_at:
            return self.State.TAKEN_DOWN
        if self.retracted_at:
            return self.State.RETRACTED
        if self.published_at:
            return self.State.PUBLIC if self.published_at <= at else self.State.SCHEDULED
        return self.State.IN_REVIEW if self.stage == self.Stage.IN_REVIEW else self.State.DRAFT

    def missing_for_publication(self) -> list[str]:
        """What publishing demands and a draft may lack, in the order of the form: names such as "translator"."""
        is_translation = self.kind == self.Kind.TRANSLATION
        demands = {
            "title": bool(self.title),
            "text": bool(self.body),
            "original": not is_translation or self.original_id is not None,
            "translator": not is_translation
            or (self.pk is not None and self.credits.filter(role=Credit.Role.TRANSLATOR).exists()),
            "section": self.section_id is not None,
        }
        return [name for name, is_met in demands.items() if not is_met]


class RelatedArticle(models.Model):
    """An article that an editor put under another one by hand, in order."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="chosen_related")
    related = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="related_article_once"),
            models.CheckConstraint(
                condition=~Q(article=F("related")),
                name="related_article_is_another",
                violation_error_message=_("An article is not related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.related)


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    def of_another(self, article: Article, slug: str) -> FormerSlug | None:
        """The row by which `slug` leads to another article than `article`, if there is one."""
        found = self.filter(edition=article.edition_id, slug=slug).exclude(article=article.pk)
        return found.select_related("article").first()


class FormerSlug(models.Model):
    """An address that an article had; it leads to the present one for ever."""

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    slug = models.SlugField(max_length=120)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_slugs")

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="former_slug_leads_to_one_article")]

    def __str__(self) -> str:
        return self.slug
