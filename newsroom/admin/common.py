from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from js_asset.media import Media
from unfold.admin import ModelAdmin

from newsroom import facts
from newsroom.html import plain
from newsroom.models import Edition, User

#: An address that somebody types without a scheme is meant with https.
WEB_ADDRESSES: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


def person(request: HttpRequest) -> User:
    """Who is signed in; the admin lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def with_nonce(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context of a form whose editor brings an import map: the admin's policy runs it by the request's nonce."""
    return context | {"media": Media.from_media(context["media"], nonce=str(request.csp_nonce))}  # type: ignore[attr-defined]


def staff_or(kept: models.Q) -> models.QuerySet[User]:
    """Whom a form offers: those who work here now, and whoever is chosen already."""
    return User.objects.filter(models.Q(is_active=True, is_staff=True) | kept).order_by("username")


def _tidy_lines(obj: models.Model) -> None:
    """Make one plain line of each name and title: a control character that was pasted with it would break the feeds."""
    for field in obj._meta.concrete_fields:
        if type(field) is models.CharField and not field.choices and not field.primary_key:
            setattr(obj, field.attname, plain(getattr(obj, field.attname) or ""))


class PublicModelAdmin(ModelAdmin):
    """For what public pages are made of: each save and deletion says which facts changed."""

    def facts_of(self, obj: Any) -> list[str]:
        raise NotImplementedError

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Edition:
            kwargs["queryset"] = Edition.objects.in_use()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().render_change_form(request, with_nonce(request, context), *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        _tidy_lines(obj)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for part in formset.forms:
            _tidy_lines(part.instance)
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        facts.record(*self.facts_of(form.instance), at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        names = self.facts_of(obj)
        super().delete_model(request, obj)
        facts.record(*names, at=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        names = [name for obj in queryset for name in self.facts_of(obj)]
        super().delete_queryset(request, queryset)
        facts.record(*names, at=timezone.now())


def step(
    request: HttpRequest,
    *,
    model_admin: Any,
    title: Any,
    button: Any,
    back: str,
    do: Callable[[Any], Any],
    refusals: type[Exception] | tuple[type[Exception], ...],
    form_class: Callable[..., forms.Form] = forms.Form,
    initial: dict[str, Any] | None = None,
    template: str = "admin/step.html",
    **context: Any,
) -> HttpResponse:
    """A page of its own for one action: GET explains and asks, POST does it and goes `back`.

    `do` gets the valid form and returns the sentence that reports success; a refusal is shown over the form, which
    keeps what was typed.
    """
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, do(form))
            return HttpResponseRedirect(back)
        except refusals as refusal:
            form.add_error(None, getattr(refusal, "reasons", None) or str(refusal))
    return TemplateResponse(
        request,
        template,
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "media": form.media,
            "form": form,
            "title": title,
            "button": button,
            "back": back,
            **context,
        },
        status=422 if form.errors else 200,
    )


def page_with_link(
    request: HttpRequest, *, model_admin: Any, title: Any, link: str, explanation: Any, back: str
) -> HttpResponse:
    """A link that acts without a login, for one person to pass on to another: not stored by any browser."""
    response = TemplateResponse(
        request,
        "admin/link.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "title": title,
            "link": link,
            "explanation": explanation,
            "back": back,
            "is_mail_set_up": settings.IS_MAIL_SET_UP or settings.DEMO,
        },
    )
    response["Cache-Control"] = "private, no-store"
    return response
