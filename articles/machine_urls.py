from __future__ import annotations

from django.urls import path

from articles import sitemaps

urlpatterns = [path("news-sitemap.xml", sitemaps.news, name="news-sitemap")]
