"""How much one sender may send, so that a program cannot fill the letter box."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

LETTERS, SECONDS = 5, 600
TOO_MANY_LETTERS = _(
    "Five letters have come from your connection within ten minutes, and we take no more at a time. Please send this "
    "one again in ten minutes."
)


def sender(request: HttpRequest) -> str:
    """The address that a request came from: what our own proxy saw, where there is one, since readers can write the rest.

    A site at https stands behind one proxy, whose word for https is taken as well (SECURE_PROXY_SSL_HEADER).
    """
    if settings.SECURE_PROXY_SSL_HEADER and (hops := request.headers.get("X-Forwarded-For")):
        return hops.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def may_write(address: str) -> bool:
    """Take one of the sender's places, each of which is free again after ten minutes; False where none is free.

    A place is one key that is added or not, so two letters at the same moment never take the same. Where the cache
    keeps nothing, for its disk may be full, letters are not refused for it.
    """
    keys = [f"letter:{_network(address)}:{place}" for place in range(LETTERS)]
    return any(cache.add(key, True, SECONDS) for key in keys) or len(cache.get_many(keys)) < LETTERS


def _network(address: str) -> str:
    """The address, or of IPv6 its /64, which is one household's or one server's."""
    try:
        sender = ipaddress.ip_address(address)
    except ValueError:  # a socket has none
        return "none"
    if isinstance(sender, ipaddress.IPv6Address):
        if sender.ipv4_mapped is None:
            return str(int(sender) >> 64)
        sender = sender.ipv4_mapped
    return str(sender)
