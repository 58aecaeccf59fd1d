from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from articles import actions
from articles.models import Assignment
from newsroom.admin.common import person, staff_or, step


@admin.register(Assignment)
class AssignmentAdmin(ModelAdmin):
    list_display = ["what", "assignee", "edition", "due_date", "state"]
    list_filter = ["status", "edition"]
    search_fields = ["subject", "original__title", "assignee__username", "assignee__last_name"]
    autocomplete_fields = ["original"]
    fields = ["edition", "assignee", "original", "subject", "note", "due_date"]
    actions_detail = ["start", "drop"]
    actions_row = ["start"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Who cannot publish sees what is given to them."""
        found = super().get_queryset(request).select_related("assignee", "original__source", "article", "edition")
        return found if request.user.has_perm("articles.publish_article") else found.filter(assignee=request.user)

    def save_model(self, request: HttpRequest, obj: Assignment, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        given = actions.assign(
            to=obj.assignee,
            edition=obj.edition_id,
            original=obj.original,
            subject=obj.subject,
            note=obj.note,
            due_date=obj.due_date,
            by=person(request),
            at=timezone.now(),
        )
        obj.pk = given.pk
        obj._state.adding = False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A plain list: who gives work need not see accounts otherwise."""
        if db_field.name == "assignee":
            kwargs["queryset"] = staff_or(Q(assignments__isnull=False)).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description=_("what"))
    def what(self, assignment: Assignment) -> str:
        return str(assignment)

    @display(description=_("status"), label={"open": "info", "done": "success", "late": "danger"})
    def state(self, assignment: Assignment) -> tuple[str, str]:
        if assignment.is_late(timezone.localdate()):
            return "late", str(_("late"))
        return assignment.status, assignment.get_status_display()

    def has_give_up_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return request.user.has_perm("articles.publish_article")

    # --- Steps: a GET explains, a POST does ---

    def _given(self, request: HttpRequest, object_id: str) -> Assignment:
        assignment: Assignment | None = self.get_object(request, object_id)
        if assignment is None:
            raise Http404
        return assignment

    def _is_closed(self, request: HttpRequest, refusal: Exception) -> HttpResponse:
        messages.warning(request, str(refusal))
        return redirect("admin:articles_assignment_changelist")

    @action(description=_("Start work…"), url_path="start")
    def start(self, request: HttpRequest, object_id: str) -> HttpResponse:
        assignment = self._given(request, object_id)
        if assignment.article:
            return redirect("admin:articles_article_change", assignment.article.pk)
        if assignment.status != Assignment.Status.OPEN:
            return self._is_closed(request, actions.AlreadyDecided())
        if request.method == "POST":
            try:
                article = actions.start(assignment, by=person(request), at=timezone.now())
            except actions.ArticleError as refusal:
                return self._is_closed(request, refusal)
            return redirect("admin:articles_article_change", article.pk)
        return step(
            request,
            model_admin=self,
            title=_("Start work on “%(what)s”") % {"what": assignment},
            explanation=_("This makes a draft with the original and your name in it."),
            button=_("Start"),
            back=reverse("admin:articles_assignment_changelist"),
            do=lambda form: "",
            refusals=actions.ArticleError,
        )

    @action(description=_("Give up…"), url_path="drop", permissions=["give_up"])
    def drop(self, request: HttpRequest, object_id: str) -> HttpResponse:
        assignment = self._given(request, object_id)
        if assignment.status != Assignment.Status.OPEN:
            return self._is_closed(request, actions.AlreadyDecided())

        def do(form: Any) -> Any:
            actions.drop(assignment, by=person(request), at=timezone.now())
            return _("The assignment is given up. What was written stays a draft.")

        return step(
            request,
            model_admin=self,
            title=_("Give up “%(what)s”") % {"what": assignment},
            explanation=_("Nobody works on it any more; an article that was begun stays a draft."),
            button=_("Give up"),
            back=reverse("admin:articles_assignment_changelist"),
            do=do,
            refusals=actions.ArticleError,
        )
