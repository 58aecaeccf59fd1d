"""The editors' side of corrections: the queue of reports and what is decided there, figures, answers, rules, the history."""

from . import follow_ups, redactions, reports, rules

__all__ = ["follow_ups", "redactions", "reports", "rules"]
