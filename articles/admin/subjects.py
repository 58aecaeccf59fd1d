from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import actions
from articles.models import Section, Topic
from newsroom.admin.common import PublicModelAdmin

_ADDRESS = _(
    "When it changes, the old address and those of its feeds lead to the new ones. Use the same address in every "
    "edition, and readers can change from one language to the other."
)


class _SubjectForm(forms.ModelForm):  # type: ignore[type-arg]
    def _get_validation_exclusions(self) -> set[str]:
        """Check constraints that speak of the edition too, though the form does not offer it."""
        return super()._get_validation_exclusions() - {"edition"}  # type: ignore[misc]


class _SubjectAdmin(PublicModelAdmin):
    form = _SubjectForm
    list_filter = ["edition"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ("name",)}

    def facts_of(self, obj: Any) -> list[str]:
        return [f"{obj._meta.model_name}:{obj.pk}", f"edition:{obj.edition_id}"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Its articles stand in that edition."""
        return ["edition"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj:
            kwargs["help_texts"] = {"slug": _ADDRESS}
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and "slug" in form.changed_data:
            actions.change_address(obj, slug=obj.slug, at=timezone.now())
        super().save_model(request, obj, form, change)


@admin.register(Section)
class SectionAdmin(_SubjectAdmin):
    list_display = ["name", "edition", "slug", "position"]
    fields = ["edition", "name", "slug", "description", "position"]


@admin.register(Topic)
class TopicAdmin(_SubjectAdmin):
    list_display = ["name", "edition", "slug"]
    fields = ["edition", "name", "slug", "description"]
