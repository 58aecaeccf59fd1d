from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from unfold.admin import TabularInline
from unfold.decorators import display

from articles import actions
from articles.models import Contributor, ContributorName, Revision
from newsroom.admin.common import PublicModelAdmin, staff_or


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
    inlines = [ContributorNameInline]
    fields = ["name", "slug", "bio", "account"]

    @display(description=pgettext_lazy("a person", "Name"), ordering="sort_key")
    def shown_name(self, contributor: Contributor) -> str:
        return contributor.name

    def facts_of(self, obj: Any) -> list[str]:
        return [f"person:{obj.pk}"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and ("name" in form.changed_data or any(formset.has_changed() for formset in formsets)):
            person = form.instance
            names = dict(person.names.values_list("edition", "name"))
            actions.rename_contributor(person, name=person.name, names=names, at=timezone.now())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address stays: it stands in every version that credits this person."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whom a version credits stays: readers follow the name to a page."""
        return super().has_delete_permission(request, obj) and (
            obj is None or not Revision.objects.crediting(obj).exists()
        )

    # --- Who stands behind a name: for those alone who see accounts ---

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in self.fields if name != "account" or _may_see_accounts(request)]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nor may the list be asked for the name of an account by its address."""
        if lookup.split("__")[0] == "account" and not _may_see_accounts(request):
            return False
        return super().lookup_allowed(lookup, value, request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "account":
            kwargs["queryset"] = staff_or(Q(contributor__isnull=False))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _may_see_accounts(request: HttpRequest) -> bool:
    return request.user.has_perm("newsroom.view_user")
