"""What the web server (granian) runs: `granian --interface wsgi newsroom.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

from django.db import connections  # noqa: E402  (they need the apps)

from newsroom.checks import refuse_wrong_database  # noqa: E402

refuse_wrong_database()
connections.close_all()
