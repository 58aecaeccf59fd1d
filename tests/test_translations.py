"""The interface is whole in each of its languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from newsroom.translations import LOCALE_DIR

SOURCES = sorted(LOCALE_DIR.rglob("*.po"))


def test_there_is_something_to_look_at():
    assert SOURCES


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(LOCALE_DIR)))
def test_every_string_is_translated_and_looked_over(source: Path):
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    messages = [message for message in catalog if message.id]

    assert not [m.id for m in messages if not _is_whole(m.string)]
    assert not [m.id for m in messages if m.fuzzy]
    assert not [(m.id, errors) for m, errors in catalog.check()]


def _is_whole(translation: Any) -> bool:
    """One text, or one for each plural form."""
    return all(translation) if isinstance(translation, tuple) else bool(translation)
