"""The form of an article's working copy, and the rows of credits and related articles below it."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget

from articles import actions, differences
from articles.admin.lead_picture import LeadPictureWidget
from articles.models import Article, Credit, FormerSlug, Picture, RelatedArticle, Section, Topic
from newsroom.editor import ArticleBodyField
from newsroom.html.pictures import FOCUS


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
