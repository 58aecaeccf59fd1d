"""What `migrate` leaves: a cache that works, and roles with all that they need."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import connection

from newsroom import installation

pytestmark = pytest.mark.django_db


def test_migrating_makes_the_table_of_the_cache():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")
    installation.after_migrate(using="default")
    cache.set("key", "value")
    assert cache.get("key") == "value"


def test_another_cache_needs_no_table(settings: Any):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    installation.after_migrate(using="default")
    assert "cache" not in connection.introspection.table_names()


def test_a_role_gets_what_it_lacks_and_keeps_what_the_house_gave_it():
    group = Group.objects.get(name=installation.EDITOR)
    lost = Permission.objects.get(codename="publish_article")
    given = Permission.objects.get(codename="delete_page")
    group.permissions.remove(lost)
    group.permissions.add(given)
    installation.after_migrate(using="default")
    assert {lost, given} <= set(group.permissions.all())
