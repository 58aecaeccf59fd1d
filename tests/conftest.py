from __future__ import annotations

from collections.abc import Iterator

import pytest

from articles import reactions


@pytest.fixture(autouse=True)
def _quiet_reactions() -> Iterator[None]:
    """Reactions that a test adds end with it."""
    before = list(reactions._reactions)
    yield
    reactions._reactions[:] = before
