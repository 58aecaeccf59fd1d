"""What stands on the page of the queue: reports by article, and one card for all that say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Max, Min, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.dateparse import parse_datetime

from articles.anchors import CONTEXT, State
from articles.models import Article, Revision
from corrections import alike, sentences
from corrections.admin.common import number as key
from corrections.carrying import bring_up_to_date
from corrections.models import Message, Report
from corrections.models.reports import ReportQuerySet

ARTICLES = 6  # on one page
CARDS = 8  # of one article; the rest comes when these are decided, or on a page of its own
CARDS_OF_ONE = 60  # on that page
OTHERS = 200
READERS = 5  # whose comments stand on one card
READERS_OF_ONE = 200  # on the page of its own
GRAVE = {Report.Kind.FACT, Report.Kind.TRANSLATION}  # never changed in silence by one key
DECIDED = 30  # on one page


@dataclass(slots=True)
class Card:
    """Reports that say the same: `first` stands for all, `shown` are those whose own words are read here."""

    first: Report
    shown: list[Report]
    count: int
    sentence: sentences.Sentence
    present: sentences.Sentence | None = None  # where the place is uncertain: what may be meant in the present text
    questions: list[Message] = field(default_factory=list)
    thanks: dict[int, str] = field(default_factory=dict)  # report → name, of every reader who agreed to be thanked
    kinds: list[str] = field(default_factory=list)
    unread: int = 0  # comments of readers that are not shown here
    others: list[int] = field(default_factory=list)  # reports beside the first, by which an address may name the card
    then: int | None = None  # the report of the next card, to go on with

    @property
    def is_certain(self) -> bool:
        return State(self.first.place).is_certain

    @property
    def may_apply(self) -> bool:
        return self.is_certain and bool(self.first.suggestion)

    @property
    def is_grave(self) -> bool:
        return not GRAVE.isdisjoint(self.kinds)

    @property
    def kinds_in_words(self) -> list[str]:
        return [str(Report.Kind(kind).label) for kind in self.kinds]

    @property
    def names(self) -> list[str]:
        """What the log would publish if this is applied."""
        return list(dict.fromkeys(self.thanks.values()))

    @property
    def thanked_reports(self) -> str:
        """The reports whose names are read here, to be sent with the decision: one that comes later is not thanked."""
        return ",".join(str(pk) for pk in self.thanks)

    @property
    def may_be_placed(self) -> bool:
        """Whether an editor can say which words of the present text are meant."""
        return bool(self.first.quote) and not self.is_certain


@dataclass(slots=True)
class ArticleCards:
    article: Article
    cards: list[Card]
    count: int  # of reports, those that are not shown too

    @property
    def hidden(self) -> int:
        return self.count - sum(card.count for card in self.cards)


@dataclass(slots=True)
class QueuePage:
    articles: list[ArticleCards]
    older: str  # where the next page begins, or ""


def waiting(chosen: Q, *, at: datetime, after: str = "", article: int | None = None) -> QueuePage:
    """A page of the chosen reports, by article, each in the order of its text.

    The article comes first that was reported on last, decided or not: so a decision moves nothing under the editor's
    hands. `after` is a former page's `older`. With `article`, all that wait for this one.
    """
    everything = Report.objects.order_by() if article is None else Report.objects.order_by().filter(article=article)
    by_article = everything.values("article").annotate(newest=Max("received_at"), count=Count("pk", filter=chosen))
    reports = Report.objects.filter(chosen)
    rows = list(_after(by_article.filter(count__gt=0), after).order_by("-newest", "-article")[: ARTICLES + 1])
    rows, more = rows[:ARTICLES], rows[ARTICLES:]
    counts = {row["article"]: row["count"] for row in rows}
    articles = _articles(counts)
    most = CARDS_OF_ONE if article is not None else CARDS
    cards = _cards(reports, articles, most, at)
    _point_to_the_next([card for number in counts for card in cards[number]])
    return QueuePage(
        [ArticleCards(articles[number], cards[number], count) for number, count in counts.items()],
        f"{rows[-1]['newest'].isoformat()},{rows[-1]['article']}" if more else "",
    )


def decided(reports: ReportQuerySet, *, after: str = "") -> tuple[list[Report], str]:
    """What was decided last, and where the next page begins, or ""."""
    moment, number = _place_of(after)
    if moment:
        reports = reports.filter(Q(decided_at__lt=moment) | Q(decided_at=moment, pk__lt=number))
    related = ["decided_by", "article__edition", "article__live", "article__next", "correction"]
    long = ["article__body", "article__standfirst"]
    long += [f"article__{name}__{field}" for name in ("live", "next") for field in ("body", "text", "pictures")]
    found = list(reports.select_related(*related).defer(*long).order_by("-decided_at", "-pk")[: DECIDED + 1])
    shown = found[:DECIDED]
    return shown, f"{shown[-1].decided_at.isoformat()},{shown[-1].pk}" if len(found) > DECIDED else ""  # type: ignore[union-attr]


def card_of(
    reports: list[Report], revision: Revision, questions: Iterable[Message] = (), *, readers: int = READERS
) -> Card:
    """One card for reports that say the same, as it stands in the queue and above each step."""
    first = reports[0]
    card = Card(first, reports[:readers], len(reports), _sentence(first, revision), _present(first, revision))
    _sum_up(
        card, [(each.pk, each.kind, each.name if each.may_be_thanked else "", bool(each.comment)) for each in reports]
    )
    card.questions = [question for question in questions if question.report_id in {each.pk for each in reports}]
    return card


def _sum_up(card: Card, rows: Iterable[tuple[int, str, str, bool]]) -> None:
    """What is told of all of its reports: the key, the kind, the name to thank and whether there is a comment, of each."""
    shown = {report.pk for report in card.shown}
    rows = list(rows)
    card.others = [pk for pk, *_rest in rows if pk != card.first.pk][:OTHERS]
    card.kinds = list(dict.fromkeys(kind for _pk, kind, _name, _has_comment in rows if kind))
    card.thanks = {pk: name for pk, _kind, name, _has_comment in rows if name}
    card.unread = sum(has_comment for pk, _kind, _name, has_comment in rows if pk not in shown)


def _after(rows: Any, after: str) -> Any:
    moment, number = _place_of(after)
    if moment is None:
        return rows
    return rows.filter(Q(newest__lt=moment) | Q(newest=moment, article__lt=number))


def _place_of(after: str) -> tuple[datetime | None, int]:
    """What `older` said; it comes back from outside, and what is wrong is the first page."""
    moment, _comma, number = after.partition(",")
    try:
        found = parse_datetime(moment)
    except ValueError:
        found = None
    following = key(number)
    return (found, following) if found and found.tzinfo and following is not None else (None, 0)


def _articles(numbers: Iterable[int]) -> dict[int, Article]:
    found = Article.objects.filter(pk__in=list(numbers)).select_related("edition", "section", "live", "next")
    return found.defer("body", "standfirst", "live__body", "next__body").in_bulk()


def _cards(reports: ReportQuerySet, articles: Mapping[int, Article], most: int, at: datetime) -> dict[int, list[Card]]:
    rows = _rows(reports, articles, most)
    shown = _shown(rows)
    stale = {
        report.article_id: public
        for report in shown.values()
        if (public := articles[report.article_id].current(at)) and report.place_revision_id != public.pk
    }
    if stale:  # a scheduled version became public by its date
        for number, public in stale.items():
            bring_up_to_date(Report.objects.undecided().filter(article=number), public)
        rows = _rows(reports, articles, most)
        shown = _shown(rows)
    questions = list(Message.objects.filter(report__in=shown).select_related("author"))
    told = _told(rows)
    cards: dict[int, list[Card]] = defaultdict(list)
    for number, group in _groups(rows, shown):
        public = articles[number].current(at)
        if public:
            card = card_of([shown[pk] for row in group for pk in row["numbers"] if pk in shown], public, questions)
            card.count = sum(row["count"] for row in group)
            _sum_up(card, [told[pk] for pk in sorted(pk for row in group for pk in row["numbers"]) if pk in told])
            cards[number].append(card)
    return cards


def _rows(reports: ReportQuerySet, articles: Iterable[int], most: int) -> list[dict[str, Any]]:
    """The first `most` groups of each article: those with the very same words at the very same place."""
    alone = Case(When(suggestion="", then=F("pk")), default=Value(0))
    same = ("article", "place_start", "place_end", "quote", "suggestion")
    groups = reports.order_by().filter(article__in=list(articles)).values(*same, alone=alone)
    groups = groups.annotate(oldest=Min("pk"), count=Count("pk"), numbers=ArrayAgg("pk", order_by="pk"))
    place = Window(
        RowNumber(), partition_by="article", order_by=[F("place_start").asc(nulls_last=True), F("oldest").asc()]
    )
    return list(
        groups.annotate(place_on_page=place).filter(place_on_page__lte=most).order_by("article", "place_on_page")
    )


def _shown(rows: Iterable[dict[str, Any]]) -> dict[int, Report]:
    return Report.objects.in_bulk([pk for row in rows for pk in row["numbers"][:READERS]])


def _told(rows: Iterable[dict[str, Any]]) -> dict[int, tuple[int, str, str, bool]]:
    """In short, of every report of the groups, however many there are."""
    name = Case(When(may_be_thanked=True, then=F("name")), default=Value(""))
    reports = Report.objects.filter(pk__in=[pk for row in rows for pk in row["numbers"]]).order_by()
    found = reports.annotate(thanks=name, has_comment=Q(comment__gt=""))
    return {row[0]: row for row in found.values_list("pk", "kind", "thanks", "has_comment")}


def _groups(rows: Iterable[dict[str, Any]], shown: Mapping[int, Report]) -> list[tuple[int, list[dict[str, Any]]]]:
    """Rows whose edits are equal, though their readers chose more or fewer words around it."""
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["article"], alike.edit(shown[row["oldest"]])), []).append(row)
    return [(key[0], group) for key, group in groups.items()]


def _point_to_the_next(cards: list[Card]) -> None:
    for card, following in pairwise(cards):
        card.then = following.first.pk


def _sentence(report: Report, revision: Revision) -> sentences.Sentence:
    """With its place in the present text where that is certain, else as the reader saw it."""
    if State(report.place).is_certain and report.place_start is not None and report.place_end is not None:
        return sentences.around(revision.text, report.place_start, report.place_end, report.suggestion)
    return sentences.quoted(report.prefix, report.quote, report.suffix, report.suggestion, most=CONTEXT)


def _present(report: Report, revision: Revision) -> sentences.Sentence | None:
    if State(report.place).is_certain or report.place_start is None or report.place_end is None:
        return None
    return sentences.around(revision.text, report.place_start, report.place_end)
