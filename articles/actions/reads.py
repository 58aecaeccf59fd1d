from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import BinaryIO, cast

from django.db import connection, transaction
from django.urls import Resolver404, resolve
from django.utils.timezone import localtime

from articles import read_logs
from articles.actions.errors import UnreadableLog
from articles.models import Article, CountedLog, FormerSlug

LONGEST_LINE = 65_536  # bytes; what is longer is no line of a web server's log
_KEPT_IN_MEMORY = 10_000  # rows that wait to be written
_ONE_AT_A_TIME = 7_319_804  # the number of a lock that nothing else takes
_ADDRESSES = re.compile(rb"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}")
_ADD = """
    INSERT INTO articles_readcount (article_id, date, referrer, count) VALUES (%s, %s, %s, %s)
    ON CONFLICT (article_id, date, referrer) DO UPDATE SET count = articles_readcount.count + EXCLUDED.count
"""


@dataclass
class Counted:
    """What became of the lines of a log that had not been counted before."""

    lines: int = 0
    reads: int = 0
    by_programs: int = 0
    unreadable: int = 0
    known_bytes: int = 0  # what an earlier run had counted


@transaction.atomic
def count_reads(log: BinaryIO, *, at: datetime) -> Counted:
    """Count the articles that people opened, from where this log was counted last; `log` can seek and may be gzipped.

    A last line without an end is left for the next time. Raises UnreadableLog; then nothing is counted.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    try:
        return _count(_unpacked(log), at)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableLog from error


def _unpacked(log: BinaryIO) -> BinaryIO:
    is_packed = log.read(2) == b"\x1f\x8b"
    log.seek(0)
    return cast("BinaryIO", gzip.open(log)) if is_packed else log


def _count(log: BinaryIO, at: datetime) -> Counted:
    done = Counted()
    first = log.readline(LONGEST_LINE)
    if not first.endswith(b"\n"):
        return done
    if known := _known(log, first):
        progress, lines = known, _whole_lines(log)
        done.known_bytes = known.position
    else:
        progress, lines = CountedLog(first_line=_mark(first), position=0), chain([first], _whole_lines(log))
    article_at = lru_cache(maxsize=4096)(_article_at)
    waiting: Counter[tuple[int, date, str]] = Counter()
    last = first
    for last in lines:
        progress.position += len(last)
        done.lines += 1
        if found := _read_of(last, article_at, done):
            waiting[found] += 1
            done.reads += 1
            if len(waiting) >= _KEPT_IN_MEMORY:
                _write(waiting)
    if done.lines and done.unreadable == done.lines and not done.known_bytes:
        raise UnreadableLog
    _write(waiting)
    if done.lines:
        progress.last_line, progress.counted_at = _mark(last), at
        progress.save()
    return done


def _known(log: BinaryIO, first: bytes) -> CountedLog | None:
    """How far this log was counted, if it was; it then stands behind the last counted line, else behind its first.

    Two logs may begin alike, such as those of two machines that are asked whether they live. Then the line at the end
    of what was counted tells them apart.
    """
    for candidate in CountedLog.objects.filter(first_line=_mark(first)).order_by("-position"):
        log.seek(len(first))
        line, position = first, len(first)
        while position < candidate.position and (line := log.readline(LONGEST_LINE)):
            position += len(line)
        if position == candidate.position and _mark(line) == candidate.last_line:
            return candidate
    log.seek(len(first))
    return None


def _whole_lines(log: BinaryIO) -> Iterator[bytes]:
    """The lines that have an end; one that is longer than any line comes in pieces, none of which is readable."""
    while line := log.readline(LONGEST_LINE):
        if not line.endswith(b"\n") and len(line) < LONGEST_LINE:
            return
        yield line


def _mark(line: bytes) -> str:
    """What a line is known by: nothing from which somebody's address could be found out."""
    return hashlib.sha256(_ADDRESSES.sub(b"", line)).hexdigest()


def _read_of(line: bytes, article_at: Callable[[str], int | None], done: Counted) -> tuple[int, date, str] | None:
    """The article, day and referring site of a line that is a read; `done` is told of the other lines."""
    try:
        request = read_logs.read(line.decode("utf-8", "replace").strip())
        day = localtime(request.at).date()
    except (read_logs.Unreadable, OverflowError):
        done.unreadable += 1
        return None
    article = article_at(request.path) if request.opens_a_page() else None
    if article is None:
        return None
    if request.is_from_a_program():
        done.by_programs += 1
        return None
    return article, day, request.referring_site()


def _article_at(path: str) -> int | None:
    """The article that stands at an address of this site, or once stood there."""
    if "/articles/" not in path:
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name != "article":
        return None
    here = {"edition": match.namespace, "slug": match.kwargs["slug"]}
    article = Article.objects.filter(**here).values_list("pk", flat=True).first()
    return article or FormerSlug.objects.filter(**here).values_list("article", flat=True).first()


def _write(waiting: Counter[tuple[int, date, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [(*key, count) for key, count in sorted(waiting.items())])
    waiting.clear()
