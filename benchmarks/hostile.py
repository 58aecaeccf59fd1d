"""All hostile bodies of the corpora in a real browser: as they are, and as they are kept."""

from __future__ import annotations

from collections.abc import Iterator

from articles.rendering import render
from benchmarks import frames
from benchmarks.browsers import chromium
from benchmarks.measures import Measure
from newsroom.html import clean

GROUP = 50


def measures() -> Iterator[Measure]:
    payloads = frames.payloads()
    if not payloads:
        why = "CORPORA_DIR names no folder with xss/*.txt"
        yield Measure("hostile.raw_fired", why, None, "count", ">= 1000")
        yield Measure("hostile.cleaned_fired", why, None, "count", "<= 0")
        return
    pages = [render(clean(payload)) for payload in payloads]
    groups = ["\n".join(pages[n : n + GROUP]) for n in range(0, len(pages), GROUP)]
    with chromium() as browser:
        raw = len(frames.fired(browser, payloads))
        cleaned = len(frames.fired(browser, groups, patience=300))
    yield Measure(
        "hostile.raw_fired", f"of {len(payloads)} payloads run as they are (the control)", raw, "count", ">= 1000"
    )
    yield Measure("hostile.cleaned_fired", f"of {len(payloads)} payloads run once cleaned", cleaned, "count", "<= 0")
