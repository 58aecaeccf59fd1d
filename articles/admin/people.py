from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy
from unfold.admin import TabularInline
from unfold.decorators import display

from articles.models import Contributor, ContributorName
from newsroom.admin.common import PublicModelAdmin


class _PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """With the words for a person: other languages have others for the name of a thing."""

    class Meta:
        labels = {"name": pgettext_lazy("a person", "Name"), "bio": pgettext_lazy("a person", "About")}


class ContributorNameInline(TabularInline):
    model = ContributorName
    form = _PersonForm
    extra = 0
    fields = ["edition", "name", "bio"]


@admin.register(Contributor)
class ContributorAdmin(PublicModelAdmin):
    form = _PersonForm
    list_display = ["shown_name", "slug"]
    search_fields = ["name", "slug", "names__name"]
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ["account"]
    inlines = [ContributorNameInline]
    fields = ["name", "slug", "bio", "account"]

    @display(description=pgettext_lazy("a person", "Name"), ordering="sort_key")
    def shown_name(self, contributor: Contributor) -> str:
        return contributor.name

    def facts_of(self, obj: Any) -> list[str]:
        return [f"person:{obj.pk}"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address stays: it stands in every version that credits this person."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields
