from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from newsroom import checks, installation, second_factor  # noqa: F401  (registers the checks)

        post_migrate.connect(installation.after_migrate, sender=self)
        authenticator_added.connect(second_factor.note_enrolment)  # the library tells it in no other way
