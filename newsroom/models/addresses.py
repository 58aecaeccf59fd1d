from __future__ import annotations

import unicodedata
from typing import Self
from urllib.parse import unquote, urlsplit

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

LONGEST = 600  # characters; an index row of PostgreSQL holds them even where each takes four bytes


def kept_as(address: str) -> str:
    """An address as the table keeps it, so that one row answers however it is written.

    Without host and fragment, decoded, in small letters, without the last slash, the parts of its query in order:
    "http://old.example/A/?p=1&c=2" is "/a?c=2&p=1".
    """
    parts = urlsplit(address)
    path = "/".join(filter(None, _plain(parts.path).split("/")))
    query = "&".join(sorted(filter(None, _plain(parts.query).split("&"))))
    return f"/{path}?{query}" if query else f"/{path}"


def _plain(part: str) -> str:
    return unicodedata.normalize("NFC", unquote(part)).lower()


class OldAddressQuerySet(models.QuerySet["OldAddress"]):
    def answering(self, address: str) -> OldAddress | None:
        """The row for an address that somebody asked for, by one query; one that would lead on and on never answers.

        The address with its query wins over the same without it, since a query may be what somebody else appended.
        """
        whole = kept_as(address)
        plain = whole.partition("?")[0]
        if "\0" in whole or len(plain) > LONGEST:
            return None
        onward = OldAddress.objects.filter(path=Lower(Func(OuterRef("target"), Value("/"), function="RTRIM")))
        return self.filter(path__in=[whole, plain]).exclude(Exists(onward)).order_by("-path").first()

    def touching(self, paths: list[str], targets: list[str]) -> Self:
        """The rows that could make a chain with rows that lead from `paths` to `targets`, all as `kept_as` writes them."""
        return self.filter(Q(path__in=[*paths, *targets]) | Q(target__in=[*paths, *(f"{path}/" for path in paths)]))


class OldAddress(models.Model):
    """An address that the outlet's texts had elsewhere, or in an earlier order of the site, and where it leads now.

    It is looked up only where the site itself has nothing, so what exists always wins; but for a query that a front
    page does not know, such as /?p=7.
    """

    path = models.CharField(
        _("old address"),
        max_length=LONGEST,
        help_text=_(
            "As it stood on the old site, such as /2019/05/story.html or /index.php?id=7. Capital letters and the last "
            "slash make no difference."
        ),
    )
    target = models.CharField(
        _("leads to"),
        max_length=LONGEST,
        help_text=_("An address of this site, such as /articles/the-lock-keeper/."),
    )
    is_permanent = models.BooleanField(
        _("for good"), default=True, help_text=_("Search engines then forget the old address.")
    )

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["path"]
        indexes = [models.Index(fields=["target"], name="old_address_by_target")]
        permissions = [("lead_elsewhere_oldaddress", _("Can let old addresses lead to other sites"))]
        constraints = [
            models.UniqueConstraint(
                fields=["path"],
                name="old_address_leads_to_one_place",
                violation_error_message=_("This old address is in the list already."),
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path=F("target")),
                name="old_address_leads_to_another",
                violation_error_message=_("This would lead from an address to itself."),
            ),
            models.CheckConstraint(
                condition=Q(target__regex=r"^(/([^/\\].*)?|https?://[^/\\@]+(/.*)?)$"),
                name="old_address_leads_to_an_address",
                violation_error_message=_("Write an address of this site that begins with “/”."),
            ),
        ]

    def __str__(self) -> str:
        return self.path
