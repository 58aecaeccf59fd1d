"""The dialog in which a picture is chosen: its field for the lead picture, and what it asks of the library, as JSON.

The other half is static/js/editor/picture-dialog.js.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from js_asset import Media, Script

from articles import actions
from articles.models import Picture, PictureText
from articles.pictures import markup, shown, thumbnail_url
from newsroom.admin.common import person
from newsroom.editor import MODULES, PICTURE_WORDS, picture_addresses

PER_PAGE = 24
KEYS = 200  # of the figures of one text


@require_GET
def choose(request: HttpRequest) -> JsonResponse:
    """A page of the library and one more, newest first, by `q`; or the pictures with the keys named by `key`."""
    _demand(request, "view")
    keys = request.GET.getlist("key")[:KEYS]
    if keys:
        found = Picture.objects.filter(key__in=keys)
    else:
        number = request.GET.get("page", "1")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        start = PER_PAGE * max(page - 1, 0)
        found = Picture.objects.matching(request.GET.get("q", "").replace("\0", ""))[start : start + PER_PAGE + 1]
    return JsonResponse({"pictures": _rows(list(found), request.GET.get("edition", ""))})


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Put a file into the library: the picture, or the sentence that says why not."""
    _demand(request, "add")
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("Choose a file first.")})
    try:
        picture = actions.add_picture(file, by=person(request), at=timezone.now())  # type: ignore[arg-type]
    except actions.PictureRefused as refusal:
        return JsonResponse({"error": str(refusal)})
    return JsonResponse({"picture": _rows([picture], request.GET.get("edition", ""))[0]})


@require_POST
def credit(request: HttpRequest) -> JsonResponse:
    """Say who made a picture that has no credit yet; one that is there is changed in the library only."""
    _demand(request, "change")
    picture = Picture.objects.without_credit().filter(key=request.POST.get("key", "")).first()
    if picture is None:
        return JsonResponse({"error": _("This picture has a credit already. Change it in the library.")})
    actions.credit_picture(picture, credit=request.POST.get("credit", ""))
    return JsonResponse({"picture": _rows([picture], request.GET.get("edition", ""))[0]})


VIEWS = {"choose": choose, "upload": upload, "credit": credit}


class LeadPictureWidget(forms.HiddenInput):
    """A picture's key, chosen in the dialog, and the picture shown. `language` is the edition's."""

    template_name = "admin/articles/article/lead_picture.html"
    language = ""

    @property
    def is_hidden(self) -> bool:
        return False  # it has a label and is looked at

    @property
    def media(self) -> Media:
        script = Script("js/editor/lead-picture.js", type="module")
        return Media(js=[script], css={"all": ["css/picture-dialog.css"]}, importmap=MODULES)

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_choose"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        config = {"labels": PICTURE_WORDS, "urls": picture_addresses(self.language)}
        return super().get_context(name, value, attrs) | {"config": json.dumps(config, cls=DjangoJSONEncoder)}


def _demand(request: HttpRequest, verb: str) -> None:
    if not request.user.has_perm(f"articles.{verb}_picture"):
        raise PermissionDenied


def _rows(pictures: list[Picture], edition: str) -> list[dict[str, Any]]:
    """The pictures with their words in the edition's language."""
    texts = {text.picture_id: text for text in PictureText.objects.filter(picture__in=pictures, edition=edition)}
    rows = []
    for picture in pictures:
        words = texts.get(picture.pk)
        is_ready = picture.status == Picture.Status.READY
        rows.append(
            {
                "key": picture.key,
                "title": picture.title,
                "credit": picture.credit,
                "focus": picture.focus,
                "width": picture.width,
                "height": picture.height,
                "alt": words.alt if words else "",
                "caption": words.caption if words else "",
                "thumbnail": thumbnail_url(picture),
                "large": markup.jpeg(shown(picture), 800) if is_ready else "",
                "is_waiting": picture.status == Picture.Status.WAITING,
                "state": picture.get_failure_display() or picture.get_status_display(),
            }
        )
    return rows
