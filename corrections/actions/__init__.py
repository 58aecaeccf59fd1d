"""What readers, editors and chiefs do with reports and corrections: each function is one transaction."""

from .errors import (
    ArticleGone,
    CorrectionError,
    EmptyReport,
    NothingAsked,
    NotInThisVersion,
    QuoteTooLong,
    VersionUnknown,
)
from .reporting import answer, report

__all__ = [
    "ArticleGone",
    "CorrectionError",
    "EmptyReport",
    "NotInThisVersion",
    "NothingAsked",
    "QuoteTooLong",
    "VersionUnknown",
    "answer",
    "report",
]
