from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Nobody opens an account by themselves: staff are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
