"""The button with which an editor says that a correction of another edition was seen to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from corrections import actions
from corrections.models import FollowUp
from newsroom.admin.common import person


@admin.register(FollowUp)
class FollowUpAdmin(ModelAdmin):
    """There is no list of them: they stand on the editors' first page, and in the form of the article."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        see_to = self.admin_site.admin_view(self.see_to)
        return [path("<int:pk>/see-to/", see_to, name="corrections_followup_see_to"), *super().get_urls()]

    def see_to(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Whoever may edit the article may say so."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        found: Any = get_object_or_404(FollowUp.objects.for_editor(person(request)), pk=pk)
        actions.see_to(found, by=person(request), at=timezone.now())
        messages.success(request, _("Noted: it was seen to."))
        is_from_article = request.POST.get("back") == "article"
        article = reverse("admin:articles_article_change", args=[found.article_id])
        return HttpResponseRedirect(article if is_from_article else reverse("admin:index"))
