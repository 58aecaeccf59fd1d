"""The admin of the house: accounts, outlet, editions, pages, old addresses, funders,
policy, letters."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from . import accounts, addresses, house, invitations, mail_texts
from .navigation import icon, navigation, own_account, script, stylesheet

# One door: signing in happens at /accounts/, with its limits and second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

__all__ = [
    "accounts",
    "addresses",
    "house",
    "icon",
    "invitations",
    "mail_texts",
    "navigation",
    "own_account",
    "script",
    "stylesheet",
]
