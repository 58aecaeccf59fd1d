from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path

from benchmarks.measures import keep

PARTS = ["installation", "reports"]
RESULTS = Path(__file__).parent / "results.json"


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_seen: sys.exit(143))  # so that what was started is ended and removed
    only = os.environ.get("ONLY") or ""
    if only and only not in PARTS:
        sys.stderr.write(f"There is no part {only!r}; the parts are {', '.join(PARTS)}.\n")
        return 2
    found = []
    for part in [only] if only else PARTS:
        for measure in importlib.import_module(f"drills.{part}").measures():
            sys.stdout.write(measure.line() + "\n")
            sys.stdout.flush()
            found.append(measure)
            keep([measure], RESULTS)
    return 1 if any(measure.holds is False for measure in found) else 0


if __name__ == "__main__":
    sys.exit(main())
