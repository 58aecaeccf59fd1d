"""Which article a mail is about: the one that it links to, or the only one that has the words which it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import Article, Revision
from articles.search.hits import Hits
from articles.search.questions import LONGEST, read, understand
from corrections.mail_in.proposals import alike
from corrections.models import Report
from newsroom import editions
from newsroom.models import OldAddress

_MOST_LINKS = 40
_MOST_PASSAGES = 6  # of a mail without a link that are searched for
_SHORTEST_PASSAGE = 20  # characters
_FEWEST_WORDS, _MOST_WORDS = 4, 12
_MOST_HITS = 20  # articles with such words; where there are more, none is meant for certain
_AFTER_A_LINK = ".,;:!?)]}>»”’\"'*_"


class Named:
    """What the links of a mail lead to, in order."""

    def __init__(self, text: str, links: Iterable[str], at: datetime) -> None:
        self.articles: list[Article] = []
        self.report: Report | None = None
        self.edition = ""
        for path in islice(dict.fromkeys(_paths(text, links)), _MOST_LINKS):
            self._follow(path, at)

    def _follow(self, path: str, at: datetime, *, may_lead_on: bool = True) -> None:
        match = _match(path)
        if match is None:
            return self._follow_old(path, at) if may_lead_on else None
        edition = editions.edition_of_path(path)
        self.edition = self.edition or edition
        if match.url_name == "report-status":
            self.report = self.report or Report.objects.by_link(match.kwargs["token"])
        elif match.route.partition("articles/<slug:slug>/")[1]:
            found = _article(edition, match.kwargs["slug"], at)
            if found and found not in self.articles:
                self.articles.append(found)
        return None

    def _follow_old(self, path: str, at: datetime) -> None:
        row = OldAddress.objects.all().answering(path)
        if row and row.target.startswith("/"):
            self._follow(row.target.partition("?")[0], at, may_lead_on=False)


def quoting(passages: Iterable[str], at: datetime) -> Article | None:
    """The only public article whose text has one of the passages; None where none has, or several have."""
    for passage in list(_searchable(passages))[:_MOST_PASSAGES]:
        found = {article for code in settings.EDITIONS for article in _having(passage, code, at)}
        if len(found) == 1:
            return Article.objects.get(pk=found.pop())
    return None


def without_own_links(text: str) -> str:
    """The text without the addresses of this site in it, so that naming an article is no advertising."""
    return re.sub(rf"<?{_own_address()}[^\s<>]*>?", "", text)


def _paths(text: str, links: Iterable[str]) -> Iterator[str]:
    """The paths of this site that a mail names: in links of other services, too, and broken by a line's end."""
    joined = re.sub(r"\n[> \t]*", "", text)
    for place in (text, *links):
        for words in {place, unquote(place)}:
            for match in list(re.finditer(rf"{_own_address()}([^\s<>\"&]*)", words))[:_MOST_LINKS]:
                path = urlsplit(match[1].rstrip(_AFTER_A_LINK)).path
                yield path if path.endswith("/") else f"{path}/"
    for match in list(re.finditer(rf"{_own_address()}((?:/[\w-]+){{0,2}}/articles/[\w-]+/)", joined))[:_MOST_LINKS]:
        yield match[1]


def _own_address() -> str:
    """A pattern of this site's address, with any scheme or none, with "www." or without."""
    host = urlsplit(settings.SITE_URL).netloc.removeprefix("www.")
    return rf"(?:https?://)?(?:www\.)?(?<![\w.-])(?:www\.)?{re.escape(host)}(?=[/?#\s]|$)"


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _article(edition: str, slug: str, at: datetime) -> Article | None:
    here = Article.objects.in_edition(edition).public(at)
    return here.filter(slug=slug).first() or here.filter(former_slugs__slug=slug).first()


def _searchable(passages: Iterable[str]) -> Iterator[str]:
    """Those that are long enough to stand in one article only, the longest first."""
    for passage in sorted(dict.fromkeys(passages), key=len, reverse=True):
        if len(passage) >= _SHORTEST_PASSAGE and len(passage.split()) >= _FEWEST_WORDS:
            yield passage


def _having(passage: str, edition: str, at: datetime) -> Iterator[int]:
    """The numbers of public articles that have the passage: found by the index, then read."""
    words = re.sub(r"[\"“”„«»]", " ", passage).split()[:_MOST_WORDS]
    while len(" ".join(words)) + 2 > LONGEST:
        words.pop()
    meaning = understand(read(f'"{" ".join(words)}"'), edition)
    if not meaning.tsquery:
        return
    hits = Hits(meaning, edition, at).newest(_MOST_HITS + 1, None)
    if len(hits) > _MOST_HITS:
        return
    for article, text in Revision.objects.public(at).filter(article__in=hits).values_list("article", "text"):
        if alike(passage) in alike(text):
            yield article
