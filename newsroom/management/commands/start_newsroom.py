"""Make a new installation ready: names, addresses, first pages and sections, and a link for the chief editor.

It asks for what was not given, or with --no-input takes the flags alone. Run again it changes nothing that somebody
has written, and gives the chief's link again as long as nobody has used it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from newsroom import actions
from newsroom.actions.start import is_unnamed
from newsroom.models import Invitation, Outlet


class Command(BaseCommand):
    help = "Make a new installation ready: names, addresses, first pages, and a link for the chief editor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--outlet", default="", help="the outlet's name")
        parser.add_argument(
            "--edition",
            action="append",
            default=[],
            metavar="CODE=NAME",
            help="its name in one edition, where it differs there, such as uk=Пором; may be repeated",
        )
        parser.add_argument("--publisher", default="", help="who publishes it and holds the rights; else its name")
        parser.add_argument("--contact", default="", help="the address for letters")
        parser.add_argument("--corrections", default="", help="the address for corrections; else that for letters")
        parser.add_argument("--permissions", default="", help="the address that grants reprints; else that for letters")
        parser.add_argument("--chief", default="", help="the chief editor's name")
        parser.add_argument("--email", default="", help="the chief editor's address")
        parser.add_argument("--no-input", action="store_false", dest="ask", help="ask nothing: take the flags alone")

    def handle(self, *args: Any, ask: bool, **given: Any) -> None:
        is_new = is_unnamed(Outlet.objects.get(pk=1))
        if is_new and ask:
            given = {**given, **self._ask(given)}
        house = self._house(given, is_new=is_new)
        try:
            invitation = actions.start_newsroom(house, at=timezone.now())
        except actions.AccountError as error:
            raise CommandError(str(error)) from error
        self._tell(invitation)

    def _ask(self, given: dict[str, Any]) -> dict[str, str]:
        """What was not given already. An empty answer takes what stands in brackets."""
        answers = {
            "outlet": self._answer("Name of the outlet", given["outlet"]),
            "chief": self._answer("Name of the chief editor", given["chief"]),
            "email": self._answer("The chief editor's e-mail address", given["email"]),
        }
        contact = given["contact"] or answers["email"]
        answers["contact"] = given["contact"] or self._answer(f"Address for letters [{contact}]") or contact
        for name, what in (("corrections", "corrections"), ("permissions", "permission to reprint")):
            answers[name] = given[name] or self._answer(f"Address for {what} [{answers['contact']}]")
        return answers

    def _answer(self, question: str, given: str = "") -> str:
        try:
            return given or input(f"{question}: ").strip()
        except EOFError as error:
            raise CommandError("There is nobody to ask. Give the flags, and --no-input; see --help.") from error

    def _house(self, given: dict[str, Any], *, is_new: bool) -> actions.House:
        missing = [f"--{name}" for name in ("outlet", "chief", "email") if is_new and not given[name]]
        if missing:
            raise CommandError(f"A new installation needs {', '.join(missing)}.")
        names = dict(entry.partition("=")[::2] for entry in given["edition"])
        if unknown := set(names) - set(settings.EDITIONS):
            raise CommandError(f"--edition names {', '.join(sorted(unknown))}, but EDITIONS does not.")
        for name in ("contact", "corrections", "permissions", "email"):
            self._check_address(name, given[name])
        if too_long := [name for name in (given["outlet"], given["chief"], *names.values()) if len(name) > 100]:
            raise CommandError(f"A name has at most 100 characters: {too_long[0]}")
        contact = given["contact"] or given["email"]
        return actions.House(
            outlet=given["outlet"],
            publisher=given["publisher"],
            contact=contact,
            corrections=given["corrections"] or contact,
            permissions=given["permissions"] or contact,
            chief=given["chief"],
            chief_email=given["email"],
            editions=names,
        )

    def _check_address(self, name: str, address: str) -> None:
        try:
            if address:
                validate_email(address)
        except ValidationError as error:
            raise CommandError(f"--{name}: {address} is no e-mail address.") from error

    def _tell(self, invitation: Invitation | None) -> None:
        outlet = Outlet.objects.get(pk=1)
        self.stdout.write(f"{outlet} is ready at {settings.SITE_URL}/")
        if invitation is None:
            self.stdout.write("Somebody is chief editor already. To invite others: manage.py invite NAME --role editor")
        else:
            self.stdout.write(f"\n{invitation} becomes chief editor by this link, once, until ", ending="")
            self.stdout.write(
                f"{timezone.localtime(invitation.expires_at):%d %B %Y, %H:%M %Z}:\n\n  {invitation.link()}\n"
            )
        if lacking := list(_lacking()):
            self.stdout.write("Still missing:")
            self.stdout.write("".join(f"  - {sentence}\n" for sentence in lacking))
        self.stdout.write(
            "Next: read the first pages at Admin → Pages and change what is not so with you (privacy and masthead above "
            "all), look at Editions and wordings, and invite your colleagues at Admin → Invitations."
        )


def _lacking() -> Any:
    """What a site in earnest has and this one has not."""
    if urlsplit(settings.SITE_URL).scheme != "https":
        yield f"SITE_URL is {settings.SITE_URL}. Set it to the public address, beginning with https://."
    if not settings.SECRET_KEY_IS_SET:
        yield "SECRET_KEY is not set, so a key of this machine's own is used. Set one, and keep it with your backups."
    if not settings.DATABASE_URL:
        yield "DATABASE_URL is not set: the embedded database is for trying out only."
    if not settings.IS_MAIL_SET_UP:
        yield "EMAIL_URL is not set, so no mail leaves. Set it, then try it with manage.py send_test_mail ADDRESS."
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield "DEFAULT_FROM_EMAIL is not set: mail would come from newsroom@localhost, and be refused by many."
