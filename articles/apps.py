from django.apps import AppConfig
from django.conf import settings
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
        reactions.add(tasks.see_to_files)

    def warm_up(self) -> None:
        """What takes a moment to load; a web worker calls it before its first reader."""
        from articles.search import languages

        languages.load(settings.EDITIONS)
