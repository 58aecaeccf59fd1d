"""Addresses of pictures for the admin's templates."""

from __future__ import annotations

from django import template

from articles.pictures import preview_url, thumbnail_url

register = template.Library()
register.filter("thumbnail", thumbnail_url)
register.filter("preview", preview_url)
