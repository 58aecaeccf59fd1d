from __future__ import annotations

import importlib
import os
import sys

import django

from benchmarks.measures import keep

#: Part → its modules, in their order.
PARTS = {
    "reading": ["reading"],
    "hostile": ["hostile"],
    "search": ["search"],
    "pictures": ["pictures"],
    "corrections": ["corrections", "queue"],
}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    only = os.environ.get("ONLY") or ""
    if only and only not in PARTS:
        sys.stderr.write(f"There is no part {only!r}; the parts are {', '.join(PARTS)}.\n")
        return 2
    found = []
    for module in PARTS[only] if only else [module for modules in PARTS.values() for module in modules]:
        for measure in importlib.import_module(f"benchmarks.{module}").measures():
            sys.stdout.write(measure.line() + "\n")
            sys.stdout.flush()
            found.append(measure)
    keep(found)
    return 1 if any(measure.holds is False for measure in found) else 0


if __name__ == "__main__":
    sys.exit(main())
