from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReusePolicy(models.Model):
    """The outlet's rule for whoever quotes: an active link and at most `limit` characters without permission."""

    class Unit(models.TextChoices):
        CHARACTERS = "characters", _("characters")

    name = models.CharField(_("name"), max_length=100, help_text=_("Seen by editors only, such as “Our rule”."))
    is_default = models.BooleanField(
        _("applies to every article"), default=False, help_text=_("An article may be given another policy of its own.")
    )
    limit = models.PositiveIntegerField(
        _("longest extract"),
        default=500,
        validators=[MinValueValidator(1)],
        help_text=_("Every feed, list, search result and quotation of ours keeps to it as well."),
    )
    unit = models.CharField(_("counted in"), max_length=20, choices=Unit, default=Unit.CHARACTERS)
    holder = models.CharField(_("rights holder"), max_length=200, help_text=_("Stands after © in the footer."))
    first_year = models.PositiveSmallIntegerField(_("first year"), help_text=_("The © years begin with it."))
    contact = models.EmailField(
        _("address that grants permission"),
        help_text=_("Shown to people, hidden from programs that collect addresses."),
    )

    class Meta:
        verbose_name = _("reuse policy")
        verbose_name_plural = _("reuse policies")
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="reuse_policy_one_default",
                violation_error_message=_("Another policy already applies to every article."),
            ),
            models.CheckConstraint(
                condition=models.Q(limit__gte=1),
                name="reuse_policy_limit_at_least_one",
                violation_error_message=_("The longest extract is at least one character."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReuseTerms(models.Model):
    """What a policy says in one edition's language: the sentence under every page, and the terms in full."""

    policy = models.ForeignKey(ReusePolicy, on_delete=models.CASCADE, related_name="terms")
    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    rule = models.TextField(
        _("rule in a sentence"),
        max_length=1000,
        help_text=_("Stands in the footer. Write {limit} where the number goes."),
    )
    terms = models.TextField(_("terms in full"), blank=True, help_text=_("Shown at /reuse/."))

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [models.UniqueConstraint(fields=["policy", "edition"], name="reuse_terms_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.policy} ({self.edition_id})"
