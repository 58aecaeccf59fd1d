"""What the tests of signing in share: codes as an app shows them, and sessions that have shown a second factor."""

from __future__ import annotations

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from newsroom.models import User

PASSWORD = "a long test password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """The six digits that an app shows now, or some half minutes from now."""
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
    return shown


def with_app(user: User) -> User:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def recovery_codes(user: User) -> list[str]:
    codes: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return codes


def stored_secret(user: User) -> str:
    stored: str = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert get_adapter().decrypt(stored) == SECRET
    return stored


def sign_in(client: Client, user: User, password: str = PASSWORD) -> str:
    """By the form. Returns where it leads."""
    answer = client.post(reverse("account_login"), {"login": user.username, "password": password})
    return answer.headers.get("Location", "")


def sign_in_with_code(client: Client, user: User, shown: str = "") -> str:
    sign_in(client, user)
    answer = client.post(reverse("mfa_authenticate"), {"code": shown or code()})
    return answer.headers.get("Location", "")
