"""The list of articles in the admin: what a line shows, and what it is searched and narrowed by."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, checkbox
from unfold.decorators import display
from unfold.views import ChangeList

from articles.models import Article
from articles.search.admin import narrowed
from articles.search.form import too_long
from newsroom.html import plain


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("draft", _("draft")),
            ("in_review", _("in review")),
            ("scheduled", _("scheduled")),
            ("public", _("public")),
            ("retracted", _("retracted")),
            ("taken_down", _("taken down")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        at = timezone.now()
        phrases = {
            "draft": lambda: queryset.drafts(),
            "in_review": lambda: queryset.in_review(),
            "scheduled": lambda: queryset.scheduled(at),
            "public": lambda: queryset.public(at),
            "retracted": lambda: queryset.retracted(),
            "taken_down": lambda: queryset.taken_down(),
        }
        return phrases[self.value()]() if self.value() in phrases else queryset  # type: ignore[index]


class ArticleList(ChangeList):
    """A line of each article needs neither its texts nor its revisions, whose joins take longer to plan than to make."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._query_strings: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        """Written once: the library asks for those of all headings again at each line."""
        asked = repr((new_params, remove))
        if asked not in self._query_strings:
            self._query_strings[asked] = super().get_query_string(new_params, remove)
        return self._query_strings[asked]

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        found = super().get_queryset(request, exclude_parameters).select_related(None).defer(None)
        return found.select_related("edition", "section", "edited_by").defer("standfirst", "body")


_NUMBER = "of-this-article"


@cache
def _checkbox(language: str) -> str:
    """The box that chooses a line, drawn once in a language: by a template for each they take ten milliseconds a page."""
    return str(checkbox.render(ACTION_CHECKBOX_NAME, _NUMBER))


class ArticleListAdmin(ModelAdmin):
    list_display = ["shown_title", "edition", "section", "state", "edited_at", "last_editor"]
    list_filter = [StateFilter, "edition", "section"]
    search_fields = ["title"]  # the admin then offers its box; what is found is up to `get_search_results`
    list_per_page = 20  # the library takes a millisecond for each row
    show_full_result_count = False
    date_hierarchy = None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if refusal := too_long(plain(request.GET.get("q", ""))):
            messages.error(request, refusal)
        return super().changelist_view(request, extra_context)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By any form of the words, of what is public and of what is not yet."""
        term = plain(search_term)
        return (narrowed(queryset, term) if term else queryset), False

    @display(description=ModelAdmin.action_checkbox.short_description)
    def action_checkbox(self, article: Article) -> str:
        return mark_safe(_checkbox(get_language()).replace(_NUMBER, str(article.pk)))  # noqa: S308  # a number

    @display(description=_("title"), ordering="title")
    def shown_title(self, article: Article) -> str:
        return str(article)

    @display(
        description=_("state"),
        label={
            "draft": "default", "in_review": "info", "scheduled": "warning",
            "public": "success", "retracted": "danger", "taken_down": "danger",
        },
    )  # fmt: skip
    def state(self, article: Article) -> tuple[str, Any]:
        state = article.state(timezone.now())
        return state.value, state.label

    @display(description=_("edited by"), ordering="edited_by")
    def last_editor(self, article: Article) -> Any:
        return article.edited_by
