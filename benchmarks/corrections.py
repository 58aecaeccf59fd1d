"""Whether words that were reported are found again in later versions, and what it costs to carry and to correct them."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from articles.anchors import Anchor, Movement, Place, State, carry, describe
from benchmarks import edits, histories, rivals
from benchmarks.histories import Case, Change
from benchmarks.measures import Measure
from benchmarks.site import KIND
from newsroom import database
from tests.articles import rewordings

BODIES = 12_000
SIZES = {"word": "words", "phrase": "phrases of 3 to 8", "sentence": "sentences of 12 to 30"}


def measures() -> Iterator[Measure]:
    made_up = _Tally(edits.changes())
    yield from _of_texts("made_up", "texts made up and edited", made_up, halves=())
    if histories.file():
        found = list(histories.changes())
        halves = [_Tally(change for change in found if change.is_kept_back is kept_back) for kept_back in (False, True)]
        yield from _of_texts("", "changed versions of real texts", halves[0] + halves[1], halves)
    else:
        why = "CORPORA_DIR names no folder with revisions/"
        yield Measure("corrections.wrong_one_click", why, None, "count", "<= 0")
        for name in SIZES.values():
            yield Measure(f"corrections.found_{name.split()[0]}", why, None, "%", ">= 99.5")
        yield Measure("corrections.edited_offered", why, None, "%", ">= 60")
        yield Measure("corrections.edited_wrong", why, None, "%", "<= 2")
    yield _rewordings()
    yield from _in_the_database()


class _Tally:
    """What became of all the places of many changed texts, with ours and with the rivals."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.changes = self.places = self.one_click = self.wrong = 0
        self.untouched: Counter[str] = Counter()
        self.edited: Counter[str] = Counter()
        self.alone: Counter[str] = Counter()
        self.rivals: dict[str, Counter[str]] = {"hypothesis": Counter(), "rapidfuzz": Counter()}
        self.differences: list[float] = []
        for change in changes:
            self._add(change)

    def __add__(self, other: _Tally) -> _Tally:
        both = _Tally(())
        for name, value in vars(self).items():
            if name != "rivals":
                setattr(both, name, value + vars(other)[name])
        both.rivals = {name: tally + other.rivals[name] for name, tally in self.rivals.items()}
        return both

    def _add(self, change: Change) -> None:
        self.changes += 1
        begun = time.process_time()
        movement = Movement(change.old, change.new)
        self.differences.append((time.process_time() - begun) * 1000)
        for case in change.cases:
            self.places += 1
            anchor = describe(change.old, case.start, case.end)
            place = carry(anchor, Place(State.CURRENT, case.start, case.end), movement)
            offered = _offered(place)
            is_right = any(case.is_right(each) for each in offered)
            self.one_click += place.state.is_certain
            self.wrong += place.state.is_certain and not is_right
            if case.kind == "untouched":
                count = self.alone if case.is_alone else self.untouched
                count[case.size] += 1
                count[f"{case.size} found"] += is_right
            elif case.kind == "edited":
                self.edited["all"] += 1
                self.edited["right"] += bool(offered) and is_right
                self.edited["wrong"] += bool(offered) and not is_right
            self._ask("hypothesis", rivals.hypothesis, case, anchor, change.new)
            self._ask("rapidfuzz", rivals.rapidfuzz, case, anchor, change.new)

    def _ask(
        self,
        name: str,
        find: Callable[[Anchor, str], tuple[int, int] | None],
        case: Case,
        anchor: Anchor,
        text: str,
    ) -> None:
        tally, place = self.rivals[name], find(anchor, text)
        is_right = place is not None and case.is_right(place)
        tally["wrong"] += place is not None and not is_right
        if case.kind == "untouched" and not case.is_alone:
            tally[case.size] += is_right
        elif case.kind == "edited":
            tally["edited offered"] += place is not None and is_right
            tally["edited wrong"] += place is not None and not is_right

    def share(self, size: str) -> float:
        return _percent(self.untouched[f"{size} found"], self.untouched[size])

    def peers(self, key: str, whole: int) -> dict[str, float]:
        return {name: _percent(tally[key], whole) for name, tally in self.rivals.items()}


