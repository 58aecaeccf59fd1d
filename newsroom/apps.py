from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from newsroom import checks, installation  # noqa: F401  (registers the checks)

        post_migrate.connect(installation.after_migrate, sender=self)
