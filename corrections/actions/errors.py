from __future__ import annotations

from django.utils.translation import gettext as _


class CorrectionError(Exception):
    """Something that cannot be done with a report or a correction, as a sentence for whoever asked."""


class NothingToRedact(CorrectionError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "These words stand in none of the past versions. Type them as they stood there: each form is sought apart."
            )
        )


class ReasonNamesTheWords(CorrectionError):
    def __init__(self) -> None:
        super().__init__(
            _("The reason names the very words that are to go, and readers will see it. Word it otherwise.")
        )
