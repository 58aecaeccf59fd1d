"""The files of pictures, where no web server or CDN in front serves them by itself."""

from __future__ import annotations

from django.urls import re_path

from articles.pictures.serving import public_file

urlpatterns = [
    re_path(r"^(?P<name>pictures/[a-z2-7]{16}/[0-9]{1,5}\.(?:jpg|avif))$", public_file, name="picture_file"),
    re_path(r"^(?P<name>cards/[a-z2-7]{32}\.jpg)$", public_file, name="social_card_file"),
]
