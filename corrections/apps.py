from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CorrectionsConfig(AppConfig):
    name = "corrections"
    verbose_name = _("Corrections")

    def ready(self) -> None:
        from articles import reactions
        from corrections import carrying, installation, log, mails, sitemaps

        reactions.add(log.record)
        reactions.add(carrying.carry_forward)
        mails.declare()
        sitemaps.add_all()
        post_migrate.connect(installation.after_migrate, sender=self)
