from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from articles.models import Original, Source
from newsroom.admin.common import WEB_ADDRESSES


@admin.register(Source)
class SourceAdmin(ModelAdmin):
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


@admin.register(Original)
class OriginalAdmin(ModelAdmin):
    formfield_overrides = WEB_ADDRESSES
    list_display = ["title", "source", "language", "published_date"]
    list_filter = ["language", "source"]
    list_select_related = ["source"]
    search_fields = ["title", "author", "url", "source__name"]
    autocomplete_fields = ["source"]
    fields = ["title", "author", "url", "language", "published_date", "source"]

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).select_related("source")
