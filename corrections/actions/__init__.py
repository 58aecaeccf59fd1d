"""What readers, editors and chiefs do with reports and corrections: each function is one transaction."""

from .errors import CorrectionError

__all__ = ["CorrectionError"]
