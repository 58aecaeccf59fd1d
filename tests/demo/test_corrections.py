"""The demonstration has reports in every state, and corrections that came of them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from articles.models import Article
from corrections.models import Correction, Message, Report
from demo.build import build

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_readers_of_the_demonstration_have_reported_and_editors_have_decided():
    build(AT, is_illustrated=False)
    assert Counter(Report.objects.values_list("status", flat=True)) == {
        "open": 9, "held": 1, "applied": 3, "declined": 1, "already_fixed": 1, "spam": 1,
    }  # fmt: skip
    waiting = Report.objects.waiting()
    assert waiting.filter(suggestion="knitting", place="current").count() == 3
    assert waiting.get(suggestion="narrow-gauge").place == "moved"
    assert waiting.get(suggestion="підписниками").place == "fixed"
    assert Message.objects.filter(is_from_reader=True).count() == 1
    thanked = [name for names in Correction.objects.values_list("thanked", flat=True) for name in names]
    assert sorted(thanked) == ["Claire Dumont", "Nino Abashidze"]
    assert "1,163 refusals" in Article.objects.get(edition="en", slug="translated-algorithm").body
