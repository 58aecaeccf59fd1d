from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from django.db import transaction

from articles import actions as of_articles
from articles.anchors import CONTEXT, LONGEST_QUOTE
from articles.models import Article, Revision
from articles.striking import Words
from corrections.actions.errors import NothingToRedact, ReasonNamesTheWords
from corrections.carrying import bring_up_to_date
from corrections.log import changed_between
from corrections.models import Correction, Message, Redaction, Report
from newsroom.models import User


@transaction.atomic
def redact(article: Article, *, words: str, reason: str, by: User | None, at: datetime) -> Redaction:
    """Remove words from all that is kept of an article's past: its versions, their log, what readers reported.

    There is no way back. The words themselves are not kept, and readers are told the reason. Raises ReasonNamesTheWords,
    NothingToRedact, and articles.actions.WordsStillPublic.
    """
    sought = Words(words)
    if sought.stand_in(reason):
        raise ReasonNamesTheWords
    # A scheduled version that is due is the public one: reports stand on it before any earlier text becomes shorter.
    public = Article.objects.select_for_update().get(pk=article.pk).current(at)
    if public:
        bring_up_to_date(Report.objects.undecided().filter(article=article), public)
    struck = of_articles.strike_out(article, words=sought, by=by, at=at)
    _redact_corrections(article, sought, struck)
    _redact_reports(article, sought, struck)
    of_articles.strike_from_rows(Message.objects.filter(report__article=article), ["text"], sought)
    of_articles.strike_from_rows(Redaction.objects.filter(article=article), ["reason"], sought)
    if not sought.places:
        raise NothingToRedact
    return Redaction.objects.create(
        article=article, reason=reason.strip(), places=sought.places, made_at=at, made_by=by
    )


def places_to_redact(article: Article, *, words: str, reason: str, at: datetime) -> int:
    """In how many places `redact` would remove the words: counted by doing it, and undone at once. Raises what it does."""
    with transaction.atomic():
        places = redact(article, words=words, reason=reason, by=None, at=at).places
        transaction.set_rollback(True)
    return places


def _redact_corrections(article: Article, sought: Words, struck: of_articles.StruckOut) -> None:
    """Also the sentences, which may end within the words and keep a part: those of a version that lost words are cut anew."""
    lost = {revision.pk for revision in struck.revisions}
    versions: dict[int, tuple[Revision, Revision]] = {}
    if lost:
        for previous, revision in pairwise(article.revisions.order_by("number")):
            if lost & {previous.pk, revision.pk}:
                versions[revision.pk] = previous, revision
    for correction in Correction.objects.filter(article=article):
        before, after, thanked = correction.before, correction.after, correction.thanked
        correction.before, correction.after = sought.struck_from_line(before), sought.struck_from_line(after)
        if (before or after) and correction.revision_id in versions:
            sentence = changed_between(*versions[correction.revision_id])
            correction.before, correction.after = sentence.before, sentence.after
        correction.thanked = [name for name in thanked if not sought.stand_in(name)]
        sought.places += len(thanked) - len(correction.thanked)
        if correction.after != after:
            correction.start = correction.end = None
        if (before, after, thanked) != (correction.before, correction.after, correction.thanked):
            correction.save(update_fields=["before", "after", "thanked", "start", "end"])


def _redact_reports(article: Article, sought: Words, struck: of_articles.StruckOut) -> None:
    texts = {revision.pk: revision.text for revision in struck.revisions}
    for report in Report.objects.filter(article=article, revision__in=texts, start__isnull=False):
        _quote_anew(report, struck.texts[report.revision_id], texts[report.revision_id], sought)
    names = ["suggestion", "comment", "answer", "name"]
    of_articles.strike_from_rows(Report.objects.filter(article=article), names, sought)


def _quote_anew(report: Report, old: str, new: str, sought: Words) -> None:
    """Quote from the text without the words: of a name, context that ends within it would keep a part."""
    assert report.start is not None  # noqa: S101  (asked for)
    assert report.end is not None  # noqa: S101
    start, end = report.start, report.end
    for first, last in sought.ranges(old):
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    quote = sought.struck_from_line(old[start:end])[:LONGEST_QUOTE]
    near = len(Words(sought.words).struck_from_line(old[:start]))
    places = [match.start() for match in re.finditer(re.escape(quote), new)]
    if not places:  # it went across markup, where each part has a mark of its own
        report.quote, report.prefix, report.suffix, report.start, report.end = quote, "", "", 0, 1
    else:
        report.start = min(places, key=lambda place: abs(place - near))
        report.end = report.start + len(quote)
        report.quote = quote
        report.prefix = new[max(0, report.start - CONTEXT) : report.start]
        report.suffix = new[report.end : report.end + CONTEXT]
    report.save(update_fields=["quote", "prefix", "suffix", "start", "end"])
