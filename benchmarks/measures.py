"""One measured figure, and the file that keeps the last results."""

from __future__ import annotations

import json
import operator
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results.json"
_COMPARE = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


@dataclass
class Measure:
    """A figure with its goal, such as "<= 40"; `value` is None where it could not be measured, and `what` says why."""

    id: str
    what: str
    value: float | None
    unit: str
    goal: str
    peers: dict[str, float] = field(default_factory=dict)
    holds: bool | None = None
    machine: str = field(default_factory=machine)
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    def __post_init__(self) -> None:
        sign, bound = self.goal.split()
        self.holds = None if self.value is None else bool(_COMPARE[sign](self.value, float(bound)))

    def line(self) -> str:
        verdict = {True: "holds", False: "FALLS SHORT", None: "not run"}[self.holds]
        value = "–" if self.value is None else f"{self.value:g} {self.unit}"
        return f"{verdict:11}  {self.id:34} {value:>16}  (goal {self.goal})  {self.what}"


def keep(measures: Iterable[Measure], file: Path = RESULTS) -> None:
    """Write the measures into a file of results; those of other parts stay as they were."""
    kept = {row["id"]: row for row in json.loads(file.read_text())} if file.exists() else {}
    kept |= {measure.id: asdict(measure) for measure in measures}
    rows = [kept[name] for name in sorted(kept)]
    file.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
