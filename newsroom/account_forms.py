"""The library's forms, with this house's words, and with codes that work once."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from newsroom.forms import GOOD_PASSWORD

#: A code is good for its own half minute and, as clocks go wrong, for the one before and after.
_SECONDS = 90


class _OneCode:
    """A code that was taken is taken no more as long as it is good; the library forgets it too early."""

    user: Any
    fields: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = self.fields["code"].widget.attrs
        attributes.pop("placeholder", None)
        attributes["inputmode"] = "numeric"

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        digits = re.sub(r"\D", "", code)
        if not cache.add(f"second-factor-used:{self.user.pk}:{digits}", True, _SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class ShowCode(_OneCode, AuthenticateForm):  # type: ignore[misc]  # the library is untyped
    pass


class ShowCodeAgain(_OneCode, ReauthenticateForm):  # type: ignore[misc]
    pass


class SetUpApp(_OneCode, ActivateTOTPForm):  # type: ignore[misc]
    pass


class _GoodPassword:
    """One sentence in place of the library's list of rules."""

    fields: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChangePassword(_GoodPassword, ChangePasswordForm):  # type: ignore[misc]
    pass


class NewPassword(_GoodPassword, ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _("Your device then asks for finger, face or PIN each time.")
        self.fields["passwordless"].initial = True

    def clean_name(self) -> str:
        return str(super().clean_name())[:100]
