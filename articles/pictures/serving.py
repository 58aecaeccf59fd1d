"""Public files, served by the site itself where nothing in front of it does; originals have no address here."""

from __future__ import annotations

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest

from articles.pictures import MODERN, MODERN_TYPE, rendition_name
from newsroom.storage import FOR_EVER
from newsroom.surfaces import Shows, surface

_TYPES = {"jpg": "image/jpeg", MODERN: MODERN_TYPE}


@surface(Shows.EXTRACT)
def rendition(request: HttpRequest, key: str, width: str, ending: str) -> FileResponse:
    return _file(rendition_name(key, int(width), ending), _TYPES[ending])


@surface(Shows.EXTRACT)  # of the article, a card shows the title
def social_card(request: HttpRequest, digest: str) -> FileResponse:
    return _file(f"cards/{digest}.jpg", "image/jpeg")


def _file(name: str, content_type: str) -> FileResponse:
    try:
        file = storages["public"].open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=content_type)
    response["Cache-Control"] = FOR_EVER
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # feed readers and social networks show pictures, too
    return response
