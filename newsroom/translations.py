"""Compiled translations: made from the .po files on each machine, because they are not kept in the checkout.

`python -m newsroom.translations` compiles what is missing or older than its source. It needs neither gettext's
programs, which a fresh machine lacks, nor the database.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


class WrongTranslation(ValueError):
    """A .po file cannot be used; the message names the file and the line."""


def compile_all(folder: Path = LOCALE_DIR) -> list[Path]:
    """Compile every .po file under `folder` whose .mo is missing or older; return what was written.

    Raises WrongTranslation where a file cannot be read or a translation has other placeholders than its original,
    which would fail only when a reader meets that sentence.
    """
    stale = [source for source in sorted(folder.rglob("*.po")) if _is_stale(source)]
    return [_compile(source) for source in stale]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    language = source.parent.parent.name
    try:
        with source.open("rb") as file:
            catalog = read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise WrongTranslation(f"{source}: {error}") from error
    for message, errors in catalog.check():
        raise WrongTranslation(f"{source}, line {message.lineno}: {errors[0]}")
    target = source.with_suffix(".mo")
    # Written aside and moved into place: a process that starts meanwhile never reads half a file.
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        write_mo(file, catalog)
    return unfinished.replace(target)


if __name__ == "__main__":
    try:
        compile_all()
    except WrongTranslation as wrong:
        sys.exit(str(wrong))
