"""Which addresses of articles, sections, topics and people there are, for whoever lets an old address lead to one."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import Article, Contributor, Section, Topic
from newsroom.old_addresses import FINDERS, Finder


def _in_edition(model: type[Article] | type[Section] | type[Topic]) -> Finder:
    def found(edition: str, slugs: set[str]) -> Iterable[str]:
        return model._default_manager.filter(edition=edition, slug__in=slugs).values_list("slug", flat=True)

    return found


def _people(edition: str, slugs: set[str]) -> Iterable[str]:
    return Contributor.objects.filter(slug__in=slugs).values_list("slug", flat=True)


def add_all() -> None:
    """An article counts before it is published: its old address may be entered first."""
    FINDERS.update(article=_in_edition(Article), section=_in_edition(Section), topic=_in_edition(Topic), person=_people)
