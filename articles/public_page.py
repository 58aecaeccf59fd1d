"""All that an article's page shows, by one query."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from articles.models import Article, RelatedArticle, Revision, Topic
from newsroom.models import ReuseTerms

RELATED = 4  # articles under an article


def with_surroundings(articles: QuerySet[Article], at: datetime) -> QuerySet[Article]:
    """Articles with revisions, original, topics, other editions, notices and related articles in the same query.

    The surroundings arrive as lists of dictionaries: `topic_rows`, `family_rows`, `notice_rows`, `related_rows`;
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
    return articles.select_related(
        "live__original__source", "next__original__source", "section", "reuse_policy"
    ).annotate(
        topic_rows=ArraySubquery(topics),
        family_rows=ArraySubquery(family),
        notice_rows=ArraySubquery(notices),
        related_rows=ArraySubquery(related(at)),
        own_rule=Subquery(own_rule.values("rule")[:1]),
    )


def related(at: datetime) -> QuerySet[Article, Any]:
    """For the article of the outer query: what editors chose for it, then what shares most topics with it.

    Never the same text in another language, since that stands above the article already.
    """
    chosen = RelatedArticle.objects.filter(article=OuterRef(OuterRef("pk")), related=OuterRef("pk"))
    shared = Topic.objects.filter(articles=OuterRef(OuterRef("pk"))).filter(articles=OuterRef("pk")).order_by()
    count = shared.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return (
        Article.objects.public(at)
        .filter(edition=OuterRef("edition"))
        .exclude(family=OuterRef("family"))
        .annotate(
            chosen=Coalesce(chosen.values("position")[:1], Value(None), output_field=IntegerField()),
            shared=Coalesce(count[:1], Value(0), output_field=IntegerField()),
            current_title=Case(When(next__goes_live_at__lte=at, then=F("next__title")), default=F("live__title")),
        )
        .filter(Q(chosen__isnull=False) | Q(shared__gt=0))
        .order_by(F("chosen").asc(nulls_last=True), "-shared", "-published_at")
        .values(row=JSONObject(title="current_title", slug="slug", published_at="published_at"))[:RELATED]
    )
