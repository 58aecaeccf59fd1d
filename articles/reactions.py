"""Who else must act when an article is published, amended, retracted or taken down.

An upper app adds one function in `AppConfig.ready()`:

    reactions.add(rights.indexing.index_text)

They run in the order in which they were added, inside the action's transaction; an exception undoes the action.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from articles.models import Article, Revision
from newsroom.models import User


class Verb(StrEnum):
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    AMEND = "amend"
    RETRACT = "retract"
    TAKE_DOWN = "take_down"
    PUT_BACK = "put_back"
    REDACT = "redact"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: `revision` is the one made (or concerned), `previous` the one that was current before it.

    After REDACT no revision is another one, but words are gone from past ones.
    """

    verb: Verb
    article: Article
    revision: Revision | None
    previous: Revision | None
    by: User | None
    at: datetime


Reaction = Callable[[Event], None]
_reactions: list[Reaction] = []


def add(reaction: Reaction) -> None:
    """Have `reaction` called for every event from now on; adding it twice is adding it once."""
    if reaction not in _reactions:
        _reactions.append(reaction)


def remove(reaction: Reaction) -> None:
    _reactions.remove(reaction)


def tell(event: Event) -> None:
    for reaction in _reactions:
        reaction(event)
