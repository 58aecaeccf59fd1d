from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import TabularInline

from articles.models import Contributor, ContributorName
from newsroom.admin.common import PublicModelAdmin


class ContributorNameInline(TabularInline):
    model = ContributorName
    extra = 0
    fields = ["edition", "name", "bio"]


@admin.register(Contributor)
class ContributorAdmin(PublicModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug", "names__name"]
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ["account"]
    inlines = [ContributorNameInline]
    fields = ["name", "slug", "bio", "account"]

    def facts_of(self, obj: Any) -> list[str]:
        return [f"person:{obj.pk}"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address stays: it stands in every version that credits this person."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields
