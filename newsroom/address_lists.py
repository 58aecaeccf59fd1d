"""Lists of old addresses as tables of text: what a spreadsheet saves, whatever it puts between two columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from newsroom.models import OldAddress
from newsroom.old_addresses import Line

LARGEST, LONGEST = 5 * 1024 * 1024, 50_000  # bytes, lines: what is judged while somebody waits
_IS_PERMANENT = {"": True, "301": True, "302": False}


class UnreadableList(Exception):
    """Why a file cannot be read, as a sentence."""


def read(content: bytes) -> list[Line]:
    """The lines of a file: old address, where it leads, and, if it is not for good, 302. A first line of headings is left out.

    Raises UnreadableList.
    """
    text = _decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    found: list[Line] = []
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells) and not (not found and rows.line_num == 1 and _is_heading(cells[0])):
                path, target, code = [*cells, "", "", ""][:3]
                found.append(Line(rows.line_num, path, target, _IS_PERMANENT.get(code)))
    except csv.Error as error:
        raise UnreadableList(
            _("Line %(number)s cannot be read: %(error)s.") % {"number": rows.line_num, "error": error}
        ) from error
    if len(found) > LONGEST:
        raise UnreadableList(_("The list has more than 50,000 lines. Divide it into several."))
    if not found:
        raise UnreadableList(_("There is no line in this file."))
    return found


def written(rows: Iterable[OldAddress]) -> Iterator[str]:
    """The same the other way, line by line."""
    writer = csv.writer(_Echo())
    yield writer.writerow(["old", "new", "code"])
    for row in rows:
        yield writer.writerow([row.path, row.target, 301 if row.is_permanent else 302])


class _Echo:
    """What the writer writes is what it returns."""

    @staticmethod
    def write(text: str) -> str:
        return text


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise UnreadableList(
            _("Line %(number)s is not written in UTF-8. Save the table as “CSV UTF-8” and try again.")
            % {"number": number}
        ) from error
    if "\0" in text:
        raise UnreadableList(_("This is no table of text. Save it as “CSV UTF-8” and try again."))
    return text


def _delimiter(text: str) -> str:
    """Between the columns stands what is most frequent in the first lines; addresses themselves seldom hold it."""
    beginning = "\n".join(text.split("\n", 20)[:20])
    return max("\t;,", key=beginning.count)


def _is_heading(cell: str) -> bool:
    return not any(sign in cell for sign in "/?.=")
