from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import CharField
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from articles import actions
from articles.admin import picture_dialog
from articles.models import Article, Picture, PictureText
from articles.pictures import preview_url, thumbnail_url, uses
from newsroom.admin.common import WEB_ADDRESSES, person
from newsroom.html import plain
from newsroom.uploads import BoundedUpload

_MOST_NAMED = 10  # articles in a message
_LANGUAGES = {code: name for code, name in settings.LANGUAGES if code in settings.EDITIONS}


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]
    """A picture with its words in each edition."""

    class Meta:
        model = Picture
        fields = ["title", "credit", "focus_x", "focus_y"]  # the rest by PictureAdmin.fieldsets
        widgets = {"right_note": UnfoldAdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in self.instance.texts.all() if self.instance.pk else []:
            self.initial[f"alt_{text.edition_id}"] = text.alt
            self.initial[f"caption_{text.edition_id}"] = text.caption

    def clean_title(self) -> str:
        return plain(self.cleaned_data["title"])

    def clean_credit(self) -> str:
        return plain(self.cleaned_data["credit"])

    def words(self) -> dict[str, tuple[str, str]]:
        answers = self.cleaned_data
        return {code: (answers[f"alt_{code}"], answers[f"caption_{code}"]) for code in _LANGUAGES}


def _with_words_by_edition() -> type[PictureForm]:
    """The form with the fields `alt_en`, `caption_en` and so on."""
    fields: dict[str, Any] = {}
    for code in _LANGUAGES:
        for name in ("alt", "caption"):
            column = cast("CharField[str, str]", PictureText._meta.get_field(name))
            fields[f"{name}_{code}"] = column.formfield(
                widget=UnfoldAdminTextareaWidget(attrs={"rows": 2, "lang": code})
            )
    return type("PictureFormWithWords", (PictureForm,), fields)


def _still_as_before(articles: list[Article], *, may_publish: bool) -> str:
    """That public pages stay as they were published, with the articles that are to be published again."""
    links = format_html_join(
        ", ",
        '<a href="{}" lang="{}">{}</a>',
        [
            (
                reverse("admin:articles_article_change", args=[one.pk]) if may_publish else one.get_absolute_url(),
                one.edition_id,
                one,
            )
            for one in articles[:_MOST_NAMED]
        ],
    )
    sentence = ngettext(
        "The public page of %(n)s article shows it as before, until the changes to the article are published:",
        "The public pages of %(n)s articles show it as before, until the changes to each article are published:",
        len(articles),
    ) % {"n": len(articles)}
    return format_html("{} {}{}", sentence, links, " …" if len(articles) > _MOST_NAMED else ".")


class _YesNoFilter(admin.SimpleListFilter):
    words: Any = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", self.words)]


class CreditFilter(_YesNoFilter):
    title = pgettext_lazy("of a picture", "credit")
    parameter_name = "no_credit"
    words = _("without a credit")

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.without_credit() if self.value() else queryset


class UseFilter(_YesNoFilter):
    title = _("use")
    parameter_name = "unused"
    words = _("never used")

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.unused() if self.value() else queryset


@admin.register(Picture)
class PictureAdmin(ModelAdmin):
    form = _with_words_by_edition()
    formfield_overrides = WEB_ADDRESSES
    list_display = ["title"]
    list_filter = ["status", CreditFilter, UseFilter, "right"]
    search_fields = ["title"]  # Picture.objects.matching looks through more
    search_help_text = _("Name, credit, description, caption")
    list_per_page = 48
    actions = None
    warn_unsaved_form = True
    change_list_template = "admin/articles/picture/change_list.html"
    change_form_template = "admin/articles/picture/change_form.html"
    fieldsets = [
        (None, {"fields": ["title", "credit"]}),
        *((language, {"fields": [f"alt_{code}", f"caption_{code}"]}) for code, language in _LANGUAGES.items()),
        (_("Focal point"), {"fields": [("focus_x", "focus_y")]}),
        (
            _("What we may do with it"),
            {"fields": ["right", "right_note", "right_ends_date", "source_url", "may_pass_on"]},
        ),
    ]

    class Media:
        js = ["js/pictures.js"]

    # --- The library ---

    def get_queryset(self, request: HttpRequest) -> Any:
        return Picture.objects.with_use_count()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return queryset.matching(search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"thumbnail_url": thumbnail_url, "may_add": self.has_add_permission(request)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Take files, several at once; each that is refused is named with its sentence, the others are kept."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        added, refused = self._take(request) if request.method == "POST" else ([], [])
        if added:
            words = ngettext("%(n)s picture was added.", "%(n)s pictures were added.", len(added)) % {"n": len(added)}
            messages.success(request, f"{words} {gettext('They are being prepared.')}")
            for sentence in refused:
                messages.error(request, sentence)
            if len(added) == 1:
                return redirect("admin:articles_picture_change", added[0].pk)
            return redirect("admin:articles_picture_changelist")
        if request.method == "POST" and not refused:
            refused = [gettext("No file came with it. Choose one.")]
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("New pictures")}
        return TemplateResponse(
            request,
            "admin/articles/picture/add.html",
            {**context, "refused": refused, "media": self.media},
            status=422 if refused else 200,
        )

    def _take(self, request: HttpRequest) -> tuple[list[Picture], list[str]]:
        added, refused = [], []
        for file in request.FILES.getlist("file"):
            assert isinstance(file, BoundedUpload)  # noqa: S101  (FILE_UPLOAD_HANDLERS makes no others)
            try:
                added.append(actions.add_picture(file, by=person(request), at=timezone.now()))
            except actions.PictureRefused as refusal:
                refused.append(f"{file.name}: {refusal}")
        return added, refused

    # --- One picture ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        picture = self.get_object(request, object_id)
        if picture:
            articles = Article.objects.filter(picture_uses__picture=picture).select_related("edition").distinct()
            context = {"picture": picture, "preview": preview_url(picture), "articles": articles}
            context["show_save_and_add_another"] = False  # pictures are added by files, not by this form
            extra_context = {**context, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Picture, form: PictureForm, change: bool) -> None:
        actions.describe_picture(obj, words=form.words())
        if waiting := uses.public_with_other_words(obj, timezone.now()):
            may_publish = request.user.has_perm("articles.publish_article")
            messages.warning(request, _still_as_before(waiting, may_publish=may_publish))
        if obj.use_count and any(name.startswith(("alt_", "caption_")) for name in form.changed_data):  # type: ignore[attr-defined]
            messages.info(request, _("Articles that show it already keep their own description and caption."))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        picture = self.get_object(request, object_id)
        try:
            if picture and picture.use_count:
                raise actions.PictureInUse(picture, picture.titles_of_uses())
            return super().delete_view(request, object_id, extra_context)
        except actions.PictureInUse as refusal:  # also where an article took it at the last moment
            messages.error(request, str(refusal))
            return redirect("admin:articles_picture_change", object_id)

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        actions.delete_picture(obj)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("upload/", picture_dialog.refuse_early(wrap(picture_dialog.upload)), name="articles_picture_upload"),
            path("search/", wrap(picture_dialog.search), name="articles_picture_search"),
            path("credit/", wrap(picture_dialog.credit), name="articles_picture_credit"),
            path("status/", wrap(picture_dialog.status), name="articles_picture_status"),
            path("<int:pk>/again/", wrap(self.again), name="articles_picture_again"),
            path("<int:pk>/original/", wrap(self.original), name="articles_picture_original"),
            *super().get_urls(),
        ]

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        picture = self._one(request, pk)
        if not self.has_change_permission(request, picture):
            raise PermissionDenied
        if request.method == "POST":
            actions.make_renditions_again(picture)
            messages.success(request, _("The picture is being prepared anew."))
        return redirect("admin:articles_picture_change", picture.pk)

    def original(self, request: HttpRequest, pk: int) -> FileResponse:
        """The original as a file to save, for whoever works here."""
        picture = self._one(request, pk)
        if not self.has_view_permission(request, picture):
            raise PermissionDenied
        try:
            file = picture.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        return FileResponse(
            file,
            as_attachment=True,
            filename=f"{picture.title}.{picture.format}",
            content_type=f"image/{picture.format}",
        )

    def _one(self, request: HttpRequest, pk: int) -> Picture:
        picture: Picture | None = self.get_object(request, str(pk))
        if picture is None:
            raise Http404
        return picture
