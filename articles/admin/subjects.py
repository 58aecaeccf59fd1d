from __future__ import annotations

from typing import Any

from django.contrib import admin

from articles.models import Section, Topic
from newsroom.admin.common import PublicModelAdmin


class _SubjectAdmin(PublicModelAdmin):
    list_filter = ["edition"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ("name",)}

    def facts_of(self, obj: Any) -> list[str]:
        return [f"{obj._meta.model_name}:{obj.pk}", f"edition:{obj.edition_id}"]


@admin.register(Section)
class SectionAdmin(_SubjectAdmin):
    list_display = ["name", "edition", "slug", "position"]
    fields = ["edition", "name", "slug", "description", "position"]


@admin.register(Topic)
class TopicAdmin(_SubjectAdmin):
    list_display = ["name", "edition", "slug"]
    fields = ["edition", "name", "slug", "description"]
