"""What readers, editors and chiefs do with reports and corrections: each function is one transaction."""

from .deciding import (
    Applied,
    already_fixed,
    apply,
    ask,
    confirm_place,
    decline,
    let_in,
    mark_spam,
    reopen,
    undo,
)
from .errors import (
    AlreadyDecided,
    AlreadyWithdrawn,
    ArticleGone,
    CorrectionError,
    EmptyReport,
    NothingAsked,
    NothingChanged,
    NothingSaid,
    NotInThisVersion,
    PlaceChanged,
    PlaceUncertain,
    QuoteTooLong,
    VersionUnknown,
)
from .forgetting import forget_addresses, forget_reader
from .reporting import answer, report
from .telling import acknowledge

__all__ = [
    "AlreadyDecided",
    "AlreadyWithdrawn",
    "Applied",
    "ArticleGone",
    "CorrectionError",
    "EmptyReport",
    "NotInThisVersion",
    "NothingAsked",
    "NothingChanged",
    "NothingSaid",
    "PlaceChanged",
    "PlaceUncertain",
    "QuoteTooLong",
    "VersionUnknown",
    "acknowledge",
    "already_fixed",
    "answer",
    "apply",
    "ask",
    "confirm_place",
    "decline",
    "forget_addresses",
    "forget_reader",
    "let_in",
    "mark_spam",
    "reopen",
    "report",
    "undo",
]
