"""Sections and topics whose names somebody types in: their pages are what is meant as often as an article is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Value
from django.utils.translation import gettext as _

from articles.models import Article, Section, Topic

SHORTEST = 3  # letters of a beginning
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """A section or topic as the search page names it."""

    kind: str
    name: str
    url: str


def called(text: str, edition: str, at: datetime) -> list[Subject]:
    """Those whose name is this or begins so, the shortest first. A topic is known to readers by what is public of it."""
    name = text.strip(' "“”„«»*')
    if len(name) < SHORTEST:
        return []
    columns = ("kind", "subject_name", "subject_slug")
    named = {"subject_name": F("name"), "subject_slug": F("slug")}
    sections = Section.objects.filter(edition=edition, name__istartswith=name).annotate(kind=Value("section"), **named)
    public = Article.objects.public(at).filter(topics=OuterRef("pk"))
    topics = Topic.objects.filter(Exists(public), edition=edition, name__istartswith=name)
    topics = topics.annotate(kind=Value("topic"), **named)
    rows = sections.order_by().values_list(*columns).union(topics.order_by().values_list(*columns))
    found = sorted(rows[: 10 * SHOWN], key=lambda row: (len(row[1]), row))
    return [
        Subject(_("Section"), name, Section(edition_id=edition, slug=slug).get_absolute_url())
        if kind == "section"
        else Subject(_("Topic"), name, Topic(edition_id=edition, slug=slug).get_absolute_url())
        for kind, name, slug in found[:SHOWN]
    ]
