"""All addresses. What belongs to an edition stands under its prefix; the rest never does."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from newsroom import editions, views


def _edition(code: str) -> URLResolver:
    """One edition's addresses. {% url "site:article" slug %} finds the edition of the page that it stands on."""
    patterns: list[URLPattern | URLResolver] = [
        path("", include("articles.urls")),
        path("", include("newsroom.page_urls")),
    ]
    return path(editions.prefix(code), include((patterns, "site"), namespace=code))


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("newsroom.machine_urls")),
    path("", include("articles.machine_urls")),
]
if settings.DEMO or settings.TESTING:
    urlpatterns.append(path("demo/", include("demo.urls")))
# The first edition has no prefix, so it comes last: its pages take every address that is left.
urlpatterns += [_edition(code) for code in reversed(settings.EDITIONS)]

handler404 = views.not_found
handler500 = views.failed
