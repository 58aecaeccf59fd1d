from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from newsroom.admin.common import WEB_ADDRESSES, PublicModelAdmin
from newsroom.editor import PageBodyField
from newsroom.models import (
    Block,
    Edition,
    FollowLink,
    Funder,
    FunderAcknowledgement,
    Letter,
    Outlet,
    Page,
    ReusePolicy,
    ReuseTerms,
)


class _BodyForm(forms.ModelForm):  # type: ignore[type-arg]
    body = PageBodyField(label=_("Text"), required=False)


class _TermsForm(forms.ModelForm):  # type: ignore[type-arg]
    terms = PageBodyField(label=_("Terms in full"), required=False)


class BlockInline(StackedInline):
    model = Block
    form = _BodyForm
    extra = 0
    fields = ["place", "is_shown", "heading", "body"]


class FollowLinkInline(TabularInline):
    model = FollowLink
    formfield_overrides = WEB_ADDRESSES
    extra = 0
    fields = ["label", "url", "position"]


@admin.register(Edition)
class EditionAdmin(PublicModelAdmin):
    list_display = ["name", "code", "tagline"]
    fields = ["name", "tagline", "language_name", "position"]
    inlines = [BlockInline, FollowLinkInline]

    def facts_of(self, obj: Any) -> list[str]:
        return [f"edition:{obj.pk}"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Which editions exist is a setting, because addresses depend on it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Outlet)
class OutletAdmin(PublicModelAdmin):
    fields = ["name", "legal_name", "contact", "corrections", "security"]

    def facts_of(self, obj: Any) -> list[str]:
        return ["outlet"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one outlet, so its list is its form."""
        return HttpResponseRedirect(reverse("admin:newsroom_outlet_change", args=[1]))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReuseTermsInline(StackedInline):
    model = ReuseTerms
    form = _TermsForm
    extra = 0
    fields = ["edition", "rule", "terms"]


@admin.register(ReusePolicy)
class ReusePolicyAdmin(PublicModelAdmin):
    list_display = ["name", "limit", "is_default"]
    fields = ["name", "is_default", "limit", "holder", "first_year", "contact"]
    inlines = [ReuseTermsInline]

    def facts_of(self, obj: Any) -> list[str]:
        return ["policy"]


class AcknowledgementInline(TabularInline):
    model = FunderAcknowledgement
    extra = 0
    fields = ["edition", "text"]


@admin.register(Funder)
class FunderAdmin(PublicModelAdmin):
    formfield_overrides = WEB_ADDRESSES
    list_display = ["name", "is_shown", "position"]
    fields = ["name", "url", "is_shown", "position"]
    inlines = [AcknowledgementInline]

    def facts_of(self, obj: Any) -> list[str]:
        return ["outlet"]


@admin.register(Page)
class PageAdmin(PublicModelAdmin):
    form = _BodyForm
    list_display = ["title", "edition", "slug", "position"]
    list_filter = ["edition"]
    search_fields = ["title", "slug"]
    fields = ["edition", "title", "slug", "body", "position"]

    def facts_of(self, obj: Any) -> list[str]:
        return [f"page:{obj.pk}", f"edition:{obj.edition_id}"]


@admin.register(Letter)
class LetterAdmin(ModelAdmin):
    list_display = ["email", "to", "about", "received_at", "mailed_at"]
    list_filter = ["to", "edition"]
    search_fields = ["email", "name", "text", "about"]
    fields = ["to", "about", "text", "sender", "email", "answer", "edition", "received_at", "mailed_at"]
    readonly_fields = fields

    @admin.display(description=pgettext_lazy("a person", "Name"))
    def sender(self, letter: Letter) -> str:
        return letter.name

    @admin.display(description=_("answer"))
    def answer(self, letter: Letter) -> str:
        with override(letter.edition_id):  # the subject is read by the one who wrote
            subject = f"Re: {letter.about}" if letter.about else gettext("Your letter to %s") % letter.edition.name
        address = f"mailto:{quote(letter.email, safe='@')}?{urlencode({'subject': subject}, quote_via=quote)}"
        return format_html('<a href="{}">{}</a>', address, _("Answer by mail"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
