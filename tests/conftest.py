from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

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
