"""What an article's page tells programs of its corrections, in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from articles.models import Revision
from corrections.told import Notice
from newsroom.editions import absolute
from newsroom.sitemaps import moment
from newsroom.structured import CONTEXT, Block, filled


def corrections(article: Any, notices: Iterable[Notice]) -> Block | None:
    """A block that adds the notices to what is said of the article, by its `@id`; None without any.

    A typo is no correction, whatever was said of it.
    """
    told = [_comment(article, notice) for notice in notices if notice.kind != Revision.KindOfChange.TYPO]
    if not told:
        return None
    address = absolute(article.get_absolute_url())
    return {"@context": CONTEXT, "@type": "NewsArticle", "@id": f"{address}#article", "correction": told}


def _comment(article: Any, notice: Notice) -> Block:
    address = ""
    if notice.number:
        address = absolute(reverse("site:correction", args=[notice.number], current_app=article.edition_id))
    return filled(
        {
            "@type": "CorrectionComment",
            "@id": address,
            "url": address,
            "name": capfirst(notice.label),
            "text": notice.text,
            "datePublished": moment(notice.at),
            "inLanguage": article.edition_id,
        }
    )
