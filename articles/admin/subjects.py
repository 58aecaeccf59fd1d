from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Section, Topic
from newsroom.admin.common import PublicModelAdmin


class _SubjectAdmin(PublicModelAdmin):
    list_filter = ["edition"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ("name",)}

    def facts_of(self, obj: Any) -> list[str]:
        return [f"{obj._meta.model_name}:{obj.pk}", f"edition:{obj.edition_id}"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Its articles stand in that edition, and readers in its address."""
        return ["edition", "slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj:
            kwargs["help_texts"] = {"slug": _("It stays as it is: readers keep old links, and feeds follow them.")}
        return super().get_form(request, obj, change, **kwargs)


@admin.register(Section)
class SectionAdmin(_SubjectAdmin):
    list_display = ["name", "edition", "slug", "position"]
    fields = ["edition", "name", "slug", "description", "position"]


@admin.register(Topic)
class TopicAdmin(_SubjectAdmin):
    list_display = ["name", "edition", "slug"]
    fields = ["edition", "name", "slug", "description"]
