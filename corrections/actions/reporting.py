from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from articles.anchors import NotInText, State, find
from articles.models import Article, Revision
from corrections.actions.deciding import acknowledge
from corrections.actions.errors import CorrectionError
from corrections.models import Message, Report


class NotInThisVersion(CorrectionError):
    pass


@transaction.atomic
def report(
    article: Article,
    *,
    revision: Revision,
    quote: str = "",
    prefix: str = "",
    suffix: str = "",
    near: int | None = None,
    suggestion: str = "",
    comment: str = "",
    kind: str = "",
    email: str = "",
    name: str = "",
    may_be_thanked: bool = False,
    channel: str,
    key: uuid.UUID,
    at: datetime,
) -> Report:
    place: dict[str, object] = {"place": State.WHOLE}
    if quote:
        try:
            found = find(revision.text, quote, prefix, suffix, near)
        except NotInText as error:
            raise NotInThisVersion from error
        place = {
            "quote": found.quote, "prefix": found.prefix, "suffix": found.suffix, "start": found.start, "end": found.end,
            "place": State.CURRENT, "place_start": found.start, "place_end": found.end,
        }  # fmt: skip
    status = Report.Status.HELD if "http" in comment + suggestion + name else Report.Status.OPEN
    fields = {
        "article": article, "revision": revision, "place_revision": revision, "suggestion": suggestion, "comment": comment,
        "kind": kind, "email": email, "name": name, "may_be_thanked": may_be_thanked, "channel": channel,
        "received_at": at, "status": status,
    }  # fmt: skip
    made, is_new = Report.objects.get_or_create(key=key, defaults=fields | place)
    if is_new:
        acknowledge(made)
    return made


def answer(report: Report, *, text: str, at: datetime) -> Message:
    return Message.objects.create(report=report, is_from_reader=True, text=text, written_at=at)
