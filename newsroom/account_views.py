"""Pages of one's own account that the sign-in library does not have, and one of its own with a rule added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from newsroom import actions
from newsroom.forms import AcceptForm
from newsroom.models import Invitation, User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Where an invited person chooses a name and a password. Opening it does nothing yet."""
    at = timezone.now()
    found = Invitation.objects.by_link(key)
    state = _state(found, at)
    form = AcceptForm(request.POST if request.method == "POST" else None, invitation=found)
    if found and state == "open" and request.user.is_anonymous and form.is_valid():
        try:
            user = actions.accept(found, **form.cleaned_data, at=at)
        except (actions.LinkNotGood, IntegrityError):  # by somebody who was quicker with the link, or with the name
            return redirect(request.get_full_path())
        record_authentication(request, user, method="password", username=user.username)  # so it is not asked for again
        entered: HttpResponse = perform_login(request, user, redirect_url="/admin/")
        return entered
    status = 422 if form.errors else 200 if state == "open" else 410
    response = render(
        request, "newsroom/invitation.html", {"invitation": found, "state": state, "form": form}, status=status
    )
    # Never the path. With "no-referrer" the form would come from nowhere, and be refused for it.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _state(found: Invitation | None, at: datetime) -> str:
    """What the page says of it. "unbacked": whoever made it may no longer invite anybody to this role."""
    state = found.state(at) if found else "unknown"
    return "unbacked" if found and state == "open" and not found.is_backed else state


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What somebody can do about their own account."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    return render(request, "newsroom/account.html", {"has_factor": user.second_factors().exists()})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this one."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    if request.method == "POST":
        update_session_auth_hash(request, actions.end_sessions(user, by=user, at=timezone.now()))
        success(request, _("You are signed out everywhere but here."))
        return redirect("account")
    return render(request, "newsroom/sign_out_elsewhere.html")


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # the library is untyped
    """The library asks whether a factor may go for codes only; a passkey can be somebody's last one too."""

    def form_valid(self, form: Any) -> Any:
        if not get_adapter().can_delete_authenticator(self.object):
            form.add_error(None, get_adapter().validation_error("cannot_delete_authenticator"))
            return self.form_invalid(form)
        return super().form_valid(form)
