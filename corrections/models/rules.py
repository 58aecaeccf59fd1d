from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Rules(models.Model):
    """How this outlet handles what readers report. There is one row, made when it is first asked for."""

    shows_figures = models.BooleanField(
        _("show figures on the page of corrections"),
        default=False,
        help_text=_(
            "The median time from a report to its correction, the share that led to a change, and the oldest open report."
        ),
    )
    keep_addresses_days = models.PositiveSmallIntegerField(
        _("days for which readers’ addresses are kept"),
        default=180,
        help_text=_("Counted from the decision. Afterwards the e-mail address of the reader is deleted."),
    )
    #: Editions that have had their first ready answers; those that editors delete do not come back.
    answered_editions = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("rules for corrections")
        verbose_name_plural = _("rules for corrections")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="correction_rules_are_one")]

    def __str__(self) -> str:
        return str(_("rules for corrections"))

    @classmethod
    def current(cls) -> Rules:
        return cls.objects.get_or_create(pk=1)[0]


class ReadyAnswer(models.Model):
    """An answer to readers that editors give often."""

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("edition")
    )
    label = models.CharField(_("what editors see"), max_length=100)
    text = models.TextField(_("answer"), max_length=2000)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("ready answer")
        verbose_name_plural = _("ready answers")
        ordering = ["edition", "position", "pk"]

    def __str__(self) -> str:
        return self.label
