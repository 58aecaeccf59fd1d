"""Which old addresses may lead where: the lines of a list are judged together, and each refusal has its sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _

from newsroom import editions
from newsroom.models import OldAddress, Page
from newsroom.models.addresses import LONGEST, kept_as

#: The name of an address with a slug → which of these slugs there are in an edition. An app adds its own in `ready()`.
Finder = Callable[[str, set[str]], Iterable[str]]
FINDERS: dict[str, Finder] = {
    "page": lambda edition, slugs: Page.objects.filter(edition=edition, slug__in=slugs).values_list("slug", flat=True)
}
#: What a front page reads from its query by itself.
_OWN_KEYS = {"before"}
_MANY = 1_000  # lines from which the whole table is looked at, not the rows alone that they touch
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NOT_IN_TARGETS = re.compile(r"[\s\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: as somebody wrote it, or tidied as the table keeps it. `number` counts from 1."""

    number: int
    path: str
    target: str
    is_permanent: bool | None = True  # None: what somebody wrote says neither


@dataclass(frozen=True, slots=True)
class Refusal:
    line: Line
    sentence: str


@dataclass(slots=True)
class Plan:
    """What a list would do. A changed line comes with where it has led until now."""

    added: list[Line] = field(default_factory=list)
    changed: list[tuple[Line, str]] = field(default_factory=list)
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def taken(self) -> list[Line]:
        return [*self.added, *(line for line, _was in self.changed)]


class Wrong(Exception):
    """Why a line cannot be taken, as a sentence."""


def plan(lines: Sequence[Line], *, may_lead_elsewhere: bool, instead_of: OldAddress | None = None) -> Plan:
    """Judge `lines` together with what the table holds, but for `instead_of`, which they replace."""
    made = Plan()
    tidy: dict[str, Line] = {}
    for line in lines:
        try:
            found = tidied(line, may_lead_elsewhere=may_lead_elsewhere)
            first = tidy.setdefault(found.path, found)
            if first.target != found.target:
                raise Wrong(_("Line %(number)s leads from here to another address.") % {"number": first.number})
            made.same += first is not found
        except Wrong as wrong:
            made.refused.append(Refusal(line, str(wrong)))
    known = _known(tidy, instead_of)
    places = _Places([*tidy, *(line.target for line in tidy.values() if is_ours(line.target))])
    refused = _judged(tidy, {path: _within(row.target) for path, row in known.items()}, places)
    made.refused += [Refusal(tidy[path], sentence) for path, sentence in refused.items()]
    made.refused.sort(key=lambda refusal: refusal.line.number)
    for path, line in tidy.items():
        row = known.get(path)
        if path in refused:
            continue
        if row is None:
            made.added.append(line)
        elif (row.target, row.is_permanent) != (line.target, line.is_permanent):
            made.changed.append((line, row.target))
        else:
            made.same += 1
    return made


def is_looked_up_first(path: str, keys: Iterable[str]) -> bool:
    """Whether an old address wins over the page: a front page answers whatever query an older site's short links have."""
    return editions.is_home(path) and any(key not in _OWN_KEYS for key in keys)


def tidied(line: Line, *, may_lead_elsewhere: bool) -> Line:
    """The line as the table keeps it. Raises Wrong for what is no address, or leads where it may not."""
    path, target = line.path.strip(), line.target.strip()
    if not path or not target:
        raise Wrong(_("An old address and where it leads are needed."))
    if line.is_permanent is None:
        raise Wrong(_("In the third column stands 301 for good, 302 for a time, or nothing."))
    try:
        path, target = kept_as(path), _target(target)
    except ValueError:
        raise Wrong(_("This is not an address.")) from None
    if _CONTROL.search(path) or _NOT_IN_TARGETS.search(target):
        raise Wrong(_("An address has no blanks, backslashes or control characters in it."))
    if len(path) > LONGEST or len(target) > LONGEST:
        raise Wrong(_("An address has at most %(longest)s characters.") % {"longest": LONGEST})
    if not is_ours(target):
        _check_elsewhere(target, may_lead_elsewhere)
    return Line(line.number, path, target, line.is_permanent)


def is_ours(target: str) -> bool:
    return target.startswith("/") and not target.startswith("//")


def _target(typed: str) -> str:
    """Where a line leads: a path of ours with its last slash, or what was typed."""
    if typed == settings.SITE_URL or typed.startswith(f"{settings.SITE_URL}/"):
        typed = typed.removeprefix(settings.SITE_URL) or "/"
    parts = urlsplit(typed)
    if is_ours(typed) and not _is_whole(parts.path):
        return parts._replace(path=f"{parts.path}/").geturl()
    return typed


