"""What readers report, in tests."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from articles import anchors
from articles.anchors import State
from articles.models import Article
from corrections.models import Report
from tests import cast
from tests.cast import NOON

SOON = NOON + timedelta(hours=2)


def report(
    article: Article,
    quote: str = "1998",
    suggestion: str = "1989",
    *,
    at: datetime = SOON,
    place: State = State.CURRENT,
    **fields: Any,
) -> Report:
    """A report on words of the live version, as the dialog makes it."""
    revision = cast.live(article)
    found = anchors.find(revision.text, quote) if quote else None
    anchor: dict[str, Any] = (
        {
            "prefix": found.prefix,
            "suffix": found.suffix,
            "start": found.start,
            "end": found.end,
            "place_start": found.start,
            "place_end": found.end,
        }
        if found
        else {}
    )
    return Report.objects.create(
        **{
            "key": uuid.uuid4(),
            "article": article,
            "channel": Report.Channel.DIALOG,
            "revision": revision,
            "quote": quote,
            "place": place if quote else State.WHOLE,
            "place_revision": revision,
            "suggestion": suggestion,
            "received_at": at,
            **anchor,
            **fields,
        }
    )
