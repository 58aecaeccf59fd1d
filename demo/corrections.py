"""Readers of the demonstration who found mistakes, and the editors who answered them, in the order in which it happened."""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from articles.actions import Change, amend, save_draft
from articles.models import Article, Revision
from corrections import actions
from corrections.models import FollowUp, Report, Rules
from newsroom.models import User

_KEYS = uuid.UUID("2f0a4a0e-9a3b-4a6e-8f0e-5a3f0b1f7c11")
Written = dict[str, dict[str, Article]]


class Readers:
    """What `corrections.toml` says, happening."""

    def __init__(self, written: Written, editor: User, at: datetime) -> None:
        self.written, self.editor, self.at = written, editor, at
        self.words = _words()
        self.reports: dict[int, Report] = {}

    def live_through(self) -> None:
        """Everything in its order: what one reader saw may be another version than the next one's."""
        happened = [(change["days"], partial(self._change, change)) for change in self.words["changes"]]
        steps = {"": self._report, "question_": self._ask, "reply_": self._reply, "outcome_": self._decide}
        for number, row in enumerate(self.words["reports"]):
            happened += [
                (row[f"{what}days"], partial(step, number, row)) for what, step in steps.items() if f"{what}days" in row
            ]
        for _days, happen in sorted(happened, key=lambda each: -each[0]):
            happen()
        Rules.objects.update_or_create(pk=1, defaults={"shows_figures": self.words["shows_figures"]})

    def _report(self, number: int, row: dict[str, Any]) -> None:
        article, at = self._article(row), self._moment(row["days"])
        revision = article.current(at)
        assert revision  # noqa: S101
        self.reports[number] = actions.report(
            article,
            revision=revision,
            quote=row.get("words", ""),
            suggestion=row.get("suggestion", ""),
            comment=row.get("comment", ""),
            kind=row.get("kind", ""),
            email=row.get("email", ""),
            name=row.get("name", ""),
            may_be_thanked=row.get("may_be_thanked", False),
            channel=row["channel"],
            key=uuid.uuid5(_KEYS, str(number)),
            at=at,
        )

    def _ask(self, number: int, row: dict[str, Any]) -> None:
        at = self._moment(row["question_days"])
        actions.ask(self.reports[number], question=row["question"], by=self.editor, at=at)

    def _reply(self, number: int, row: dict[str, Any]) -> None:
        actions.answer(self.reports[number], text=row["reply"], at=self._moment(row["reply_days"]))

    def _decide(self, number: int, row: dict[str, Any]) -> None:
        reports, at = [Report.objects.get(pk=self.reports[number].pk)], self._moment(row["outcome_days"])
        match row["outcome"]:
            case "applied":
                self._apply(reports[0], row, at)
            case "declined":
                actions.decline(reports, answer=row["answer"], by=self.editor, at=at)
            case "already_fixed":
                actions.already_fixed(reports, by=self.editor, at=at)
            case "spam":
                actions.mark_spam(reports, by=self.editor, at=at)

    def _apply(self, report: Report, row: dict[str, Any], at: datetime) -> None:
        assert report.place_start is not None  # noqa: S101
        assert report.place_end is not None  # noqa: S101
        notice = row.get("notice", "")
        place = Revision.NoticePlace.FOOT if notice else ""
        actions.apply(
            [report],
            words=report.suggestion,
            place=(report.place_start, report.place_end),
            seen_revision=report.place_revision,
            change=Change(row["change"], notice, place, "A reader’s report"),
            by=self.editor,
            at=at,
            thanks=[report.pk],
        )

    def _change(self, row: dict[str, Any]) -> None:
        """An editor puts something right that nobody had to tell."""
        article, at = self._article(row), self._moment(row["days"])
        if row.get("is_order"):
            article.body = self._swapped(row["story"], row["edition"], article.body)
        else:
            for mistake in self._of(row, "mistakes"):
                article.body = article.body.replace(mistake["wrong"], mistake["right"])
        save_draft(article, by=self.editor, at=at - timedelta(minutes=10))
        amend(article, change=Change(row["kind"], reason=row.get("reason", "")), by=self.editor, at=at)

    def _article(self, row: dict[str, Any]) -> Article:
        return Article.objects.get(pk=self.written[row["story"]][row["edition"]].pk)

    def _moment(self, days: float) -> datetime:
        return self.at - timedelta(days=days)

    def _of(self, row: dict[str, Any], kind: str) -> list[dict[str, Any]]:
        return [each for each in self.words[kind] if (each["story"], each["edition"]) == (row["story"], row["edition"])]

    def _swapped(self, story: str, edition: str, body: str) -> str:
        return _swapped(self._of({"story": story, "edition": edition}, "swapped"), body)


def first_version(story: str, edition: str, body: str) -> str:
    """The text of a story with the mistakes that its first readers found."""
    words = _words()
    here = [
        row
        for kind in ("mistakes", "swapped")
        for row in words[kind]
        if (row["story"], row["edition"]) == (story, edition)
    ]
    for mistake in (row for row in here if "wrong" in row):
        if mistake["right"] not in body:
            raise ValueError(f"{story}, {edition}: “{mistake['right']}” is not there to be got wrong.")
        body = body.replace(mistake["right"], mistake["wrong"], 1)
    return _swapped([row for row in here if "first" in row], body)


def see_to(articles: Iterable[Article], by: User, at: datetime) -> None:
    """What was changed in both editions at once needs nobody to look after it."""
    FollowUp.objects.filter(article__in=list(articles), seen_to_at=None).update(seen_to_at=at, seen_to_by=by)


def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "corrections.toml").read_text())


def _swapped(rows: list[dict[str, Any]], body: str) -> str:
    """The body with two paragraphs, one behind the other, in the other order; done twice it is as it was."""
    for row in rows:
        one, other = (rf"<p>{re.escape(row[name])}(?:(?!</p>).)*</p>" for name in ("first", "second"))
        body = re.sub(rf"({one}|{other})(\s*)({other}|{one})", r"\3\2\1", body, count=1, flags=re.DOTALL)
    return body
