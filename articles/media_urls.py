"""The files of pictures, where no web server or CDN in front serves them by itself."""

from __future__ import annotations

from django.urls import path

from articles.pictures import serving

urlpatterns = [
    path("pictures/<slug:key>/<int:width>.<slug:ending>", serving.rendition, name="picture_file"),
    path("cards/<slug:digest>.jpg", serving.social_card, name="social_card_file"),
]
