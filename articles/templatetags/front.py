"""What pages show of articles beyond what their views hand over."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.excerpts import extract
from articles.models import Revision, Section
from articles.pictures import markup

register = template.Library()


@register.inclusion_tag("components/sections_nav.html", takes_context=True)
def sections_nav(context: Context) -> dict[str, Any]:
    """The sections of the edition, by one query; the one that the reader is in is marked."""
    edition = context["edition"]
    subject, article = context.get("subject"), context.get("article")
    here = subject if isinstance(subject, Section) else getattr(article, "section", None)
    return {"sections": Section.objects.filter(edition=edition.code), "here": here, "is_page": here == subject}


@register.inclusion_tag("components/credits.html")
def credit_lines(revision: Revision, place: str) -> dict[str, Any]:
    """Who did what, as shown at `place`, one line a role in the order of the credits: “Translated by: A, B”."""
    rows = revision.credits_at(place)
    labels = {
        "author": _("Written by"),
        "translator": _("Translated by"),
        "editor": _("Edited by"),
        "photographer": _("Photographs by"),
    }
    roles = list(dict.fromkeys(row["role"] for row in rows))
    return {
        "lines": [
            {"role": role, "label": labels.get(role, role), "people": [row for row in rows if row["role"] == role]}
            for role in roles
        ]
    }


@register.simple_tag
def picture(lead: dict[str, Any], sizes: str, *, is_first: bool = False) -> SafeString:
    """The lead picture (`Revision.lead`) as wide as `sizes` says; `is_first` for what readers see before they scroll."""
    return markup.picture(lead, lead["alt"], focus=lead["focus"], sizes=sizes, is_first=is_first)


@register.filter
def credit_of(lead: dict[str, Any]) -> SafeString:
    """Who made the lead picture."""
    return markup.credit(lead)


@register.filter
def role_name(role: str) -> str:
    """What somebody does here, as the page about them says it."""
    names = {
        "author": pgettext("what somebody does", "Author"),
        "translator": pgettext("what somebody does", "Translator"),
        "editor": pgettext("what somebody does", "Editor"),
        "photographer": pgettext("what somebody does", "Photographer"),
    }
    return names.get(role, role)


@register.filter
def within(text: str, limit: int) -> str:
    """`text` within the reuse policy's limit, for what stands beside an article and counts as an extract."""
    return extract(text, limit)
