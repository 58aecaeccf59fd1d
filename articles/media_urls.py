"""The files of pictures, where no web server or CDN in front serves them by itself."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from articles.pictures import MODERN, serving
from newsroom.html.pictures import KEY


class _Key(StringConverter):
    regex = KEY.pattern


class _Width(IntConverter):
    regex = "[1-9][0-9]{0,4}"


class _Ending(StringConverter):
    regex = f"jpg|{MODERN}"


class _Digest(StringConverter):
    regex = "[a-z2-7]{32}"


register_converter(_Key, "key")
register_converter(_Width, "width")
register_converter(_Ending, "ending")
register_converter(_Digest, "digest")

urlpatterns = [
    path("pictures/<key:key>/<width:width>.<ending:ending>", serving.rendition, name="picture_file"),
    path("cards/<digest:digest>.jpg", serving.social_card, name="social_card_file"),
]
