from __future__ import annotations

from django.urls import URLPattern, path

from articles import feeds, views


def _feeds(prefix: str, **extra: str) -> list[URLPattern]:
    name = f"{extra['of']}-feed" if extra else "feed"
    return [
        path(f"{prefix}feed/", feeds.feed, extra, name=name),
        path(f"{prefix}feed/rss/", feeds.feed, {**extra, "form": "rss"}, name=f"{name}-rss"),
        path(f"{prefix}feed/json/", feeds.feed, {**extra, "form": "json"}, name=f"{name}-json"),
    ]


urlpatterns = [
    path("", views.home, name="home"),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("translators/", views.translators, name="translators"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("search/", views.search, name="search"),
    *_feeds(""),
    *_feeds("sections/<slug:slug>/", of="section"),
    *_feeds("topics/<slug:slug>/", of="topic"),
    *_feeds("people/<slug:slug>/", of="person"),
]
