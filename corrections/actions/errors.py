from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from corrections.models import Correction, Report


class CorrectionError(Exception):
    """Something that cannot be done with a report or a correction, as a sentence for whoever asked."""


class AlreadyDecided(CorrectionError):
    """Somebody else was quicker; `report` says who, when and how."""

    def __init__(self, report: Report | None) -> None:
        self.report = report
        if report is None or report.decided_at is None:
            super().__init__(_("This report is not open any more."))
            return
        super().__init__(
            _("%(name)s has decided on this already, at %(when)s: %(state)s.")
            % {
                "name": report.decided_by or _("Somebody"),
                "when": date_format(localtime(report.decided_at), "SHORT_DATETIME_FORMAT"),
                "state": report.get_status_display(),
            }
        )


class PlaceUncertain(CorrectionError):
    """Nobody has said yet where the words stand now."""

    def __init__(self) -> None:
        super().__init__(_("It is not certain where these words stand in the present text. Confirm the place first."))


class NothingSaid(CorrectionError):
    """A reader, or the log, would be told nothing."""


class NothingChanged(CorrectionError):
    def __init__(self) -> None:
        super().__init__(_("These are the words that stand there already. Write what they should read."))


class PlaceChanged(CorrectionError):
    """Undoing would have to guess: the corrected words have been changed since."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The corrected words have been changed since, so this cannot be undone here. Change the text of the article."
            )
        )


class AlreadyWithdrawn(CorrectionError):
    def __init__(self, correction: Correction) -> None:
        self.correction = correction
        super().__init__(_("This correction has been undone already."))
