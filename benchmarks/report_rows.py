"""Fills an empty database with articles and readers' reports: `python -m benchmarks.report_rows 100000`.

Called by `benchmarks.queue`. Four in five reports wait, by fifty on an article, some of them saying the same; one long article
has reports on forty of its words, for accepting one after the other.
"""

from __future__ import annotations

import os
import random
import re
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django
from django.db import connection
from django.utils import timezone

from benchmarks import archive_rows

EACH = 50  # reports of one article
LONG = 2_000  # words of the long article
ON_THE_LONG_ONE = 40
_WORD = re.compile(r"\b[^\W\d_]{5,}\b")


def write(count: int) -> None:
    from articles.models import Article

    archive_rows.Archive(count // EACH).write()
    chosen = random.Random(archive_rows.SEED)
    articles = Article.objects.filter(live__isnull=False).select_related("live").order_by("pk")
    reports: list[Any] = []
    for article in articles.iterator():
        reports += _reports(article, chosen, EACH)
        if len(reports) >= archive_rows.CHUNK:
            archive_rows.copy(reports)
            reports = []
    archive_rows.copy(reports)
    archive_rows.copy(list(_on_a_long_article(chosen)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _reports(article: Any, chosen: random.Random, count: int) -> Iterator[Any]:
    """On words of the article; three of ten readers say what somebody else says as well."""
    words = list(_WORD.finditer(article.live.text))
    same = chosen.choice(words)
    for _number in range(count):
        word = same if chosen.random() < 0.3 else chosen.choice(words)
        yield _report(article, word.start(), word.end(), chosen, is_decided=chosen.random() < 0.2)


def _on_a_long_article(chosen: random.Random) -> Iterator[Any]:
    from articles import actions
    from articles.models import Article

    pieces = list(Article.objects.filter(live__isnull=False, edition="en").order_by("pk")[:4])
    article = pieces[0]
    article.body = "".join(piece.body for piece in pieces)
    while len(article.body.split()) > LONG:
        article.body = article.body[: article.body.rindex("<p>")]
    actions.save_draft(article, by=None, at=timezone.now())
    article = actions.amend(article, change=actions.Change("update"), by=None, at=timezone.now())
    article = Article.objects.select_related("live").get(pk=article.pk)
    assert article.live
    once = [word for word in _WORD.finditer(article.live.text) if article.live.text.count(word[0]) == 1]
    for word in once[:: max(1, len(once) // ON_THE_LONG_ONE)][:ON_THE_LONG_ONE]:
        yield _report(article, word.start(), word.end(), chosen, is_decided=False)


def _report(article: Any, start: int, end: int, chosen: random.Random, *, is_decided: bool) -> Any:
    from articles.anchors import CONTEXT, State
    from corrections.models import Report

    text = article.live.text
    at = article.published_at + timedelta(minutes=chosen.randint(10, 50_000))
    return Report(
        key=uuid.UUID(int=chosen.getrandbits(128), version=4), article=article, channel=Report.Channel.DIALOG,
        revision=article.live, quote=text[start:end], prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT], start=start, end=end, place=State.CURRENT, place_revision=article.live,
        place_start=start, place_end=end, suggestion=text[start:end] + "es", comment="I read it elsewhere.",
        kind=chosen.choice(Report.Kind.values), received_at=at,
        status=Report.Status.DECLINED if is_decided else Report.Status.OPEN,
        decided_at=at + timedelta(hours=chosen.randint(1, 200)) if is_decided else None,
    )  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    write(int(sys.argv[1]))


if __name__ == "__main__":
    main()
