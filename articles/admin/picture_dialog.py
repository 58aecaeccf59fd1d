"""What the library's page and the editor's dialog ask for by script: upload one file, search, see whether it is ready."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from articles import actions
from articles.models import Picture, Refusal
from articles.pictures import preview_url, thumbnail_url
from newsroom.admin.common import person
from newsroom.html import plain
from newsroom.uploads import BoundedUpload

_ON_A_PAGE = 48
_FORM_AROUND_A_FILE = 64 * 1024  # bytes
View = Callable[..., HttpResponseBase]


def refuse_early(view: View) -> View:
    """Answer a request that is far too long before its body is read. `view` protects itself against forgery."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        length = request.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > settings.MAX_UPLOAD_BYTES + _FORM_AROUND_A_FILE:
            return JsonResponse({"error": Refusal.TOO_BIG.label}, status=413)
        return view(request, *args, **kwargs)

    return answer


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    if not request.user.has_perm("articles.add_picture"):
        raise PermissionDenied
    file = request.FILES.get("file")
    if not isinstance(file, BoundedUpload):
        return JsonResponse({"error": _("No file came with it. Choose one.")}, status=400)
    try:
        picture = actions.add_picture(file, by=person(request), at=timezone.now())
    except actions.PictureRefused as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    return JsonResponse(_described(picture, {}), status=201)


@require_GET
def search(request: HttpRequest) -> JsonResponse:
    pictures = _visible(request).matching(plain(request.GET.get("q", ""))).order_by("-pk")
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 19:
        pictures = pictures.filter(pk__lt=int(after))
    found = list(pictures[: _ON_A_PAGE + 1])
    shown = found[:_ON_A_PAGE]
    more = str(shown[-1].pk) if len(found) > _ON_A_PAGE else ""
    return JsonResponse({"pictures": _all_described(shown, request), "after": more})


@require_GET
def status(request: HttpRequest) -> JsonResponse:
    keys = [plain(key) for key in request.GET.getlist("key")[:_ON_A_PAGE]]
    pictures = _visible(request).filter(key__in=keys)
    return JsonResponse({"pictures": _all_described(list(pictures), request)})


@require_POST
def credit(request: HttpRequest) -> JsonResponse:
    """Say who made a picture that has no credit yet; another one is changed in the library only, where all is seen."""
    if not request.user.has_perm("articles.change_picture"):
        raise PermissionDenied
    key = plain(request.POST.get("key", ""))
    try:
        picture = actions.credit_picture(key, credit=request.POST.get("credit", ""))
    except actions.AlreadyCredited as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    return JsonResponse(_described(picture, {}))


def _visible(request: HttpRequest) -> Any:
    if not request.user.has_perm("articles.view_picture"):
        raise PermissionDenied
    return Picture.objects.all()


def _all_described(pictures: list[Picture], request: HttpRequest) -> list[dict[str, Any]]:
    words = Picture.objects.words_of(pictures, plain(request.GET.get("edition", "")))
    return [_described(picture, words.get(picture.pk, {})) for picture in pictures]


def _described(picture: Picture, words: dict[str, str]) -> dict[str, Any]:
    return {
        "key": picture.key,
        "title": picture.title,
        "status": picture.status,
        "failure": picture.get_failure_display(),
        "thumbnail": thumbnail_url(picture),
        "preview": preview_url(picture),
        "width": picture.width,
        "height": picture.height,
        "credit": picture.credit,
        "focus": picture.focus,
        "alt": words.get("alt", ""),
        "caption": words.get("caption", ""),
        "url": reverse("admin:articles_picture_change", args=[picture.pk]),
    }
