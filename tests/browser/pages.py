"""Pages that only the browser tests have: the editor in a form of its own, with a library of three pictures."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from newsroom.admin.common import with_nonce
from newsroom.editor import ArticleBodyField, PageBodyField
from tests.browser.bodies import BODIES

_PAGE = """<!doctype html>
<html lang="{{ ui }}" class="{{ theme }}">
<head><meta charset="utf-8"><title>The editor</title><link rel="icon" href="/static/img/icon.svg">{{ media }}</head>
<body class="{{ theme }}"><main><h1>The editor</h1>
<form method="post">{% for field in form %}<div>{{ field.label_tag }} {{ field }}</div>{% endfor %}
<button type="submit" id="save">Save</button></form>
{% if saved is not None %}<pre id="saved">{{ saved }}</pre>{% endif %}
</main></body></html>"""


class ArticleForm(forms.Form):
    body = ArticleBodyField(label="Text", required=False)


class PageForm(forms.Form):
    body = PageBodyField(label="Text", required=False)


FIELDS = {"article": ArticleBodyField, "page": PageBodyField}


def bodies_of(kind: str) -> dict[str, str]:
    """What a field of this kind may be given."""
    return {
        name: body
        for name, body in BODIES.items()
        if kind == "article" or not any(name in body for name in ("data-footnote", "data-post", "data-picture"))
    }


@csp(settings.ADMIN_POLICY)  # where the editor really stands
@csrf_exempt
def editor(request: HttpRequest, kind: type[forms.Form] = ArticleForm) -> HttpResponse:
    """The editor, with `?body=` in it; what it saves is shown as the form cleaned it."""
    body = request.GET.get("body", "")
    form = kind(request.POST or None, initial={"body": BODIES.get(body, body)})
    form.fields["body"].language = request.GET.get("language", "")  # type: ignore[attr-defined]
    return _page(request, form, saved=form.cleaned_data["body"] if form.is_valid() else None)


@csp(settings.ADMIN_POLICY)  # type: ignore[arg-type]  # the library means views without arguments
def every_body(request: HttpRequest, kind: str) -> HttpResponse:
    """One editor for each body."""
    form = forms.Form()
    for name, body in bodies_of(kind).items():
        form.fields[name] = FIELDS[kind](label=name, initial=body, required=False)
    return _page(request, form)


def _page(request: HttpRequest, form: forms.Form, saved: str | None = None) -> HttpResponse:
    template = engines["django"].from_string(_PAGE)
    theme, ui = request.GET.get("theme", ""), request.GET.get("ui", "en")
    context = with_nonce(request, {"form": form, "media": form.media, "saved": saved, "theme": theme, "ui": ui})
    return HttpResponse(template.render(context, request))


_DOT = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='600' height='400'/>"
LIBRARY: dict[str, dict[str, Any]] = {
    key: {
        "key": key,
        "title": title,
        "credit": credit,
        "alt": alt,
        "caption": "",
        "focus": "50 50",
        "width": 600,
        "height": 400,
        "thumbnail": _DOT,
        "preview": _DOT,
        "status": "ready",
        "failure": "",
    }
    for key, title, credit, alt in [
        ("abcdefghijklmnop", "The quay", "Jan Wit", "A quay at dawn"),
        ("qrstuvwxyz234567", "The marsh", "", ""),
        ("aaaabbbbccccdddd", "The choir", "Ada Low", "Six people singing"),
    ]
}


def search(request: HttpRequest) -> JsonResponse:
    words = request.GET["q"].lower()
    return JsonResponse({"pictures": [row for row in LIBRARY.values() if words in row["title"].lower()], "after": ""})


def status(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"pictures": [LIBRARY[key] for key in request.GET.getlist("key") if key in LIBRARY]})


@csrf_exempt
def upload(request: HttpRequest) -> JsonResponse:
    if str(request.FILES["file"]) == "drawing.png":
        return JsonResponse({"error": "This is not a picture."})
    return JsonResponse(LIBRARY["aaaabbbbccccdddd"])


@csrf_exempt
def credit(request: HttpRequest) -> JsonResponse:
    return JsonResponse(LIBRARY[request.POST["key"]] | {"credit": request.POST["credit"]})


_pictures = [
    path(f"pictures/{view.__name__}/", view, name=f"articles_picture_{view.__name__}")
    for view in (search, status, upload, credit)
]
urlpatterns = [
    path("library/", include((_pictures, "admin"))),  # the door of /admin/ asks the database
    path("editor/", editor),
    path("page-editor/", editor, {"kind": PageForm}),
    path("every-body/<kind>/", every_body),
]
