from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.anchors import LONGEST_QUOTE
from corrections.models import Correction, Report


class CorrectionError(Exception):
    """Something that cannot be done with a report or a correction, as a sentence for whoever asked."""


class ArticleGone(CorrectionError):
    def __init__(self) -> None:
        super().__init__(_("This article has been taken down meanwhile, so nothing in it can be corrected any more."))


class VersionUnknown(CorrectionError):
    def __init__(self) -> None:
        super().__init__(
            _("We do not know the version of the article that you read. Please load its page again and try once more.")
        )


class NotInThisVersion(CorrectionError):
    """The words do not stand in the version that the reader saw, or (`is_ambiguous`) nothing tells which are meant."""

    def __init__(self, *, is_ambiguous: bool = False) -> None:
        super().__init__(
            _("These words stand in the article more than once. Please take a word before or after them as well.")
            if is_ambiguous
            else _(
                "We cannot find these words in the article. Copy them from it, choose the sentence, or leave the words "
                "out and describe the place."
            )
        )


class QuoteTooLong(CorrectionError):
    def __init__(self, length: int) -> None:
        super().__init__(
            _("These are %(length)s characters, and we can take up to %(most)s. Please choose fewer words.")
            % {"length": length, "most": LONGEST_QUOTE}
        )


class EmptyReport(CorrectionError):
    def __init__(self) -> None:
        super().__init__(_("Please say what is wrong, or how it should read."))


class NothingAsked(CorrectionError):
    """The reader answers a question that nobody asks any more."""

    def __init__(self) -> None:
        super().__init__(_("Your report waits for no answer just now, so we have not taken this one."))


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
