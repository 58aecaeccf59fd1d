from __future__ import annotations

from django.urls import URLPattern, path

from corrections import feeds
from corrections.views import public, reporting

urlpatterns: list[URLPattern] = [
    path("articles/<slug:slug>/history/", public.history, name="history"),
    path("articles/<slug:slug>/report/", reporting.report, name="report"),
    path("corrections/reports/<str:token>/", reporting.status, name="report-status"),
    path("corrections/", public.corrections, name="corrections"),
    path("corrections/<int:number>/", public.correction, name="correction"),
    path("corrections/feed/", feeds.feed, name="corrections-feed"),
    path("corrections/feed/rss/", feeds.feed, {"form": "rss"}, name="corrections-feed-rss"),
    path("corrections/feed/json/", feeds.feed, {"form": "json"}, name="corrections-feed-json"),
]
