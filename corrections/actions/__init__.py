"""What readers, editors and chiefs do with reports and corrections: each function is one transaction."""

from .errors import CorrectionError
from .forgetting import forget_addresses, forget_reader
from .reporting import NotInThisVersion, answer, report

__all__ = ["CorrectionError", "NotInThisVersion", "answer", "forget_addresses", "forget_reader", "report"]
