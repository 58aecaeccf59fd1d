from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from articles import reactions


@pytest.fixture(autouse=True)
def _quiet_reactions() -> Iterator[None]:
    """Reactions that a test adds end with it."""
    before = list(reactions._reactions)
    yield
    reactions._reactions[:] = before


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Made slow on purpose, the real ones would be most of what the tests do."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture
def _alone(transactional_db: None) -> None:
    """End the sessions that servers of earlier tests left open: a backup is not put back where others are at work."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
