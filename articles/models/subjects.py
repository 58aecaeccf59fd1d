from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

_SAME_ADDRESS = _("Use the same address in every edition, and readers can change from one language to the other.")


class Section(models.Model):
    """A fixed part of an edition, such as *Society*; every article stands in one."""

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="sections", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=60, help_text=_SAME_ADDRESS)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["edition", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="section_address_unique_in_edition",
                violation_error_message=_("This edition already has a section at this address."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.edition_id})"

    def get_absolute_url(self) -> str:
        return reverse("site:section", args=[self.slug], current_app=self.edition_id)


class Topic(models.Model):
    """What an article is about; an article has any number of them."""

    edition = models.ForeignKey(
        "newsroom.Edition", on_delete=models.PROTECT, related_name="topics", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=60, help_text=_SAME_ADDRESS)
    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["edition", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="topic_address_unique_in_edition",
                violation_error_message=_("This edition already has a topic at this address."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.edition_id})"

    def get_absolute_url(self) -> str:
        return reverse("site:topic", args=[self.slug], current_app=self.edition_id)
