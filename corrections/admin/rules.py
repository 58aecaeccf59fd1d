from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin

from corrections.models import ReadyAnswer, Rules
from newsroom import facts
from newsroom.models import Edition


@admin.register(Rules)
class RulesAdmin(ModelAdmin):
    fields = ["shows_figures", "keep_addresses_days"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one row, so its list is its form."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:corrections_rules_change", args=[Rules.current().pk]))

    def save_model(self, request: HttpRequest, obj: Rules, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        facts.record("outlet", at=timezone.now())

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ReadyAnswer)
class ReadyAnswerAdmin(ModelAdmin):
    list_display = ["label", "edition", "text", "position"]
    list_filter = ["edition"]
    fields = ["edition", "label", "text", "position"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Edition:
            kwargs["queryset"] = Edition.objects.in_use()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
