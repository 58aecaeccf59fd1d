from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")  # the house: "Newsroom › Articles", not "Articles › Articles"

    def ready(self) -> None:
        from articles import addresses, sitemaps

        addresses.add_all()
        sitemaps.add_all()
