"""The step that removes words from the history of an article: looked at first, then done, and never undone."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from articles import actions as of_articles
from articles.excerpts import folded
from articles.models import Article
from corrections import actions
from corrections.models import Redaction
from newsroom.admin.common import person


class RedactionForm(forms.Form):
    """The words that are to go from the past, and what readers are told of it."""

    words = forms.CharField(
        label=gettext_lazy("Words that are to go"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy(
            "As they stand in the past versions, in capitals or not. Each form of a name is removed on its own. They are "
            "not kept."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason told to readers"),
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy(
            "Such as: “The name of a person was removed for their protection.” It stands in the history."
        ),
    )
    #: The seal of what somebody has seen: these words, this reason, this number of places.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        words = folded(self.cleaned_data["words"])
        if not any(sign.isalnum() for sign in words):  # each full stop, for one, would go
            raise forms.ValidationError(_("Type the words that are to go."))
        return words


@admin.register(Redaction)
class RedactionAdmin(ModelAdmin):
    list_display = ["article", "reason", "places", "made_at", "made_by"]
    list_select_related = ["article", "made_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # from the article it is begun

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        redact = self.admin_site.admin_view(self.redact)
        return [path("of/<int:pk>/", redact, name="corrections_redaction_of_article"), *super().get_urls()]

    def redact(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the words, show how many places they stand in, and remove them once somebody has seen that."""
        if not request.user.has_perm("corrections.add_redaction"):
            raise PermissionDenied
        article = get_object_or_404(Article.objects.editable_by(person(request)), pk=pk)
        form = RedactionForm(request.POST or None)
        places, seal = None, ""
        if form.is_valid():
            try:
                places = _places(article, form)
                seal = _seal(article, form, places)
                if constant_time_compare(seal, form.cleaned_data["seen"]):
                    return self._done(request, article, form)
            except (actions.CorrectionError, of_articles.ArticleError) as refusal:
                form.add_error(None, str(refusal))
        return self._page(request, article, form, places, seal)

    def _done(self, request: HttpRequest, article: Article, form: RedactionForm) -> HttpResponse:
        answers = form.cleaned_data
        made = actions.redact(
            article, words=answers["words"], reason=answers["reason"], by=person(request), at=timezone.now()
        )
        messages.success(
            request,
            ngettext("Removed in %(places)s place, for good.", "Removed in %(places)s places, for good.", made.places)
            % {"places": made.places},
        )
        return HttpResponseRedirect(reverse("admin:articles_article_versions", args=[article.pk]))

    def _page(
        self, request: HttpRequest, article: Article, form: RedactionForm, places: int | None, seal: str
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Remove words from the history of “%(title)s”") % {"title": article},
            "form": form,
            "places": places,
            "seal": seal,
            "back": reverse("admin:articles_article_versions", args=[article.pk]),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/corrections/redact.html", context, status=status)


def _places(article: Article, form: RedactionForm) -> int:
    answers = form.cleaned_data
    return actions.places_to_redact(article, words=answers["words"], reason=answers["reason"], at=timezone.now())


def _seal(article: Article, form: RedactionForm, places: int) -> str:
    answers = form.cleaned_data
    return Signer(salt="redaction").signature(json.dumps([article.pk, answers["words"], answers["reason"], places]))
