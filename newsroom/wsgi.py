"""What the web server (granian) runs: `granian --interface wsgi newsroom.wsgi:application`."""

import gc
import os

from django.apps import apps
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()
for config in apps.get_app_configs():
    getattr(config, "warm_up", lambda: None)()  # what takes a moment to load, before the first reader comes

from django.db import connections  # noqa: E402  (they need the apps)

from newsroom.checks import refuse_wrong_database  # noqa: E402

refuse_wrong_database()
connections.close_all()
gc.freeze()  # what is loaded stays: to look through it for garbage would stop every reader for a tenth of a second