def _check_elsewhere(target: str, may_lead_elsewhere: bool) -> None:
    parts = urlsplit(target)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise Wrong(_("Write an address of this site that begins with “/”."))
    if not may_lead_elsewhere:
        raise Wrong(_("This leads to another site, which needs the right to it, and a tick that it is meant."))


def _within(target: str) -> str:
    """A target of ours as the table keeps paths, so that both compare; another site's is no path."""
    return kept_as(target) if is_ours(target) else target


def _known(tidy: Mapping[str, Line], instead_of: OldAddress | None) -> dict[str, OldAddress]:
    rows = OldAddress.objects.all()
    if len(tidy) < _MANY:
        rows = rows.touching(list(tidy), [_within(line.target) for line in tidy.values()])
    return {row.path: row for row in rows.iterator() if row != instead_of}


def _judged(tidy: Mapping[str, Line], known: Mapping[str, str], places: _Places) -> dict[str, str]:
    """Why tidied lines cannot be taken: path → sentence. A line that is refused does not count for the others."""
    refused: dict[str, str] = {}
    for judge in (_by_the_site, _by_where_others_lead, _by_what_leads_here):
        while True:
            standing = {path: line for path, line in tidy.items() if path not in refused}
            leads = {**known, **{path: _within(line.target) for path, line in standing.items()}}
            if not (found := judge(standing, leads, places)):
                break
            refused |= found
    return refused


def _by_the_site(lines: Mapping[str, Line], leads: Mapping[str, str], places: _Places) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, line in lines.items():
        if leads[path] == path:
            found[path] = _("This would lead from an address to itself.")
        elif sentence := _wins(path, places):
            found[path] = sentence
        elif leads[path] not in leads and is_ours(line.target) and not places.is_for_readers(line.target):
            found[path] = _("Readers would find nothing at “%(target)s”.") % {"target": line.target}
    return found


def _wins(path: str, places: _Places) -> str:
    """Why the site's own page wins over an old address; "" if it does not."""
    page, _mark, query = path.partition("?")
    if not places.answers(path) or is_looked_up_first(page, parse_qs(query, keep_blank_values=True)):
        return ""
    if query and not editions.is_home(page):
        return _(
            "The site itself answers at this address, whatever stands after “?”. Only addresses of the front page, such "
            "as /?p=7, can lead on from there."
        )
    return _("The site itself answers at this address, so nobody would be led on.")


def _by_where_others_lead(lines: Mapping[str, Line], leads: Mapping[str, str], places: _Places) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, line in lines.items():
        end = leads.get(leads[path])
        if end == path:
            found[path] = _("These two addresses would lead to each other in a circle.")
        elif end is not None:
            found[path] = _("“%(target)s” is an old address itself and leads to “%(end)s”. Write that one.") % {
                "target": line.target,
                "end": end,
            }
    return found


def _by_what_leads_here(lines: Mapping[str, Line], leads: Mapping[str, str], places: _Places) -> dict[str, str]:
    led_to = {target: path for path, target in leads.items()}
    return {
        path: _("“%(other)s” leads here. Let it lead to the new address first.") % {"other": led_to[path]}
        for path in lines
        if path in led_to
    }


def _is_whole(path: str) -> bool:
    """Whether an address could be one of ours as it is: with its last slash, or a file's such as /robots.txt."""
    return path.endswith("/") or "." in path.rpartition("/")[2]


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


class _Places:
    """What the site has at some addresses, by one query for each kind of address and edition."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self.matches: dict[str, ResolverMatch] = {}
        slugs: dict[tuple[str, str], set[str]] = defaultdict(set)
        for address in set(addresses):  # many lines may lead to one place
            path = address.partition("?")[0].partition("#")[0]
            if match := _match(path if _is_whole(path) else f"{path}/"):
                self.matches[address] = match
                if name := self._kind(match):
                    slugs[name, match.namespace].add(match.kwargs["slug"])
        self.found = {key: set(FINDERS[key[0]](key[1], wanted)) for key, wanted in slugs.items()}

    def answers(self, address: str) -> bool:
        """Whether the site has something there, for whomever."""
        match = self.matches.get(address)
        return match is not None and self._is_there(match)

    def is_for_readers(self, address: str) -> bool:
        match = self.matches.get(address)
        return match is not None and hasattr(match.func, "surface") and self._is_there(match)

    def _is_there(self, match: ResolverMatch) -> bool:
        name = self._kind(match)
        return not name or match.kwargs["slug"] in self.found[name, match.namespace]

    @staticmethod
    def _kind(match: ResolverMatch) -> str:
        """ "section" for a section's page and its feeds; "" for an address that is there whatever it holds."""
        name = (match.url_name or "").split("-")[0]
        return name if name in FINDERS and "slug" in match.kwargs else ""
