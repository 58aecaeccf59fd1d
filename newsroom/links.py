"""Links that act without a login: each has one purpose and a signature, and ends after its time."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from newsroom.models import User


def new_password(user: User) -> str:
    """By which this person chooses a new password: good for a day, and until the password or the address changes."""
    key = default_token_generator.make_token(user)
    return settings.SITE_URL + reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
