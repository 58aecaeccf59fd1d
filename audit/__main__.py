from __future__ import annotations

import importlib
import os
import sys

from audit import tools
from benchmarks import site
from benchmarks.measures import keep

PARTS = ["html", "feeds", "headers", "accessibility", "lighthouse"]


def main() -> int:
    only = os.environ.get("ONLY") or ""
    if only and only not in PARTS:
        sys.stderr.write(f"There is no part {only!r}; the parts are {', '.join(PARTS)}.\n")
        return 2
    found = []
    try:
        tools.install()
        with site.running(tls=True) as address:
            for part in [only] if only else PARTS:
                for measure in importlib.import_module(f"audit.{part}").measures(address):
                    sys.stdout.write(measure.line() + "\n")
                    sys.stdout.flush()
                    found.append(measure)
    except tools.CannotAudit as error:
        sys.stderr.write(f"{error}\n")
        return 2
    keep(found)
    return 1 if any(measure.holds is False for measure in found) else 0


if __name__ == "__main__":
    sys.exit(main())
