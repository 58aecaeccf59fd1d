"""Take one mail from standard input, as a mail server hands it on."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from corrections import mail_in
from newsroom import limits

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Take one mail to the corrections address from standard input. Exit codes are those of sysexits.h."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(mail_in.MOST_BYTES + 1)
        if len(raw) > mail_in.MOST_BYTES:
            while sys.stdin.buffer.read(2**20):
                pass  # a mail server that is not listened to believes that something broke
            self._end(os.EX_DATAERR, "The mail is larger than 1 MB. Please send it again without files.")
        try:
            self.stdout.write(mail_in.receive(raw, at=timezone.now()))
        except mail_in.NoMail as reason:
            self._end(os.EX_DATAERR, str(reason))
        except limits.TooMany:
            self._end(os.EX_TEMPFAIL, "Many mails have come from this sender. This one is taken later.")
        except (OperationalError, InterfaceError) as error:
            logger.warning("A mail is left to the mail server: %s", error)
            self._end(os.EX_TEMPFAIL, "The database is away. The mail is taken later.")
        except Exception:  # whatever it is, the mail server shall keep the mail
            logger.exception("A mail is left to the mail server.")
            self._end(os.EX_TEMPFAIL, "The mail is taken later.")

    def _end(self, code: int, sentence: str) -> None:
        self.stdout.write(sentence)
        sys.exit(code)
