"""The files of pictures, where no web server or CDN in front serves them by itself."""

from __future__ import annotations

from django.urls import re_path

from articles.pictures import MODERN, serving
from newsroom.html.pictures import KEY

urlpatterns = [
    re_path(
        rf"^pictures/(?P<key>{KEY.pattern})/(?P<width>[1-9][0-9]{{0,4}})\.(?P<ending>jpg|{MODERN})$",
        serving.rendition,
        name="picture_file",
    ),
    re_path(r"^cards/(?P<digest>[a-z2-7]{32})\.jpg$", serving.social_card, name="social_card_file"),
]
