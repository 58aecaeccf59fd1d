"""Invite somebody from the server's own command line: the way in when nobody can sign in yet, or any more."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from newsroom import actions
from newsroom.models.accounts import CHIEF_EDITOR, EDITOR, TRANSLATOR

ROLES = {"chief": CHIEF_EDITOR, "editor": EDITOR, "translator": TRANSLATOR}


class Command(BaseCommand):
    help = "Print a link by which somebody makes an account, good once and for seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="the person's name or e-mail address")
        parser.add_argument("--role", choices=ROLES, default="editor")
        parser.add_argument("--email", default="", help="the link is mailed there, too, once mail is set up")

    def handle(self, *args: Any, who: str, role: str, email: str, **options: Any) -> None:
        email = email or (who if "@" in who else "")
        name = who.split("@")[0].strip()
        if not name or len(name) > 150:
            raise CommandError("Say whom you invite by a name of at most 150 characters, or by an e-mail address.")
        try:
            if email:
                validate_email(email)
            invitation = actions.invite(
                name=name, email=email, role=Group.objects.get(name=ROLES[role]), by=None, at=timezone.now()
            )
        except ValidationError as error:
            raise CommandError(f"{email} is no e-mail address.") from error
        except actions.AccountError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(invitation.link())
