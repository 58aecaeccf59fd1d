"""A little arithmetic that a browser does for whoever has sent too much: no third party, nothing to puzzle over.

The form of the challenge is ALTCHA's second; `static/js/report/proof.js` solves it. Why, see docs/decisions/0091.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

import altcha
from django.conf import settings
from django.utils.crypto import salted_hmac

from newsroom.models import UsedProof

COST = 25_000  # rounds of one try: some 3 milliseconds of a desktop computer, 15 to 20 of a small telephone
TRIES = range(100, 300)  # so that nobody is lucky or waits for long
GOOD_FOR = timedelta(minutes=20)


def challenge(at: datetime) -> dict[str, Any]:
    """A new challenge, as JSON takes it."""
    made = altcha.create_challenge(
        "PBKDF2/SHA-256",
        COST,
        counter=TRIES.start + secrets.randbelow(len(TRIES)),
        expires_at=at + GOOD_FOR,
        hmac_secret=_secret(),
    )
    return made.to_dict()


def accept(solution: str, at: datetime) -> bool:
    """Whether `solution` solves a challenge of ours that is still good and was never used before; from now on it is.

    In the transaction of what it is for, so that it is spent only if that was taken.
    """
    if not solution or len(solution) > 5_000 or not altcha.verify_solution(solution, _secret()).verified:
        return False
    solved = altcha.Payload.from_base64(solution).challenge.parameters
    _proof, is_new = UsedProof.objects.get_or_create(challenge=solved.nonce, defaults={"expires_at": at + GOOD_FOR})
    return is_new


def forget(at: datetime) -> None:
    """Drop proofs that would be too old by now."""
    UsedProof.objects.filter(expires_at__lt=at).delete()


def _secret() -> bytes:
    return salted_hmac("newsroom.proof_of_work", settings.SITE_URL, algorithm="sha256").digest()
