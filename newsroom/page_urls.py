from __future__ import annotations

from django.urls import path, register_converter

from newsroom import views
from newsroom.models.pages import ADDRESS


class PageAddressConverter:
    """Only what a page's address may be; anything else is no page, and the database is not asked for it."""

    regex = ADDRESS

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PageAddressConverter, "page")

urlpatterns = [
    path("reuse/", views.reuse, name="reuse"),
    path("contact/write/", views.write, name="write"),
    path("contact/written/", views.written, name="written"),
    path("<page:slug>/", views.page, name="page"),
]
