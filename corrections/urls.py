from __future__ import annotations

from django.urls import URLPattern, path

from corrections.views import reporting

urlpatterns: list[URLPattern] = [
    path("articles/<slug:slug>/report/", reporting.report, name="report"),
    path("corrections/reports/<str:token>/", reporting.status, name="report-status"),
]
