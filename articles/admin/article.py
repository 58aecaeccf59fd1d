from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.views import ChangeList
from unfold.widgets import UnfoldAdminSelect2MultipleWidget, UnfoldAdminTextareaWidget

from articles import actions, differences
from articles.admin import buttons, steps
from articles.admin.lead_picture import LeadPictureWidget
from articles.models import Article, Credit, FormerSlug, Picture, RelatedArticle, Section, Topic
from articles.search.admin import narrowed
from articles.search.form import too_long
from newsroom.admin.common import person, with_nonce
from newsroom.editor import ArticleBodyField
from newsroom.html import plain
from newsroom.html.pictures import FOCUS
from newsroom.models import Edition

#: What an article is takes effect as it is saved; what it says waits for publication.
AT_ONCE = _("On a public article this takes effect as soon as it is saved.")


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    """The working copy. Nothing is demanded here: a draft may lack anything."""

    body = ArticleBodyField(label=_("Text"), required=False)
    lead_picture = forms.ModelChoiceField(
        Picture.objects.all(),
        to_field_name="key",
        label=_("Lead picture"),
        required=False,
        widget=LeadPictureWidget,
        error_messages={"invalid_choice": _("This picture is not in the library. Choose another one, or none.")},
    )
    lead_focus = forms.RegexField(rf"({FOCUS.pattern})?", required=False, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    theirs: Article | None = None  # what somebody else saved meanwhile
    theirs_compared: differences.Comparison

    class Meta:
        model = Article
        fields = [
            *["title", "standfirst", "body", "lead_picture", "lead_alt", "lead_caption", "lead_focus", "original"],
            *["section", "topics", "slug", "kind", "reuse_policy"],
        ]
        widgets = {
            "standfirst": UnfoldAdminTextareaWidget(attrs={"rows": 3}),
            "lead_alt": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "lead_caption": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        }

    edition = ""  # of a new article
    demands_version = True  # a preview saves nothing

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article = self.instance
        if not article.pk:
            article.edition_id = self.edition
        self.initial["seen_version"] = article.version
        self.initial["form_key"] = article.key if article.pk else uuid.uuid4()
        if "body" in self.fields:
            self.fields["body"].language = article.edition_id  # type: ignore[attr-defined]
        if "lead_picture" in self.fields:
            self.fields["lead_picture"].widget.language = article.edition_id
        if "section" in self.fields:
            mine = {"edition": article.edition_id}
            self.fields["section"].queryset = Section.objects.filter(**mine)  # type: ignore[attr-defined]
            self.fields["section"].label_from_instance = lambda section: section.name  # type: ignore[attr-defined]
            self.fields["topics"].queryset = Topic.objects.filter(**mine)  # type: ignore[attr-defined]
            self.fields["topics"].label_from_instance = lambda topic: topic.name  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        """Check constraints that speak of the edition too, though the form does not offer it."""
        return super()._get_validation_exclusions() - {"edition"}  # type: ignore[misc]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        taken = Article.objects.in_edition(self.instance.edition_id).exclude(pk=self.instance.pk)
        if slug and taken.filter(slug=slug).exists():
            raise forms.ValidationError(_("This edition already has an article at this address."))
        if slug and (former := FormerSlug.objects.of_another(self.instance, slug)):
            raise forms.ValidationError(str(actions.AddressTaken(slug, former.article)))
        if not slug and self.instance.published_at:
            return str(self.initial["slug"])
        return slug

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.instance.pk:
            return answers
        saved = Article.objects.select_related("edited_by").get(pk=self.instance.pk)
        if self.demands_version and answers.get("seen_version") != saved.version:
            self.theirs = saved
            words = ("title", "standfirst", "body", "lead_alt", "lead_caption", "lead_focus")
            mine = Article(
                **{name: answers.get(name) or "" for name in words}, lead_picture=answers.get("lead_picture")
            )
            self.theirs_compared = differences.between(saved, mine)
            data = cast(QueryDict, self.data).copy()
            data["seen_version"] = str(saved.version)  # the next save is made knowing theirs
            self.data = data
            self.add_error(None, str(actions.EditedMeanwhile(saved)))
        return answers


class CreditInline(TabularInline):
    model = Credit
    extra = 0
    fields = ["contributor", "role", "place", "position"]
    autocomplete_fields = ["contributor"]
    ordering_field = "position"
    hide_ordering_field = True

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1  # a new article has nobody yet


class RelatedInline(TabularInline):
    model = RelatedArticle
    fk_name = "article"
    extra = 0
    fields = ["related", "position"]
    autocomplete_fields = ["related"]
    ordering_field = "position"
    hide_ordering_field = True
    verbose_name_plural = _("Related articles (if none, those that share its topics are shown)")


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

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        found = super().get_queryset(request, exclude_parameters).select_related(None).defer(None)
        return found.select_related("edition", "section", "edited_by").defer("standfirst", "body")


@admin.register(Article)
class ArticleAdmin(ModelAdmin):
    form = ArticleForm
    inlines = [CreditInline, RelatedInline]
    list_display = ["shown_title", "edition", "section", "state", "edited_at", "last_editor"]
    list_filter = [StateFilter, "edition", "section"]
    search_fields = ["title"]  # the admin then offers its box; what is found is up to `get_search_results`
    list_per_page = 20  # the library takes a millisecond for each row
    show_full_result_count = False
    autocomplete_fields = ["original"]
    date_hierarchy = None
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

    # --- The list ---

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
