"""What programs read about the whole site; never under an edition's prefix."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from newsroom import editions, sitemaps
from newsroom.models import Outlet
from newsroom.surfaces import Shows, surface

XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
ICONS = {"ico": "image/x-icon", "png": "image/png"}
VALID_FOR = timedelta(days=180)  # what security.txt says; a year at most, so that nobody trusts what was forgotten


@surface(Shows.EXTRACT, is_indexed=False)
def sitemap(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sitemaps.index(timezone.now()), content_type=XML)


@surface(Shows.EXTRACT, is_indexed=False)
def sitemap_part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    found = sitemaps.part(name, number, timezone.now())
    if found is None:
        raise Http404
    return HttpResponse(found, content_type=XML)


@surface(Shows.EXTRACT)
def robots(request: HttpRequest) -> HttpResponse:
    """What has no end or is nobody's reading. What must not be listed says so itself, and has to be fetched for that."""
    closed = ["/admin/", "/accounts/", *(f"/{editions.prefix(code)}search/" for code in settings.EDITIONS)]
    names = ["sitemap", "news-sitemap"]
    context = {"closed": closed, "sitemaps": [editions.absolute(reverse(name)) for name in names]}
    return render(request, "robots.txt", context, content_type=TEXT)


@surface(Shows.EXTRACT)
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness of the site (RFC 9116); there is no such file while nobody is named."""
    outlet = Outlet.objects.get(pk=1)
    if not outlet.security:
        raise Http404
    midnight = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = {
        "Contact": f"mailto:{outlet.security}",
        "Expires": _utc(midnight + VALID_FOR),
        "Preferred-Languages": ", ".join(settings.EDITIONS),
        "Canonical": editions.absolute(request.path),
    }
    return HttpResponse("".join(f"{name}: {value}\n" for name, value in lines.items()), content_type=TEXT)


@surface(Shows.EXTRACT)
def icon(request: HttpRequest, ending: str) -> FileResponse:
    """The site's icon at an address that stays, for those who cannot show the drawn one; docs/draw_icons.py makes both."""
    file = settings.BASE_DIR / "static" / "img" / f"icon.{ending}"
    response = FileResponse(file.open("rb"), content_type=ICONS[ending])
    response["Cache-Control"] = "public, max-age=86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # feed readers and social networks show it in their pages
    return response


def _utc(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
