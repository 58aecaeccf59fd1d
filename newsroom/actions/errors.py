"""Why something cannot be done to an account, each with a sentence that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _


class AccountError(Exception):
    """The reason, as a sentence for the person who asked: `str(error)`."""


class NotAllowed(AccountError):
    def __init__(self) -> None:
        super().__init__(_("Nobody gives or takes rights that they do not have themselves. Ask a chief editor."))


class LastChief(AccountError):
    def __init__(self) -> None:
        super().__init__(
            _("This is the last chief editor: nobody could let anyone in any more. Make somebody else one first.")
        )


class NothingToDo(AccountError):
    def __init__(self) -> None:
        super().__init__(_("It is so already; nothing was changed."))


class YourOwnAccount(AccountError):
    def __init__(self) -> None:
        super().__init__(_("This is your own account. Change your password and second factor at “Your account”."))


class AlreadyInvited(AccountError):
    def __init__(self, email: str) -> None:
        super().__init__(_("%(email)s has an account already. Change its role instead.") % {"email": email})


class AlreadyDecided(AccountError):
    def __init__(self) -> None:
        super().__init__(_("This invitation has been accepted or withdrawn. Make a new one."))


class LinkNotGood(AccountError):
    """The invitation's link does not open anything any more."""

    def __init__(self) -> None:
        super().__init__(_("This link no longer works. Ask whoever invited you for a new one."))
