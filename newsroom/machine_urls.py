from __future__ import annotations

from django.urls import path

from newsroom import machines

urlpatterns = [
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", machines.sitemap_part, name="sitemap-part"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.icon, {"ending": "ico"}, name="favicon"),
    path("icon.png", machines.icon, {"ending": "png"}, name="icon"),
    path(".well-known/security.txt", machines.security, name="security"),
]
