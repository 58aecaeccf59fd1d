from contextlib import suppress
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")  # the house: "Newsroom › Articles", not "Articles › Articles"

    def ready(self) -> None:
        from articles import addresses, checks, reactions, sitemaps, tasks  # noqa: F401  (registers the checks)
        from articles.search import index

        addresses.add_all()
        sitemaps.add_all()
        reactions.add(index.react)
        reactions.add(tasks.see_to_social_card)
        post_migrate.connect(index_what_is_missing, sender=self)

    def warm_up(self) -> None:
        """What takes a moment to load; a web worker calls it before its first reader."""
        from articles.search import languages

        languages.load(settings.EDITIONS)


def index_what_is_missing(**kwargs: Any) -> None:
    """After an upgrade, have the queue's worker index what was published before: a migration would take minutes."""
    from procrastinate.exceptions import AlreadyEnqueued

    from articles import tasks
    from articles.search import index

    if index.missing().exists():
        with suppress(AlreadyEnqueued), transaction.atomic():
            tasks.index_articles.defer()
