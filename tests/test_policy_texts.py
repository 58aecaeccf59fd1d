"""Python and JavaScript read the same text from the same page: the strings that both are held to."""

from __future__ import annotations

import json
from pathlib import Path

from articles.text import policy_text

TEXTS: list[dict[str, str]] = json.loads((Path(__file__).parent / "policy_texts.json").read_text())


def test_python_reads_them():
    assert len(TEXTS) >= 60
    assert [policy_text(row["html"]) for row in TEXTS] == [row["text"] for row in TEXTS]
