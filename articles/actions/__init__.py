"""What people do with articles. Every function is one transaction and tells the reactions and the facts."""

from .assignments import assign, drop, start
from .drafts import begin_translation, hand_in, restore_as_draft, save_draft, send_back
from .errors import (
    AddressTaken,
    AlreadyPublished,
    ArticleError,
    CannotPublish,
    ChangeScheduled,
    EditedMeanwhile,
    NothingToPublish,
    NotPublished,
    WrongDate,
)
from .publishing import (
    Change,
    amend,
    credits_as_shown,
    publish,
    schedule,
    unschedule,
    warnings_for_publication,
)
from .withdrawing import put_back, retract, take_down

__all__ = [
    "AddressTaken",
    "AlreadyPublished",
    "ArticleError",
    "CannotPublish",
    "Change",
    "ChangeScheduled",
    "EditedMeanwhile",
    "NotPublished",
    "NothingToPublish",
    "WrongDate",
    "amend",
    "assign",
    "begin_translation",
    "credits_as_shown",
    "drop",
    "hand_in",
    "publish",
    "put_back",
    "restore_as_draft",
    "retract",
    "save_draft",
    "schedule",
    "send_back",
    "start",
    "take_down",
    "unschedule",
    "warnings_for_publication",
]
