from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.models import Article, Original, Revision, Source
from newsroom.admin.common import WEB_ADDRESSES, PublicModelAdmin


def _articles_shown_with(**original: Any) -> list[str]:
    """The facts of the articles whose public or scheduled text names such an original."""
    used = Revision.objects.filter(**original).values("pk")
    articles = Article.objects.filter(Q(live__in=used) | Q(next__in=used))
    return [f"article:{pk}" for pk in articles.values_list("pk", flat=True)]


@admin.register(Source)
class SourceAdmin(PublicModelAdmin):
    formfield_overrides = WEB_ADDRESSES
    list_display = ["name", "right_now", "right_ends_date", "may_pass_on"]
    list_filter = ["right", "may_pass_on"]
    search_fields = ["name", "url"]
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = [
        (None, {"fields": ["name", "slug", "url"]}),
        (_("What it lets us do"), {"fields": ["right", "right_note", "right_ends_date", "credit_line", "may_pass_on"]}),
    ]

    @display(
        description=_("Our right"),
        ordering="right",
        label={"unknown": "warning", "refused": "danger", "granted": "success"},
    )
    def right_now(self, source: Source) -> tuple[str, str]:
        return source.right, source.get_right_display()

    def facts_of(self, obj: Any) -> list[str]:
        return _articles_shown_with(original__source=obj.pk)


@admin.register(Original)
class OriginalAdmin(PublicModelAdmin):
    formfield_overrides = WEB_ADDRESSES
    list_display = ["title", "source", "language", "published_date"]
    list_filter = ["language", "source"]
    list_select_related = ["source"]
    search_fields = ["title", "author", "url", "source__name"]
    autocomplete_fields = ["source"]
    fields = ["title", "author", "url", "language", "published_date", "source"]

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).select_related("source")

    def facts_of(self, obj: Any) -> list[str]:
        return _articles_shown_with(original=obj.pk)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What stands under a published text is for those who may publish."""
        if not super().has_change_permission(request, obj):
            return False
        is_free = obj is None or request.user.has_perm("articles.publish_article")
        return is_free or not Revision.objects.filter(original=obj).exists()
