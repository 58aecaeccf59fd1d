from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from articles import actions
from articles.admin import buttons, steps
from articles.admin.article_form import ArticleForm, CreditInline, RelatedInline
from articles.admin.article_list import ArticleListAdmin
from articles.models import Article
from newsroom.admin.common import person, with_nonce
from newsroom.models import Edition

#: What an article is takes effect as it is saved; what it says waits for publication.
AT_ONCE = _("On a public article this takes effect as soon as it is saved.")


@admin.register(Article)
class ArticleAdmin(ArticleListAdmin):
    form = ArticleForm
    inlines = [CreditInline, RelatedInline]
    autocomplete_fields = ["original"]
    warn_unsaved_form = True
    compressed_fields = False
    change_form_template = "admin/articles/article/change_form.html"
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body", "seen_version", "form_key"]}),
        (_("Lead picture"), {"fields": ["lead_picture", "lead_alt", "lead_caption", "lead_focus"]}),
        (_("Original"), {"fields": ["kind", "original"]}),
        (_("Section and topics"), {"fields": ["section", "topics"], "description": AT_ONCE}),
        (
            _("Address and reuse"),
            {"fields": ["slug", "reuse_policy"], "classes": ["collapse"], "description": AT_ONCE},
        ),
    ]

    # --- Who may do what ---

    def get_queryset(self, request: HttpRequest) -> Any:
        found = Article.objects.editable_by(request.user)
        return found.select_related("edition", "section", "live", "next", "edited_by", "original__source").defer(
            "live__body", "live__text", "next__body", "next__text"
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """What takes effect at once on a public article is for those who may publish."""
        if obj is None or not obj.published_at or request.user.has_perm("articles.publish_article"):
            return []
        return ["kind", "section", "topics", "slug", "reuse_policy"]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What readers have seen is retracted or taken down, never deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.published_at)

    # --- The form ---

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "original" and request.user.has_perm("articles.add_original"):
            # The library hides this in a menu, but nearly every article begins with it.
            field.help_text = format_html(
                '<a class="related-widget-wrapper-link add-related nr-link" id="add_id_original" data-popup="yes" '
                'href="{}?_to_field=id&amp;_popup=1">{}</a>',
                reverse("admin:articles_original_add"),
                _("Name a new original…"),
            )
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Topics by typing their first letters; the library would show its plain list box."""
        kwargs["widget"] = UnfoldAdminSelect2MultipleWidget
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field:
            field.widget.attrs["class"] = "unfold-admin-autocomplete"
            field.help_text = ""
        return field

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """An article belongs to an edition from its first word; with more than one, ask which."""
        editions = list(Edition.objects.in_use())
        asked = request.GET.get("edition", editions[0].pk if len(editions) == 1 else "")
        edition = next((edition for edition in editions if edition.pk == asked), None)
        if not edition:
            context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("New article")}
            return TemplateResponse(
                request, "admin/articles/article/choose_edition.html", {**context, "editions": editions}
            )
        if sent_twice := self._begun_by_this_form(request):
            messages.info(request, _("This article was saved already; here it is."))
            return redirect("admin:articles_article_change", sent_twice.pk)
        title = format_lazy("{} · {}", _("New article"), edition.language_name)
        return super().add_view(request, form_url, {"edition": edition, "title": title, **(extra_context or {})})

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            form = type("NewArticleForm", (form,), {"edition": request.GET.get("edition") or _only_edition()})
        return form

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().render_change_form(request, with_nonce(request, context), *args, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST" and "_preview" in request.POST and (shown := self._preview(request, object_id)):
            return shown
        article = self.get_object(request, object_id) if object_id else None
        context = {**(extra_context or {}), **buttons.buttons(request, article)}
        try:
            response = super().changeform_view(request, object_id, form_url, context)
        except (actions.EditedMeanwhile, actions.AddressTaken, actions.PictureMissing, IntegrityError):
            # Somebody saved between our look and our lock. The same once more finds it out in the form.
            if not object_id and self._begun_by_this_form(request):
                return self.add_view(request, form_url, extra_context)
            response = super().changeform_view(request, object_id, form_url, context)
        return self._press(request, response)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        answers = form.cleaned_data
        if not change:
            obj.key = answers["form_key"] or obj.key
        seen = answers["seen_version"] if change else None
        actions.save_draft(obj, by=person(request), at=timezone.now(), seen_version=seen, topics=answers.get("topics"))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        return self._after_saving(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._after_saving(request, obj)

    def _after_saving(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Go where the pressed button leads; an act waits until what was typed is committed (`_press`)."""
        for name in steps.PAGES:
            if f"_{name}" in request.POST:
                return HttpResponseRedirect(reverse(f"admin:articles_article_{name}", args=[article.pk]))
        if any(f"_{name}" in request.POST for name in buttons.PRESSES):
            request.saved_article = article  # type: ignore[attr-defined]
        elif article.published_at:
            messages.success(request, _("Saved. The words wait until the changes are published."))
        else:
            messages.success(request, _("Saved. Readers see nothing of it before it is published."))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _press(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Do what the pressed button says, now that the form is saved whatever becomes of it."""
        article: Article | None = getattr(request, "saved_article", None)
        for name, press in buttons.PRESSES.items():
            if article and f"_{name}" in request.POST and name in buttons.allowed(request, article):
                try:
                    messages.success(request, press(article, request))
                except actions.CannotPublish:
                    messages.warning(
                        request, _("Your text is saved. It cannot be published yet: see below what it needs.")
                    )
                except actions.ArticleError as refusal:
                    messages.warning(request, f"{_('Your text is saved.')} {refusal}")
        return response

    def _preview(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """The page as the form stands, unsaved; None if the form is wrong, which its own page then tells."""
        article = (
            self.get_object(request, object_id) if object_id else Article(edition_id=request.GET.get("edition", ""))
        )
        may = self.has_change_permission(request, article) if object_id else self.has_add_permission(request)
        if article is None or not may:
            raise PermissionDenied
        form = self.get_form(request, article if object_id else None)(request.POST, instance=article)
        form.demands_version = False
        if not form.is_valid():
            return None
        formsets, _inlines = self._create_formsets(request, article, change=bool(object_id))
        rows = [
            one.instance
            for one in formsets[0].forms
            if (one.has_changed() or one.instance.pk) and one.is_valid() and not one.cleaned_data.get("DELETE")
        ]
        shown = actions.credits_as_shown(article, sorted(rows, key=lambda row: row.position))
        return steps.preview(request, article, shown, form.cleaned_data.get("topics", []))

    def _begun_by_this_form(self, request: HttpRequest) -> Article | None:
        return self.get_queryset(request).with_key(request.POST.get("form_key", "")).first()

    # --- Pages of one article ---

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(steps.page(self, view)),
                name=f"articles_article_{name}",
            )
            for name, view in steps.PAGES.items()
        ]
        return own + super().get_urls()

    def view_on_site(self, obj: Article) -> str | None:
        return obj.get_absolute_url() if obj.is_public(timezone.now()) else None


def _only_edition() -> str:
    return Edition.objects.in_use().values_list("pk", flat=True)[0]
