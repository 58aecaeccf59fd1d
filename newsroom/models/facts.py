from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """Something that public pages are made of ("article:12", "edition:uk") and when it last changed."""

    name = models.CharField(max_length=100, primary_key=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
