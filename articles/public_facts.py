"""Which facts the public pages of an article are made of."""

from __future__ import annotations

from articles.models import Article, Revision


def facts_of(article: Article, *revisions: Revision | None) -> list[str]:
    """The names of all facts that change when `article` does; `revisions` are those that came or went."""
    names = [f"article:{article.pk}", f"edition:{article.edition_id}", f"family:{article.family}"]
    if article.section_id:
        names.append(f"section:{article.section_id}")
    names += [f"topic:{pk}" for pk in article.topics.values_list("pk", flat=True)]
    for revision in revisions:
        if revision:
            names += [f"person:{credit['person']}" for credit in revision.credits]
    return names
