"""What readers, editors and chiefs do with reports and corrections: each function is one transaction."""

from .deciding import (
    Applied,
    acknowledge,
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
    CorrectionError,
    NothingChanged,
    NothingSaid,
    PlaceChanged,
    PlaceUncertain,
)
from .forgetting import forget_addresses, forget_reader
from .reporting import NotInThisVersion, answer, report

__all__ = [
    "AlreadyDecided",
    "AlreadyWithdrawn",
    "Applied",
    "CorrectionError",
    "NotInThisVersion",
    "NothingChanged",
    "NothingSaid",
    "PlaceChanged",
    "PlaceUncertain",
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
