from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from articles import anchors
from articles.anchors import Anchor, Movement, NotInText, Place, State
from articles.models import Article, Revision
from articles.text import policy_text
from corrections.actions.errors import (
    ArticleGone,
    EmptyReport,
    NothingAsked,
    NotInThisVersion,
    QuoteTooLong,
    VersionUnknown,
)
from corrections.actions.telling import acknowledge
from corrections.models import Message, Report
from newsroom.html import escape

AGAIN = timedelta(days=1)  # within which the same words from the same reader are the same report
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]*://\S|\bwww\.\w|<\s*a\s|\[(?:url|link)\b|\b[a-z0-9-]+\.[a-z]{2,}/\S"
    r"|\b[a-z0-9-]{2,}\.(?:com|net|org|info|biz|io|ru|cn|top|xyz|shop|site|online|store|club|live|vip|link|click|app)\b",
    re.IGNORECASE,
)


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
    """Keep what a reader says is wrong with the words that stood in `revision`, the version that the reader saw.

    `quote` without a place in it is never kept: where it begins and ends is found here; `prefix`, `suffix` and `near`
    (code points of policy text) only tell equal words apart. An empty quote means the article as a whole. The same
    report sent twice is one. What holds a link waits until an editor lets it in.
    Raises ArticleGone, VersionUnknown, NotInThisVersion, QuoteTooLong, EmptyReport.
    """
    # Locked, so that no version is published between finding the words and keeping the report.
    found = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    current = found.current(at)
    if not found.is_public(at) or current is None:
        raise ArticleGone
    if revision.article_id != found.pk or revision.goes_live_at > at or revision.number > current.number:
        raise VersionUnknown
    anchor = _anchor(revision.text, policy_text(escape(quote)), prefix, suffix, near)
    said = {
        "quote": anchor.quote if anchor else "",
        "start": anchor.start if anchor else None,
        "suggestion": suggestion,
        "comment": comment,
        "kind": kind,
        "email": email,
        "name": name,
    }
    if not any(said[part] for part in ("quote", "suggestion", "comment")):
        raise EmptyReport
    if same := _sent_before(found, said, key, at):
        return same
    place = _carried(anchor, revision, current, suggestion, at)
    kept = Report.objects.create(
        article=found,
        key=_changed(key, said) if Report.objects.filter(key=key).exists() else key,
        channel=channel,
        revision=revision,
        prefix=anchor.prefix if anchor else "",
        suffix=anchor.suffix if anchor else "",
        end=anchor.end if anchor else None,
        place=place.state,
        place_revision=current,
        place_start=place.start,
        place_end=place.end,
        may_be_thanked=may_be_thanked and bool(name),
        received_at=at,
        status=Report.Status.HELD if _holds_link(said) else Report.Status.OPEN,
        **said,
    )
    acknowledge(kept)
    return kept


@transaction.atomic
def answer(report: Report, *, text: str, at: datetime) -> Message:
    """Keep what the reader answers to an editor's question. Raises NothingAsked."""
    found = Report.objects.select_for_update().get(pk=report.pk)
    if not found.question():
        raise NothingAsked
    return Message.objects.create(report=found, is_from_reader=True, text=text, written_at=at)


def _anchor(text: str, quote: str, prefix: str, suffix: str, near: int | None) -> Anchor | None:
    if not quote:
        return None
    if len(quote) > anchors.LONGEST_QUOTE:
        raise QuoteTooLong(len(quote))
    try:
        return anchors.find(text, quote, prefix, suffix, near)
    except NotInText as error:
        raise NotInThisVersion(is_ambiguous=bool(error.places)) from error


def _sent_before(article: Article, said: dict[str, Any], key: uuid.UUID, at: datetime) -> Report | None:
    """The report that this one repeats: by the same form, or within a day by the same reader, who is known by e-mail.

    Two readers who say the same without an address are two: how many they are helps to judge.
    """
    same = article.reports.filter(**said)
    if sent := same.filter(key__in=[key, _changed(key, said)]).first():
        return sent
    return same.filter(received_at__gt=at - AGAIN).first() if said["email"] else None


def _changed(key: uuid.UUID, said: dict[str, Any]) -> uuid.UUID:
    """The key of a form that was changed and sent again: the same for the same words, so that twice is once."""
    return uuid.uuid5(key, repr(sorted(said.items())))


def _carried(anchor: Anchor | None, seen: Revision, current: Revision, suggestion: str, at: datetime) -> Place:
    """Where the words stand now, carried over every change that was published since the reader loaded the page."""
    if anchor is None:
        return Place(State.WHOLE)
    place = Place(State.CURRENT, anchor.start, anchor.end)
    later = seen.article.revisions.filter(number__gt=seen.number, number__lte=current.number, goes_live_at__lte=at)
    old = seen.text
    for new in later.order_by("number").values_list("text", flat=True):
        place = anchors.carry(anchor, place, Movement(old, new), suggestion)
        old = new
    return place


def _holds_link(said: dict[str, Any]) -> bool:
    """Whether a reader's own words hold a link; one that stands in the article already says nothing against them."""
    words = [said["comment"], said["name"], said["suggestion"]]
    return any(found[0] not in said["quote"] for word in words for found in _LINK.finditer(word))
