from __future__ import annotations


class CorrectionError(Exception):
    """Something that cannot be done with a report or a correction, as a sentence for whoever asked."""
