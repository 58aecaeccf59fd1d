"""The editors' side of corrections: the queue of reports and what is decided there, figures, ready answers, rules."""

from . import reports, rules

__all__ = ["reports", "rules"]
