"""When a form was made, signed, so that what fills in forms faster than a person reads is told apart."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing

YOUNGEST = timedelta(seconds=3)
OLDEST = timedelta(hours=24)
_signer = signing.Signer(salt="newsroom.stamps")


def stamp(at: datetime) -> str:
    return _signer.sign(str(int(at.timestamp())))


def age(stamp: str, at: datetime) -> timedelta | None:
    """How long ago the form was made; None for what is no stamp of ours, or lies in the future."""
    try:
        made = float(_signer.unsign(stamp))
    except (signing.BadSignature, ValueError):
        return None
    age = timedelta(seconds=at.timestamp() - made)
    return age if age >= timedelta() else None


def seconds_to_wait() -> int:
    """For how long a script keeps back what a quick person sends, so that it is not taken for a program's."""
    return int(YOUNGEST.total_seconds())