def _offered(place: Place) -> tuple[tuple[int, int], ...]:
    if place.candidates:
        return place.candidates
    return () if place.start is None or place.end is None else ((place.start, place.end),)


def _of_texts(part: str, what: str, tally: _Tally, halves: Iterable[_Tally]) -> Iterator[Measure]:
    name = f"corrections.{part}_" if part else "corrections."
    first, *second = halves or [tally]
    of = f"of {tally.places:,} places in {tally.changes} {what}"

    def each(say: Callable[[_Tally], object]) -> str:
        return f"; the half tuned on {say(first)}, the half kept back {say(second[0])}" if second else ""

    yield Measure(
        f"{name}wrong_one_click",
        f"{of}, wrong among the {tally.one_click:,} offered for one click{each(lambda half: half.wrong)}",
        tally.wrong, "count", "<= 0", {rival: count["wrong"] for rival, count in tally.rivals.items()},
    )  # fmt: skip
    for size, sizes in SIZES.items():
        alone = (
            f"; {tally.alone[f'{size} found']} of {tally.alone[size]} more amid rewritten text"
            if tally.alone[size]
            else ""
        )
        yield Measure(
            f"{name}found_{sizes.split()[0]}",
            f"of {tally.untouched[size]:,} untouched {sizes}, found{each(lambda half: half.share(size))}{alone}",  # noqa: B023
            tally.share(size), "%", ">= 99.5", tally.peers(size, tally.untouched[size]),
        )  # fmt: skip
    edited = tally.edited["all"]
    yield Measure(
        f"{name}edited_offered",
        f"of {edited:,} edited, offered to an editor at their place"
        f"{each(lambda half: _percent(half.edited['right'], half.edited['all']))}",
        _percent(tally.edited["right"], edited), "%", ">= 60", tally.peers("edited offered", edited),
    )  # fmt: skip
    yield Measure(
        f"{name}edited_wrong",
        f"of {edited:,} edited, offered at a wrong place"
        f"{each(lambda half: _percent(half.edited['wrong'], half.edited['all']))}",
        _percent(tally.edited["wrong"], edited), "%", "<= 2", tally.peers("edited wrong", edited),
    )  # fmt: skip
    yield Measure(
        f"{name}difference", f"the slowest of {tally.changes} differences (half of them within {statistics.median(tally.differences):.1f} ms)",
        round(max(tally.differences), 1), "ms", "<= 100",
    )  # fmt: skip


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _rewordings() -> Measure:
    """Other words in one place of generated bodies: everything else has to stay."""
    done = left = wrong = 0
    for seed in range(BODIES * 2):
        attempt = rewordings.attempt(seed)
        if attempt is None:
            continue
        wrong += bool(attempt.faults())
        done += attempt.result is not None
        left += attempt.result is None
        if done == BODIES:
            break
    return Measure(
        "corrections.inexact_rewordings",
        f"of {done:,} bodies with other words in one place, those that changed elsewhere ({left:,} more were left to a person)",
        wrong, "count", "<= 0",
    )  # fmt: skip


def _in_the_database() -> Iterator[Measure]:
    database.start(KIND)
    try:
        environment = os.environ | {
            "DATABASE_URL": database.address(KIND),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "DEMO": "1",
        }
        asked = [sys.executable, "-m", "benchmarks.accepting"]
        done = subprocess.run(asked, cwd=database.BASE, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    finally:
        database.stop(KIND)
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    words, reports = figures["words"], figures["reports"]
    yield Measure(
        "corrections.carry_1000", f"carrying {reports:,} open reports over one edit of an article of {words:,} words",
        figures["carrying"], "s", "<= 1",
    )  # fmt: skip
    yield Measure(
        "corrections.accept", f"other words in an article of {words:,} words, published, with all that hears of it",
        figures["accepting"], "ms", "<= 150",
    )  # fmt: skip
