"""What it costs to carry a thousand reports and to accept one: prints its figures as JSON. Nothing of it stays."""

from __future__ import annotations

import json
import statistics
import time
import uuid
from datetime import timedelta

import django
from django.core.management import call_command
from django.db import transaction

REPORTS, ROUNDS, WORDS = 1000, 15, 2000


def main() -> None:
    django.setup()
    from articles import actions
    from articles.anchors import State, describe
    from articles.models import Article, Revision
    from articles.text import policy_text
    from benchmarks.histories import tokens_of
    from benchmarks.words import Words
    from corrections.carrying import bring_up_to_date
    from corrections.models import Report
    from tests import cast
    from tests.cast import NOON

    call_command("migrate", verbosity=0)
    paragraphs: list[str] = []
    say = Words("uk", 4)
    while sum(each.count(" ") + 1 for each in paragraphs) < WORDS:
        paragraphs += say.paragraphs()
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    typo = actions.Change(Revision.KindOfChange.TYPO)
    with transaction.atomic():
        article = cast.published(body=body)
        seen = cast.live(article)
        words = [each for each in tokens_of(seen.text) if seen.text[each[0]].isalnum()]
        reports = []
        for number in range(REPORTS):
            start, end = words[number * len(words) // REPORTS]
            anchor = describe(seen.text, start, end)
            reports.append(
                Report(
                    key=uuid.uuid4(), article=article, revision=seen, quote=anchor.quote, prefix=anchor.prefix,
                    suffix=anchor.suffix, start=start, end=end, place=State.CURRENT, place_revision=seen,
                    place_start=start, place_end=end, suggestion="інше", comment="Так не пишуть.", received_at=NOON,
                    channel=Report.Channel.DIALOG, status=Report.Status.OPEN,
                )
            )  # fmt: skip
        Report.objects.bulk_create(reports)
        article.body = body.replace("<p>", "<p>Тепер ", 3)
        actions.save_draft(article, by=None, at=NOON + timedelta(hours=1))
        with transaction.atomic():
            changed = actions.amend(article, change=typo, by=None, at=NOON + timedelta(hours=2))
            Report.objects.update(place=State.CURRENT, place_revision=seen)
            for report in reports:
                report.save(update_fields=["place_start", "place_end"])
            current = cast.live(changed)
            begun = time.perf_counter()
            bring_up_to_date(Report.objects.undecided().filter(article=article), current)
            carrying = time.perf_counter() - begun
        assert Report.objects.filter(place_revision=current).count() == REPORTS
        times = []
        Report.objects.filter(article=article, pk__gt=reports[20].pk).delete()  # as many as an article has on a bad day
        for number in range(ROUNDS):
            article = Article.objects.get(pk=article.pk)
            seen = cast.live(article)
            start, end = [each for each in tokens_of(seen.text) if seen.text[each[0]].isalnum()][100 + 50 * number]
            begun = time.perf_counter()
            actions.reword_live(
                article, start=start, end=end, words=f"інше{number}", seen_revision=seen, change=typo, by=None,
                at=NOON + timedelta(hours=3 + number),
            )  # fmt: skip
            times.append((time.perf_counter() - begun) * 1000)
        assert "інше14" in policy_text(cast.live(article).body)
        transaction.set_rollback(True)
    figures = {
        "words": sum(each.count(" ") + 1 for each in paragraphs),
        "reports": REPORTS,
        "carrying": round(carrying, 2),
        "accepting": round(statistics.median(times), 1),
    }
    print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main()
