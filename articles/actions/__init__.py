"""What people do with articles: each function is one transaction. What changes in public tells reactions and facts."""

from .assignments import assign, drop, start
from .drafts import begin_translation, hand_in, restore_as_draft, save_draft, send_back
from .errors import (
    AddressTaken,
    AlreadyDecided,
    AlreadyPublished,
    AlreadyRetracted,
    ArticleError,
    CannotPublish,
    ChangeScheduled,
    EditedMeanwhile,
    NothingToPublish,
    NothingToRead,
    NotPublished,
    NotScheduled,
    TakenDown,
    WrongDate,
)
from .publishing import amend, publish, schedule, unschedule, warnings_for_publication
from .revisions import Change, credits_as_shown, differs, original_as_shown
from .subjects import change_address
from .withdrawing import put_back, retract, take_down

__all__ = [
    "AddressTaken",
    "AlreadyDecided",
    "AlreadyPublished",
    "AlreadyRetracted",
    "ArticleError",
    "CannotPublish",
    "Change",
    "ChangeScheduled",
    "EditedMeanwhile",
    "NotPublished",
    "NotScheduled",
    "NothingToPublish",
    "NothingToRead",
    "TakenDown",
    "WrongDate",
    "amend",
    "assign",
    "begin_translation",
    "change_address",
    "credits_as_shown",
    "differs",
    "drop",
    "hand_in",
    "original_as_shown",
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
