"""What readers, editors and chiefs do with reports and corrections: each function is one transaction."""

from .errors import CorrectionError, NothingToRedact, ReasonNamesTheWords
from .log import places_to_redact, redact, see_to

__all__ = [
    "CorrectionError",
    "NothingToRedact",
    "ReasonNamesTheWords",
    "places_to_redact",
    "redact",
    "see_to",
]
