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
    NothingToRedact,
    NotInThisVersion,
    PlaceChanged,
    PlaceUncertain,
    QuoteTooLong,
    ReasonNamesTheWords,
    VersionUnknown,
)
from .follow_ups import see_to
from .forgetting import forget_addresses, forget_reader
from .redacting import places_to_redact, redact
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
    "NothingToRedact",
    "PlaceChanged",
    "PlaceUncertain",
    "QuoteTooLong",
    "ReasonNamesTheWords",
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
    "places_to_redact",
    "redact",
    "reopen",
    "report",
    "see_to",
    "undo",
]
