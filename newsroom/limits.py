"""How much one sender may send, so that a program can fill neither the letter box nor the queue of reports.

It is counted in the database, so that all workers count together, and without an address: what stands there is a keyed
hash of the sender's network, and the key changes with the day.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from newsroom.models import SenderCount


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within so many seconds of the first."""

    most: int
    seconds: int


LETTERS = (Limit(5, 600),)
REPORTS = (Limit(5, 5 * 60), Limit(15, 30 * 60), Limit(30, 24 * 60 * 60))
_KEPT = timedelta(days=2)  # longer than any limit looks back

TOO_MANY_LETTERS = _(
    "Five letters have come from your connection within ten minutes, and we take no more at a time. Please send this "
    "one again in ten minutes."
)


class TooMany(Exception):
    """The sender has no place left; there is one again at `free_at`."""

    def __init__(self, free_at: datetime) -> None:
        super().__init__()
        self.free_at = free_at


@transaction.atomic
def take_place(name: str, limits: Sequence[Limit], *, sender: str, at: datetime) -> None:
    """Take one of the sender's places under every limit, or none of them and raise TooMany.

    In the transaction of what is sent, so that what is refused for another reason takes no place.
    """
    key = _hashed(name, sender, at)
    full = [
        begun_at + timedelta(seconds=limit.seconds)
        for limit in sorted(limits, key=lambda each: each.seconds)  # always in this order: no deadlock
        for begun_at, count in [_count(key, limit.seconds, at)]
        if count > limit.most
    ]
    if full:
        raise TooMany(max(full))


def forget(at: datetime) -> None:
    """Drop counts that no limit looks at any more."""
    SenderCount.objects.filter(begun_at__lt=at - _KEPT).delete()


def sender(request: HttpRequest) -> str:
    """The address that a request came from: what our own proxy saw, where there is one, since readers can write the rest.

    A site at https stands behind one proxy, whose word for https is taken as well (SECURE_PROXY_SSL_HEADER).
    """
    if settings.SECURE_PROXY_SSL_HEADER and (hops := request.headers.get("X-Forwarded-For")):
        return hops.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _count(key: str, seconds: int, at: datetime) -> tuple[datetime, int]:
    """Count one more, and say since when and how many: one statement, so that two at once are two.

    The row stays locked to the end of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO newsroom_sendercount AS counted (sender, span, begun_at, count) VALUES (%s, %s, %s, 1)
            ON CONFLICT (sender, span) DO UPDATE SET
                begun_at = CASE WHEN counted.begun_at > %s THEN counted.begun_at ELSE EXCLUDED.begun_at END,
                count = CASE WHEN counted.begun_at > %s THEN counted.count + 1 ELSE 1 END
            RETURNING begun_at, count
            """,
            [key, seconds, at, *[at - timedelta(seconds=seconds)] * 2],
        )
        begun_at, count = cursor.fetchone()
    return begun_at, count


def _hashed(name: str, address: str, at: datetime) -> str:
    day = at.astimezone(UTC).date()
    return salted_hmac("newsroom.limits", f"{name} {day} {_network(address)}", algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    """Of IPv4 the /24, of IPv6 the /64: one household's or one server's, whatever its last part is today.

    An address of mail is what it is.
    """
    try:
        sender = ipaddress.ip_address(address)
    except ValueError:  # a socket has none
        return address or "none"
    if isinstance(sender, ipaddress.IPv6Address):
        sender = sender.ipv4_mapped or ipaddress.IPv6Address(int(sender))  # without a zone
    return str(ipaddress.ip_network(f"{sender}/{24 if sender.version == 4 else 64}", strict=False))
