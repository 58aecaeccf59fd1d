from __future__ import annotations

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest

from articles.pictures import MODERN_TYPE
from newsroom.storage import FOR_EVER
from newsroom.surfaces import Shows, surface


@surface(Shows.EXTRACT)  # of an article it shows the title, on the social card
def public_file(request: HttpRequest, name: str) -> FileResponse:
    """A rendition or a social card; the address is the only way to one, and what is there never changes."""
    try:
        file = storages["public"].open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/jpeg" if name.endswith(".jpg") else MODERN_TYPE)
    response["Cache-Control"] = FOR_EVER
    response["X-Content-Type-Options"] = "nosniff"
    return response
