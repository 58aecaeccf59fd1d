"""What pages tell programs of the outlet, in the words of schema.org (JSON-LD).

A block is a dictionary; `{{ block|json_ld }}` writes it into the page. A block of another app adds to what is said of a
thing by the same `@id`.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from newsroom.editions import absolute
from newsroom.models import Edition
from newsroom.models.pages import POLICIES

Block = dict[str, Any]
CONTEXT = "https://schema.org"


def filled(block: Block) -> Block:
    """The block without what is empty: nothing is said where nothing is known."""
    return {name: value for name, value in block.items() if value not in ("", None, [], {})}


def one_or_many(things: list[Block]) -> Block | list[Block] | None:
    return things[0] if len(things) == 1 else things or None


def outlet(edition: Edition) -> Block:
    """Who publishes, with those of its pages that are policies, and its channels elsewhere."""
    slugs = [row["slug"] for row in edition.policy_page_rows]
    policies = {POLICIES[slug]: absolute(reverse("site:page", args=[slug], current_app=edition.code)) for slug in slugs}
    return filled(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{settings.SITE_URL}/#outlet",
            "name": edition.name,
            "legalName": edition.outlet.get("legal_name"),
            "url": home(edition),
            "logo": {"@type": "ImageObject", **logo()},
            "sameAs": [row["url"] for row in edition.follow_rows],
            **policies,
        }
    )


def logo() -> Block:
    """The site's icon, as a picture that any program can show."""
    return {"url": absolute(reverse("icon")), "width": 512, "height": 512}


def funders(edition: Edition) -> list[Block]:
    return [filled({"@type": "Organization", "name": row["name"], "url": row["url"]}) for row in edition.funder_rows]


def website(edition: Edition) -> Block:
    """The edition as a site of its own, for its front page."""
    return filled(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "@id": f"{home(edition)}#site",
            "name": edition.name,
            "alternateName": edition.tagline,
            "url": home(edition),
            "inLanguage": edition.code,
            "publisher": outlet(edition) | filled({"funder": one_or_many(funders(edition))}),
        }
    )


def home(edition: Edition) -> str:
    return absolute(reverse("site:home", current_app=edition.code))
