"""Send one mail now, and say plainly what happened to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from newsroom import mail


class Command(BaseCommand):
    help = "Send a test mail to an address and say what happened."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address} is no e-mail address.") from error
        try:
            mail.send_test(address)
        except mail.MailFailed as failure:
            raise CommandError(str(failure)) from failure
        if settings.IS_MAIL_SET_UP:
            self.stdout.write(f"{settings.EMAIL_HOST} has taken the mail to {address}. Look into that mailbox now.")
        else:
            where = getattr(settings, "EMAIL_FILE_PATH", "nowhere")
            self.stdout.write(f"No mail left: EMAIL_URL is not set, so it was written to {where}. Set EMAIL_URL.")
