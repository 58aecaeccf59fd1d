"""What the page of an article or a person tells programs, in the words of schema.org. Never the text itself."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from articles.excerpts import extract
from articles.models import Article, Contributor, Revision
from articles.pictures import markup, social_card_url
from newsroom.editions import absolute
from newsroom.models import Edition
from newsroom.sitemaps import moment
from newsroom.structured import CONTEXT, Block, filled, funders, home, one_or_many, outlet


def blocks(edition: Edition, article: Any, revision: Revision, headline: str) -> list[Block]:
    """What an article's page says; `article` comes from `with_surroundings`."""
    return [news_article(edition, article, revision, headline), breadcrumbs(edition, article, headline)]


def news_article(edition: Edition, article: Any, revision: Revision, headline: str) -> Block:
    """The article itself. Other apps add to it in blocks of their own, by its `@id`."""
    address = absolute(article.get_absolute_url())
    policy = article.reuse_policy
    holder = policy.holder if policy else edition.policy["holder"]
    limit = policy.limit if policy else edition.policy["limit"]
    rule = absolute(reverse("site:reuse", current_app=edition.code))
    year = localtime(article.published_at).year
    kind = " (translation)" if article.kind == Article.Kind.TRANSLATION else ""
    return filled(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": f"{address}#article",
            "url": address,
            "mainEntityOfPage": address,
            "headline": headline,
            "description": extract(revision.standfirst, limit),
            "inLanguage": edition.code,
            "datePublished": moment(article.published_at),
            "dateModified": moment(revision.modified_at),  # a typo keeps the date of the version before it
            "image": images(revision),
            "author": _authors(edition, article, revision),
            "translator": one_or_many(_people(edition, revision, "translator")),
            "editor": one_or_many(_people(edition, revision, "editor")),
            "translationOfWork": _original(revision),
            "articleSection": article.section.name if article.section else "",
            "keywords": [row["name"] for row in article.topic_rows],
            "publisher": outlet(edition),
            "funder": one_or_many(funders(edition)),
            "isAccessibleForFree": True,
            "copyrightHolder": {"@type": "Organization", "name": holder},
            "copyrightYear": year,
            "copyrightNotice": f"© {year} {holder}{kind}",
            "creditText": edition.name,
            "license": rule,
            "usageInfo": rule,
            "acquireLicensePage": rule,
        }
    )


def breadcrumbs(edition: Edition, article: Article, headline: str) -> Block:
    """Where the article stands: front page, section, article."""
    steps = [(edition.name, home(edition))]
    if article.section:
        steps.append((article.section.name, absolute(article.section.get_absolute_url())))
    steps.append((headline, absolute(article.get_absolute_url())))
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, 1)
        ],
    }


def profile(edition: Edition, person: Contributor) -> Block:
    """The page about a person, who comes from `named_in`; never more than readers see there."""
    shown: Any = person
    return {
        "@context": CONTEXT,
        "@type": "ProfilePage",
        "inLanguage": edition.code,
        "mainEntity": filled(
            {
                "@type": "Person",
                "@id": f"{_address(edition, person.slug)}#person",
                "name": shown.shown_name,
                "description": shown.shown_bio,
                "url": _address(edition, person.slug),
            }
        ),
    }


def images(revision: Revision) -> list[Block]:
    """The picture that stands for the article: its lead picture."""
    lead = revision.lead
    if not lead or not lead["widths"]:
        return []
    file = markup.jpeg(lead, 1600)
    address = absolute(file.url)
    return [
        filled(
            {
                "@type": "ImageObject",
                "url": address,
                "contentUrl": address,
                "width": file.width,
                "height": file.height,
                "description": lead["alt"],
                "creditText": lead["credit"],
            }
        )
    ]


def social_card(revision: Revision, headline: str) -> dict[str, Any] | None:
    """The picture that social networks show with a link: the card, and until that is drawn the lead picture."""
    if revision.social_card:
        return {"url": absolute(social_card_url(revision)), "width": 1200, "height": 630, "alt": headline}
    lead = revision.lead
    if not lead or not lead["widths"]:
        return None
    file = markup.jpeg(lead, 1200)
    return {"url": absolute(file.url), "width": file.width, "height": file.height, "alt": lead["alt"]}


def _authors(edition: Edition, article: Article, revision: Revision) -> list[Block]:
    """Who wrote it: of a translation the author of the original, or else its outlet."""
    credited = _people(edition, revision, "author")
    original = revision.original_as_shown
    if article.kind != Article.Kind.TRANSLATION or not original:
        return credited or [outlet(edition)]
    if original["author"] and original["author"] not in [person["name"] for person in credited]:
        return [{"@type": "Person", "name": original["author"]}, *credited]
    return credited or ([_source(original)] if original["source"] else [])


def _people(edition: Edition, revision: Revision, role: str) -> list[Block]:
    return [
        {"@type": "Person", "name": credit["name"], "url": _address(edition, credit["slug"])}
        for credit in revision.credits
        if credit["role"] == role
    ]


def _original(revision: Revision) -> Block | None:
    original = revision.original_as_shown
    if not original:
        return None
    return filled(
        {
            "@type": "NewsArticle",
            "@id": original["url"],
            "url": original["url"],
            "headline": original["title"],
            "inLanguage": original["language"],
            "datePublished": original["published_date"],
            "author": filled({"@type": "Person", "name": original["author"]}) if original["author"] else None,
            "publisher": _source(original) if original["source"] else None,
        }
    )


def _source(original: dict[str, Any]) -> Block:
    source = original["source"]
    return filled({"@type": "NewsMediaOrganization", "name": source["name"], "url": source["url"]})


def _address(edition: Edition, slug: str) -> str:
    return absolute(reverse("site:person", args=[slug], current_app=edition.code))
