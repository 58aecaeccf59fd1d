from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from newsroom import actions, limits, tasks
from newsroom.models import Outlet, User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Nobody opens an account by themselves: staff are invited. Mail goes through the queue, so it never fails a page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has signed in within the last minutes has just shown who they are."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0)
        return bool(time.time() - newest > app_settings.REAUTHENTICATION_TIMEOUT)

    def get_client_ip(self, request: HttpRequest) -> str:
        return limits.sender(request) or "0.0.0.0"  # noqa: S104  (nothing is bound: a socket's peer has no address)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        house = {"outlet": Outlet.objects.get(pk=1), "site": settings.SITE_URL, "request": self.request}
        message = self.render_mail(template_prefix, email, {**house, **context})
        tasks.mail_notice.defer(to=email, subject=message.subject, text=message.body)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        actions.ask_for_new_password(user)
