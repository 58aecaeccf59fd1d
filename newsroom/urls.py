"""All addresses. What belongs to an edition stands under its prefix; the rest never does."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from newsroom import account_views, editions, views
from newsroom.admin import desk


def _edition(code: str) -> URLResolver:
    """One edition's addresses. {% url "site:article" slug %} finds the edition of the page that it stands on."""
    patterns: list[URLPattern | URLResolver] = [
        path("", include("articles.urls")),
        path("", include("corrections.urls")),
        path("", include("newsroom.page_urls")),
    ]
    return path(editions.prefix(code), include((patterns, "site"), namespace=code))


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("media/", include("articles.media_urls")),
    # One place for one's password and address: the admin's own page for it would know nothing of the second factor.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    *desk.urlpatterns,
    path("admin/", admin.site.urls),
    path("accounts/", account_views.account, name="account"),
    path("accounts/email/", RedirectView.as_view(pattern_name="account")),
    path("accounts/sessions/", account_views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("accounts/invitations/<str:key>/", account_views.invitation, name="invitation"),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", account_views.RemovePasskey.as_view()),
    path("accounts/", include("allauth.urls")),
    path("", include("newsroom.machine_urls")),
    path("", include("articles.machine_urls")),
]
if settings.DEMO or settings.TESTING:
    urlpatterns.append(path("demo/", include("demo.urls")))
# The first edition has no prefix, so it comes last: its pages take every address that is left.
urlpatterns += [_edition(code) for code in reversed(settings.EDITIONS)]

handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.failed
