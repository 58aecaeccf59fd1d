from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from newsroom import tasks
from newsroom.models import Letter


@transaction.atomic
def receive_letter(
    *, key: uuid.UUID, edition: str, to: str, name: str, email: str, about: str, text: str, at: datetime
) -> Letter:
    """Keep a letter and have it mailed to whom it is for. The same `key` twice is one letter: a form sent twice."""
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "edition_id": edition,
            "to": to,
            "name": name,
            "email": email,
            "about": about,
            "text": text,
            "received_at": at,
        },
    )
    if is_new:
        tasks.mail_letter.defer(letter_id=letter.pk)  # in this transaction: no letter without its mail, nor the reverse
    return letter
