from __future__ import annotations

from django.urls import path

from newsroom import views

urlpatterns = [
    path("reuse/", views.reuse, name="reuse"),
    path("contact/write/", views.write, name="write"),
    path("contact/written/", views.written, name="written"),
    path("<path:slug>/", views.page, name="page"),
]
