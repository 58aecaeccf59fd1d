"""All that an article's page shows: what surrounds it by one query, and the context of its template."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from articles import rendering, structured
from articles.excerpts import extract
from articles.models import Article, RelatedArticle, Revision, Topic
from articles.sharing import share_links
from newsroom.editions import absolute
from newsroom.models import Edition, ReuseTerms

RELATED = 4  # articles under an article
SOCIAL = 200  # characters beside a link on social networks: they show no more
LOOKED_THROUGH = 1_000  # of the newest articles, for such that share topics


def with_surroundings(articles: QuerySet[Article], at: datetime) -> QuerySet[Article]:
    """Articles with revisions, original, topics, other editions, notices and related articles in the same query.

    The surroundings arrive as lists of dictionaries: `topic_rows`, `family_rows`, `notice_rows`, `chosen_rows`,
    `sharing_rows`;
    `own_rule` is the sentence of the article's own reuse policy, where it has one.
    """
    mine = OuterRef("pk")
    topics = Topic.objects.filter(articles=mine).order_by("name").values(row=JSONObject(name="name", slug="slug"))
    family = (
        Article.objects.public(at)
        .filter(family=OuterRef("family"))
        .exclude(pk=mine)
        .order_by("edition__position")
        .values(row=JSONObject(edition="edition_id", language="edition__language_name", slug="slug"))
    )
    notices = (
        Revision.objects.filter(article=mine, goes_live_at__lte=at)
        .exclude(notice="")
        .order_by("number")
        .values(
            row=JSONObject(
                kind="kind_of_change", notice="notice", place="notice_place", at="goes_live_at", number="number"
            )
        )
    )
    own_rule = ReuseTerms.objects.filter(policy=OuterRef("reuse_policy"), edition=OuterRef("edition"))
    return articles.select_related("live", "next", "section", "reuse_policy").annotate(
        topic_rows=ArraySubquery(topics),
        family_rows=ArraySubquery(family),
        notice_rows=ArraySubquery(notices),
        chosen_rows=ArraySubquery(chosen(at)),
        sharing_rows=ArraySubquery(sharing_topics(at)),
        own_rule=Subquery(own_rule.values("rule")[:1]),
    )


def chosen(at: datetime) -> QuerySet[RelatedArticle, Any]:
    """What editors put under the article of the outer query, in their order."""
    rows = RelatedArticle.objects.filter(
        article=OuterRef("pk"), related__published_at__lte=at, related__taken_down_at__isnull=True
    )
    return rows.order_by("position", "pk").values(row=_link("related__", at))[:RELATED]


def sharing_topics(at: datetime) -> QuerySet[Article, Any]:
    """What shares most topics with the article of the outer query, the newest first among equals.

    Never the same text in another language, since that stands above the article already. Only the newest articles are
    looked through, so that an archive of any size costs the same.
    """
    newest = Article.objects.public(at).filter(edition=OuterRef(OuterRef("edition"))).newest_first()
    return (
        Article.objects.filter(pk__in=newest.values("pk")[:LOOKED_THROUGH], topics__articles=OuterRef("pk"))
        .exclude(family=OuterRef("family"))
        .annotate(shared=Count("topics"))
        .order_by("-shared", "-published_at")
        .values(row=_link("", at))[: RELATED * 2]  # some may be among the chosen
    )


def _link(path: str, at: datetime) -> JSONObject:
    is_due = {f"{path}next__goes_live_at__lte": at}
    title = Case(When(**is_due, then=F(f"{path}next__title")), default=F(f"{path}live__title"))
    return JSONObject(
        id=f"{path}pk", edition=f"{path}edition_id", title=title, slug=f"{path}slug", published_at=f"{path}published_at"
    )


def related(article: Any) -> list[dict[str, Any]]:
    """The articles under `article`, which comes from `with_surroundings`: chosen ones first, each once."""
    rows = {row["id"]: row for row in (*article.chosen_rows, *article.sharing_rows)}
    return [row | {"published_at": parse_datetime(row["published_at"])} for row in list(rows.values())[:RELATED]]


def page_of(edition: Edition, article: Any, revision: Revision, *, is_preview: bool = False) -> dict[str, Any]:
    """The context of `articles/article.html`; the admin's preview shows the working copy by the same.

    `article` comes from `with_surroundings`.
    """
    address = absolute(article.get_absolute_url()) if article.slug else ""
    headline = _("Retracted: %(title)s") % {"title": revision.title} if article.retracted_at else revision.title
    limit = article.reuse_policy.limit if article.reuse_policy else edition.policy["limit"]
    notices = [row | {"at": parse_datetime(row["at"]), "label": _label(row["kind"])} for row in article.notice_rows]
    return {
        "edition": edition,
        "article": article,
        "revision": revision,
        "headline": headline,
        "body": rendering.render(revision.body, revision.pictures),
        "lead": revision.lead,
        "original": _original(revision),
        "address": address,
        "share_links": share_links(address, revision.title),
        "notices_on_top": [notice for notice in notices if notice["place"] == "top"],
        "notices_at_foot": [notice for notice in notices if notice["place"] == "foot"],
        "related": related(article),
        "is_changed": bool(article.published_at and revision.modified_at > article.published_at),
        "is_preview": is_preview,
        "social_description": extract(revision.standfirst, min(SOCIAL, limit)),
        "social_card": None if is_preview else structured.social_card(revision, headline),
        "structured": [] if is_preview else structured.blocks(edition, article, revision, headline),
        "counterparts": [
            {
                "code": row["edition"],
                "language": row["language"],
                "url": reverse("site:article", args=[row["slug"]], current_app=row["edition"]),
            }
            for row in article.family_rows
        ],
    }


def _original(revision: Revision) -> dict[str, Any] | None:
    shown = revision.original_as_shown
    return shown and shown | {"published_date": parse_date(shown["published_date"] or "")}


def _label(kind: str) -> str:
    return str(Revision.KindOfChange(kind).label)
