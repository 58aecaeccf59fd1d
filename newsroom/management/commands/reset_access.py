"""For somebody who cannot sign in any more, when no chief editor can help: from the server's own command line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from newsroom import actions, links
from newsroom.models import User


class Command(BaseCommand):
    help = "Print a link by which somebody chooses a new password; or, with --second-factor, remove theirs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="the user name or e-mail address")
        parser.add_argument("--second-factor", action="store_true", help="remove the second factor, keep the password")

    def handle(self, *args: Any, who: str, second_factor: bool, **options: Any) -> None:
        user = User.objects.filter(Q(username__iexact=who) | Q(email__iexact=who)).first()
        if user is None:
            raise CommandError(f"There is no account {who}.")
        if not user.is_active:
            raise CommandError(f"The account {user.username} is disabled. Enable it in the admin first.")
        if second_factor:
            try:
                actions.remove_second_factor(user, by=None, at=timezone.now(), reason="manage.py reset_access")
            except actions.NothingToDo as error:
                raise CommandError(f"{user.username} has no second factor.") from error
            self.stdout.write(f"{user.username} signs in by password now and has to set up a new second factor.")
            return
        actions.reset_password(user, by=None, at=timezone.now())
        self.stdout.write(links.new_password(user))
