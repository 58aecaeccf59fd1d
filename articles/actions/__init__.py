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
    PictureInUse,
    PictureMissing,
    PictureRefused,
    TakenDown,
    UnreadableLog,
    WrongDate,
)
from .pictures import add_picture, delete_picture, describe_picture, make_renditions_again
from .publishing import amend, publish, schedule, unschedule, warnings_for_publication
from .reads import Counted, count_reads
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
    "Counted",
    "EditedMeanwhile",
    "NotPublished",
    "NotScheduled",
    "NothingToPublish",
    "NothingToRead",
    "PictureInUse",
    "PictureMissing",
    "PictureRefused",
    "TakenDown",
    "UnreadableLog",
    "WrongDate",
    "add_picture",
    "amend",
    "assign",
    "begin_translation",
    "change_address",
    "count_reads",
    "credits_as_shown",
    "delete_picture",
    "describe_picture",
    "differs",
    "drop",
    "hand_in",
    "make_renditions_again",
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
