"""Corrections in the admin."""

from . import follow_ups, redactions

__all__ = ["follow_ups", "redactions"]
