from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from xdist.scheduler import LoadScopeScheduling

from articles import reactions
from tests.database_states import DatabaseState


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of all tests; one that commits puts it back by itself."""
    with django_db_blocker.unblock():
        foundations = DatabaseState.as_it_is()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: foundations.put_back())
        yield


class _Sharing(LoadScopeScheduling):  # type: ignore[misc]  # untyped
    """Each test goes to whichever worker is free, but those of one file to one that build the demonstration once."""

    def _split_scope(self, nodeid: str) -> str:
        path, _sign, _name = nodeid.partition("::")
        return path if path == "tests/browser/test_public_pages.py" else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Sharing:
    return _Sharing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker waits for another in the end."""
    items.sort(key=lambda item: not item.get_closest_marker("long"))


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
