"""The search page: from what was asked to the context of its template."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Contributor, SearchEntry, Section, Topic
from articles.search import suggestions
from articles.search.form import DATE, SearchForm
from articles.search.hits import COUNTED, RANKED, Hit, Hits, Narrowing, after, horizon
from articles.search.plans import by_index
from articles.search.questions import read, understand
from articles.search.results import results
from articles.search.subjects import called
from articles.search.words import words
from newsroom.models import Edition

PER_PAGE = 12
_OFFERED = 40  # of each list to narrow by
_COUNTED_ELSEWHERE = 100


class Search:
    """One question as it is answered. `edition` is the reader's; the articles may be another edition's."""

    def __init__(self, asked: QueryDict, edition: Edition, at: datetime) -> None:
        self.form = SearchForm(asked, edition.code)
        self.edition, self.at = edition, at
        self.is_wrong = not self.form.is_valid()
        self.kept = {} if self.is_wrong else self.form.kept()

    def context(self) -> dict[str, Any]:
        """What the template shows. Raises `NoSuchPage` for an address that no page of results leads to."""
        base = {"edition": self.edition, "typed": self.form.typed(), "counterparts": self._elsewhere({})}
        if self.is_wrong:
            return base | {"refusal": " ".join(str(error) for errors in self.form.errors.values() for error in errors)}
        asked = self.form.cleaned_data
        if not asked["q"]:
            return base
        self.language: str = asked["edition"]
        self.meaning = understand(read(asked["q"]), self.language)
        if not self.meaning.tsquery:
            return base | {"refusal": _nothing_to_seek(asked["q"])}
        behind = _number(asked["after"]) if asked["order"] == DATE else None
        since = horizon(self.language, behind)
        with by_index():
            return base | self._answer(asked, since, behind)

    def _answer(self, asked: dict[str, Any], since: datetime | None, behind: int | None) -> dict[str, Any]:
        person = self._person(asked["person"])
        narrowing = Narrowing(asked["section"], asked["topic"], person.pk if person else 0, asked["year"] or 0)
        is_lost = bool(asked["person"]) and person is None
        hits = Hits(self.meaning, self.language, self.at, narrowing)
        ranked = [] if is_lost else hits.ranked(since)
        total = len(ranked) if len(ranked) < RANKED else hits.count()
        numbers, older = self._page(asked, hits, ranked, since, behind)
        limit = self.edition.policy["limit"]
        found = results(numbers, self.meaning, self.language, at=self.at, limit=limit)
        choices = self._choices(ranked, asked, is_exact=total == len(ranked))
        return {
            "results": found,
            "language": self.language,
            "total": min(total, COUNTED),
            "is_more": total > COUNTED,
            "older": self._address(after=older) if older else "",
            "all_by_date": self._address(order=DATE)
            if not older and total > len(ranked) and asked["order"] != DATE
            else "",
            "choices": choices,
            "chips": self._chips(asked, person, choices),
            "order": asked["order"],
            "orders": self._orders(asked["order"]),
            "subjects": [] if asked["after"] else called(asked["q"], self.language, self.at),
            "others": self._in_other_editions() if not asked["after"] else [],
            "typed_words": len(words(asked["q"])),
            "instead": {} if found or asked["after"] else self._instead(asked["q"]),
            "counterparts": self._elsewhere({"q": asked["q"]}),
        }

    def _page(
        self, asked: dict[str, Any], hits: Hits, ranked: list[Hit], since: datetime | None, behind: int | None
    ) -> tuple[list[int], str]:
        """The numbers of the articles on this page, and the mark behind which the next begins."""
        if asked["order"] == DATE:
            numbers = hits.newest(PER_PAGE + 1, since, behind) if ranked else []
            return numbers[:PER_PAGE], str(numbers[PER_PAGE - 1]) if len(numbers) > PER_PAGE else ""
        mark = asked["after"]
        rest = after(ranked, mark) if mark else ranked
        if rest is None:
            raise NoSuchPage
        page = rest[:PER_PAGE]
        return [hit.article for hit in page], page[-1].mark if len(rest) > PER_PAGE else ""

    def _person(self, slug: str) -> Any:
        """Somebody whom something public names: nobody else is known to readers."""
        person = Contributor.objects.named_in(self.language).filter(slug=slug).first() if slug else None
        return person if person and SearchEntry.objects.public(self.at).naming(person.pk).exists() else None

    # --- What a list of hits can be narrowed by ---

    def _choices(self, ranked: list[Hit], asked: dict[str, Any], *, is_exact: bool) -> list[dict[str, Any]]:
        """Sections, topics, people and years of the hits, with their numbers where they are of all hits."""
        sections = Counter(hit.section for hit in ranked if hit.section)
        people = Counter(person for hit in ranked for person in hit.people)
        years = Counter(localtime(hit.published_at).year for hit in ranked)
        here = Section.objects.filter(edition=self.language, pk__in=sections)
        topics = Topic.objects.filter(articles__in=[hit.article for hit in ranked]).annotate(number=Count("pk"))
        named: Any = Contributor.objects.named_in(self.language).filter(
            pk__in=[pk for pk, _n in people.most_common(_OFFERED)]
        )
        lists: list[tuple[str, str, str, list[tuple[Any, str, int]]]] = [
            ("section", _("Section"), _("All sections"), [(row.slug, row.name, sections[row.pk]) for row in here]),
            (
                "topic", _("Topic"), _("All topics"),
                [(row.slug, row.name, row.number) for row in topics.order_by("-number", "name")[:_OFFERED]],
            ),
            ("person", _("Person"), _("All people"), [(row.slug, row.shown_name, people[row.pk]) for row in named]),
            ("year", _("Year"), _("All years"), [(year, str(year), years[year]) for year in sorted(years, reverse=True)]),
        ]  # fmt: skip
        return [
            {
                "name": name, "label": label, "all": all_of_them, "chosen": str(asked[name] or ""),
                "rows": [(str(value), f"{shown} ({number})" if is_exact else shown, shown) for value, shown, number in rows],
            }
            for name, label, all_of_them, rows in lists
        ]  # fmt: skip

    def _chips(self, asked: dict[str, Any], person: Any, choices: list[dict[str, Any]]) -> list[dict[str, str]]:
        """What the list is narrowed by, each with the address without it."""
        chips = []
        for choice in choices:
            if value := choice["chosen"]:
                name = next((shown for slug, _label, shown in choice["rows"] if slug == value), value)
                if choice["name"] == "person" and person:
                    name = person.shown_name
                chips.append({"label": choice["label"], "name": name, "url": self._address(**{choice["name"]: ""})})
        return chips

    def _orders(self, chosen: str) -> list[dict[str, Any]]:
        return [
            {"label": _("Best first"), "url": self._address(order=""), "is_chosen": chosen != DATE},
            {"label": _("Newest first"), "url": self._address(order=DATE), "is_chosen": chosen == DATE},
        ]

    # --- Where else to look ---

    def _in_other_editions(self) -> list[dict[str, Any]]:
        question = read(self.kept["q"])
        found = []
        for row in self.edition.edition_rows:
            if row["code"] == self.language:
                continue
            meaning = understand(question, row["code"])
            # What begins as no word of theirs does would be sought among all words of this edition, for nothing.
            may_be = bool(meaning.tsquery) and not meaning.guesses
            number = Hits(meaning, row["code"], self.at).count(_COUNTED_ELSEWHERE) if may_be else 0
            if number:
                url = _page_of(row["code"]) + "?" + _query({"q": self.kept["q"]})
                found.append(
                    {
                        **row,
                        "url": url,
                        "number": min(number, _COUNTED_ELSEWHERE),
                        "is_more": number > _COUNTED_ELSEWHERE,
                    }
                )
        return found

    def _instead(self, text: str) -> dict[str, Any]:
        """What else to ask when nothing is found: without the filters, spelt otherwise, with any of the words."""
        if len(self.kept) > 1 and Hits(self.meaning, self.language, self.at).exist():
            return {"unnarrowed": self._address(section="", topic="", person="", year="")}
        offers = (
            suggestions.on_the_other_keyboard(text, self.language, self.at)
            or suggestions.spelt_otherwise(text, self.language, self.at),
            suggestions.any_word(text, self.language, self.at),
        )
        meant, either = ({"text": offer, "url": self._address(q=offer)} if offer else None for offer in offers)
        return {"meant": meant, "either": either}

    def _elsewhere(self, query: dict[str, str]) -> list[dict[str, str]]:
        """The search pages of the other editions, with the same words in them."""
        suffix = "?" + _query(query) if query else ""
        return [
            {"code": row["code"], "language": row["language"], "url": _page_of(row["code"]) + suffix}
            for row in self.edition.edition_rows
            if row["code"] != self.edition.code
        ]

    def _address(self, **changed: str) -> str:
        return "?" + _query({name: value for name, value in (self.kept | changed).items() if value})


class NoSuchPage(Exception):
    """The address names a place behind which no page of these results begins."""


def _number(mark: str) -> int | None:
    """The number of the article that a page of the newest begins behind."""
    if mark and not (mark.isascii() and mark.isdigit() and len(mark) < 19):
        raise NoSuchPage
    return int(mark) if mark else None


def _nothing_to_seek(text: str) -> str:
    """Why the question finds nothing, as a sentence."""
    if not words(text):
        return _("There is no word in that. Write at least one word to search for.")
    if not list(read(text).terms()):
        return _("That says only what must not be there. Add a word that must.")
    return _("Words like these stand in every article. Add one that says more.")


def _page_of(edition: str) -> str:
    return reverse("site:search", current_app=edition)


def _query(values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()
