from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> AssignmentQuerySet:
        return self.filter(status=Assignment.Status.OPEN)


class Assignment(models.Model):
    """Something to work on, given to somebody: an original to translate, or a subject to write about."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("given to")
    )
    original = models.ForeignKey(
        "articles.Original",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("original"),
    )
    subject = models.CharField(
        _("subject"), max_length=300, blank=True, help_text=_("What it is about, if there is no original.")
    )
    note = models.TextField(_("note"), blank=True)
    due_date = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    article = models.OneToOneField(
        "articles.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="assignment", editable=False
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    given_at = models.DateTimeField(_("given"), editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_date", "-given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(original__isnull=False) | ~Q(subject=""),
                name="assignment_has_an_original_or_a_subject",
                violation_error_message=_("Choose an original or write the subject."),
            )
        ]

    def __str__(self) -> str:
        return self.subject or str(self.original)

    def is_late(self, on: date) -> bool:
        return self.status == self.Status.OPEN and self.due_date is not None and self.due_date < on
