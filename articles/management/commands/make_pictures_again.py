from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F, Q

from articles import actions, tasks
from articles.models import Picture, Refusal, Revision


class Command(BaseCommand):
    help = (
        "Has the queue make the files of pictures anew: of those named by their keys, of those that failed, or of all. "
        "With --cards the social cards of everything public too, as after a change of the outlet’s name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keys", nargs="*", metavar="KEY", help="what a picture is called in addresses")
        parser.add_argument("--failed", action="store_true", help="those that could not be prepared")
        parser.add_argument(
            "--all", action="store_true", help="every picture of the library, but for those removed with an article"
        )
        parser.add_argument("--cards", action="store_true", help="social cards that no longer show what they should")

    def handle(self, *args: Any, **options: Any) -> None:
        pictures = self._named(options)
        if pictures is None and not options["cards"]:
            raise CommandError("Say which: name keys, or give --failed, --all or --cards.")
        for picture in pictures or []:
            actions.make_renditions_again(picture)
        if pictures is not None:
            self.stdout.write(f"{len(pictures)} pictures wait for the queue.")
        if options["cards"]:
            public = Revision.objects.filter(Q(pk=F("article__live")) | Q(pk=F("article__next")))
            numbers = list(public.filter(article__taken_down_at__isnull=True).values_list("pk", flat=True))
            for number in numbers:
                tasks.draw_social_card.defer(revision_id=number)
            self.stdout.write(f"{len(numbers)} social cards wait for the queue.")

    @staticmethod
    def _named(options: dict[str, Any]) -> list[Picture] | None:
        if options["all"]:
            return list(Picture.objects.exclude(failure=Refusal.WITHHELD))
        if options["failed"]:
            return list(Picture.objects.failed().exclude(failure=Refusal.WITHHELD))
        if not options["keys"]:
            return None
        found = Picture.objects.in_bulk(options["keys"], field_name="key")
        if unknown := [key for key in options["keys"] if key not in found]:
            raise CommandError(f"There is no picture {', '.join(unknown)}.")
        return list(found.values())
