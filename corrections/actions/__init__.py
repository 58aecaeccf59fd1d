"""What readers, editors and chiefs do with reports and corrections: each function is one transaction."""

from .errors import CorrectionError
from .reporting import NotInThisVersion, answer, report

__all__ = ["CorrectionError", "NotInThisVersion", "answer", "report"]
