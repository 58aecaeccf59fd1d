"""The second factor: who must have one is kept out of the admin until this session has shown it.

The library enrols, asks and checks; it forces nobody. That is done here.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom import actions
from newsroom.middleware import Answer, database_away, typed
from newsroom.models import Outlet, User

#: Addresses of the admin that need no account.
_OPEN = ("/admin/login/", "/admin/logout/")
#: Where in the session it stands which page of the admin was asked for before the factor was.
NEXT = "after_second_factor"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is untyped
    def encrypt(self, text: str) -> str:
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret that was kept under a SECRET_KEY which nobody has any more is one that no code fits."""
        try:
            return _safe().decrypt(encrypted_text).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        return Outlet.objects.get(pk=1).name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  (the library's name)
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor of one who must have one stays until there is another."""
        user: User = authenticator.user
        return not user.must_have_second_factor or user.second_factors().exclude(pk=authenticator.pk).exists()


def _safe() -> MultiFernet:
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(f"newsroom.second_factor:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def is_shown(request: HttpRequest, user: User) -> bool:
    """Whether this session has shown the second factor, by signing in with it or by setting it up."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def note_enrolment(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Setting a factor up shows it. All other sessions end, which have not: one of them may be a stranger's."""
    if authenticator.type in User.SECOND_FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
        update_session_auth_hash(request, actions.note_second_factor(user, at=timezone.now()))


class AdminDoor:
    """Let nobody into the admin whose account must have a second factor before this session has shown it.

    They are sent to set one up, or to show it, and then on to where they were going. What somebody had typed is given
    back, here as well as when their session had ended.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """After the check of the form's token: what is given back here can be sent again by one click."""
        try:
            door = self._door(request) if request.path_info.startswith("/admin/") else ""
        except DatabaseError as error:
            if response := database_away(request, error):
                return response
            raise
        return self._closed(request, door) if door else None

    def _closed(self, request: HttpRequest, door: str) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(door)
        response = render(
            request,
            "newsroom/door.html",
            {"door": door, "typed": typed(request)},
            status=403,
        )
        response["Cache-Control"] = "no-store"
        return response

    def _door(self, request: HttpRequest) -> str:
        """Where the person must go first; "" where the way is free."""
        user = request.user
        path = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        if not isinstance(user, User):
            is_form = request.method == "POST" and request.path_info not in _OPEN
            return f"{reverse('account_login')}?{urlencode({'next': path})}" if is_form else ""
        if not user.must_have_second_factor or request.path_info in _OPEN:
            return ""
        if not user.second_factors().exists():
            request.session[NEXT] = path
            return reverse("mfa_index")
        if not is_shown(request, user):
            return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': path})}"
        request.session.pop(NEXT, None)  # they have got there
        return ""
