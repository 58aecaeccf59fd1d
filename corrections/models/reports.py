from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.anchors import CONTEXT, LONGEST_QUOTE, State

LINK_GOOD_FOR = timedelta(days=365)  # after the decision
_signer = signing.Signer(salt="corrections.report")


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> Self:
        """What nobody has decided yet and editors should see now."""
        return self.filter(status=Report.Status.OPEN)

    def held(self) -> Self:
        return self.filter(status=Report.Status.HELD)

    def undecided(self) -> Self:
        """Those whose place is carried from version to version: a decided report is never looked for again."""
        return self.filter(status__in=[Report.Status.OPEN, Report.Status.HELD])

    def naming_readers(self) -> Self:
        """Those that still know who reported."""
        return self.exclude(email="", name="")

    def decided(self) -> Self:
        return self.exclude(status__in=[Report.Status.OPEN, Report.Status.HELD])

    def untold(self) -> Self:
        """Decided, and the reader, who gave an address, has not been told yet. Spam is not answered."""
        told = [Report.Status.APPLIED, Report.Status.ALREADY_FIXED, Report.Status.DECLINED]
        return self.filter(status__in=told, outcome_mailed_at=None).exclude(email="")

    def by_link(self, token: str) -> Report | None:
        """The report that the last part of a private link names; None for what is no link of ours."""
        try:
            return self.filter(pk=int(_signer.unsign(token))).first()
        except (signing.BadSignature, ValueError):
            return None


class Report(models.Model):
    """What a reader says is wrong: the words in the version that the reader saw, and what would be right."""

    class Status(models.TextChoices):
        HELD = "held", _("held back")  # for what looks like advertising: an editor lets it in
        OPEN = "open", _("open")
        APPLIED = "applied", _("corrected")
        ALREADY_FIXED = "already_fixed", _("already corrected")
        DECLINED = "declined", _("not changed")
        SPAM = "spam", _("spam")

    class Kind(models.TextChoices):
        TYPO = "typo", _("a typing mistake")
        FACT = "fact", _("a wrong fact")
        TRANSLATION = "translation", _("a wrong translation")
        UNCLEAR = "unclear", _("hard to understand")
        OTHER = "other", _("something else")

    class Channel(models.TextChoices):
        DIALOG = "dialog", _("on the page")
        FORM = "form", _("by the form")
        MAIL = "mail", _("by mail")

    key = models.UUIDField(unique=True, editable=False)  # made with the form, so that a form sent twice is one report
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="reports", verbose_name=_("article")
    )
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)

    # What the reader saw: W3C TextQuoteSelector and TextPositionSelector, in code points of the revision's policy text.
    # All of it is empty for a report on the article as a whole.
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    quote = models.CharField(_("words"), max_length=LONGEST_QUOTE, blank=True)
    prefix = models.CharField(max_length=CONTEXT, blank=True)
    suffix = models.CharField(max_length=CONTEXT, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    # Where these words stand in the article's present version, carried forward by every publication.
    place = models.CharField(_("place"), max_length=10, choices=State.choices)
    place_revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+")
    place_start = models.PositiveIntegerField(null=True)
    place_end = models.PositiveIntegerField(null=True)

    suggestion = models.CharField(_("should read"), max_length=1000, blank=True)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)  # emptied after a time (Rules.keep_addresses_days)
    name = models.CharField(_("name"), max_length=100, blank=True)
    may_be_thanked = models.BooleanField(_("may be thanked by name"), default=False)
    received_at = models.DateTimeField(_("received"))

    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.OPEN)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    answer = models.TextField(_("answer to the reader"), max_length=2000, blank=True)
    correction = models.ForeignKey(
        "corrections.Correction", on_delete=models.SET_NULL, null=True, related_name="reports"
    )  # what was published because of it
    receipt_mailed_at = models.DateTimeField(null=True)
    outcome_mailed_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")
        ordering = ["-received_at", "-pk"]
        permissions = [("decide_report", _("Can decide on what readers report"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(quote="", start=None, end=None) | (~Q(quote="") & Q(start__lt=models.F("end"))),
                name="report_quote_has_its_place",
            ),
            models.CheckConstraint(
                condition=~Q(quote="") | ~Q(comment="") | ~Q(suggestion=""),
                name="report_says_something",
                violation_error_message=_("Say what is wrong."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "held"], decided_at=None)
                | (~Q(status__in=["open", "held"]) & Q(decided_at__isnull=False)),
                name="report_decided_iff_not_open",
            ),
            models.CheckConstraint(
                condition=Q(place_start=None, place_end=None) | Q(place_start__lt=models.F("place_end")),
                name="report_place_has_both_ends",
            ),
        ]
        indexes = [
            models.Index(
                fields=["article", "place_start"], condition=Q(status__in=["open", "held"]), name="report_undecided"
            ),
            models.Index(fields=["-received_at", "-id"], name="report_newest"),
            models.Index(fields=["status", "article", "-received_at"], name="report_by_state"),
            models.Index(fields=["-decided_at", "-id"], name="report_decided_last"),
        ]

    def __str__(self) -> str:
        return self.quote or self.comment or self.suggestion

    def get_absolute_url(self) -> str:
        """The reader's private page: what became of the report."""
        return reverse("site:report-status", args=[self.token], current_app=self.article.edition_id)

    def question(self) -> Message | None:
        """What an editor asks the reader, as long as it is neither answered nor decided without the answer."""
        last = self.messages.last() if self.decided_at is None else None
        return None if last is None or last.is_from_reader else last

    def has_expired(self, at: datetime) -> bool:
        """Whether the reader's private page has been there for long enough."""
        return self.decided_at is not None and at - self.decided_at > LINK_GOOD_FOR

    @property
    def token(self) -> str:
        """The last part of the reader's private link; signed, so that nothing which opens it is kept here."""
        return _signer.sign(str(self.pk))


class Message(models.Model):
    """A question of an editor to whoever reported, or the answer to it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    is_from_reader = models.BooleanField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("text"), max_length=2000)
    written_at = models.DateTimeField(_("written"))
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text
