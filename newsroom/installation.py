"""What every installation has from its first migration on: its editions, its outlet, its roles, its first wordings.

Nothing here touches what somebody has already written.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsroom import wordings
from newsroom.models import Block, Edition, Outlet, ReusePolicy, ReuseTerms
from newsroom.models.accounts import CHIEF_EDITOR as CHIEF_EDITOR
from newsroom.models.accounts import EDITOR as EDITOR
from newsroom.models.accounts import TRANSLATOR as TRANSLATOR

#: Whose models the roles speak of.
APPS = ("newsroom", "articles", "corrections")
_EVERYTHING = ("view", "add", "change", "delete")
#: Role → model → what it may do with it, in the admin's own verbs and in those of the articles.
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    TRANSLATOR: {
        "article": ("view", "add", "change"),
        "credit": _EVERYTHING,
        "relatedarticle": ("view",),
        "picture": ("view", "add", "change"),
        "original": ("view", "add", "change"),
        "source": ("view",),
        "contributor": ("view",),
        "section": ("view",),
        "topic": ("view",),
        "assignment": ("view",),
    },
    EDITOR: {
        "article": (*_EVERYTHING, "publish", "take_down"),
        "credit": _EVERYTHING,
        "relatedarticle": _EVERYTHING,
        "picture": _EVERYTHING,
        "revision": ("view",),
        "readcount": ("view",),
        "original": _EVERYTHING,
        "source": ("view", "add", "change"),
        "contributor": ("view", "add", "change"),
        "contributorname": _EVERYTHING,
        "section": ("view",),
        "topic": ("view", "add", "change"),
        "assignment": _EVERYTHING,
        "page": ("view", "add", "change"),
        "oldaddress": _EVERYTHING,
        "letter": ("view",),
        "report": ("view", "decide"),
        "correction": ("view",),
        "readyanswer": _EVERYTHING,
    },
}
ROLES[CHIEF_EDITOR] = ROLES[EDITOR] | dict.fromkeys(
    [
        "block",
        "contributor",
        "contributorname",
        "followlink",
        "funder",
        "funderacknowledgement",
        "invitation",
        "page",
        "reusepolicy",
        "reuseterms",
        "section",
        "source",
        "topic",
        "user",
    ],
    _EVERYTHING,
)
ROLES[CHIEF_EDITOR] |= {"oldaddress": (*_EVERYTHING, "lead_elsewhere")}
ROLES[CHIEF_EDITOR] |= {"outlet": ("view", "change"), "edition": ("view", "change"), "letter": ("view", "delete")}
ROLES[CHIEF_EDITOR] |= {"rules": ("view", "change"), "mailtext": ("view", "change"), "redaction": ("view", "add")}


def after_migrate(*, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    if any(isinstance(cache, DatabaseCache) for cache in caches.all(initialized_only=False)):
        call_command("createcachetable", database=using, verbosity=0)  # signing in counts its attempts there
    lay_foundations()


def lay_foundations() -> None:
    """Make what is missing. Run after every migration; also by tests that empty the tables."""
    Outlet.objects.get_or_create(pk=1, defaults={"name": _("Newsroom")})
    policy = ReusePolicy.objects.filter(is_default=True).first() or ReusePolicy.objects.create(
        name="Our rule",
        is_default=True,
        holder="Newsroom",
        first_year=timezone.now().year,
        contact="permissions@localhost",
    )
    for position, code in enumerate(settings.EDITIONS):
        with override(code):
            edition, is_new = Edition.objects.get_or_create(
                code=code,
                defaults={
                    "name": "Newsroom",
                    "language_name": dict(settings.LANGUAGES)[code],
                    "position": position,
                },
            )
        if is_new:
            words = wordings.FIRST.get(code, wordings.FIRST["en"])  # editors write what no other hand has
            for place, (heading, body) in words.blocks.items():
                Block.objects.create(
                    edition=edition, place=place, heading=heading, body=body, is_shown=place != Block.Place.AD_NOTICE
                )
            ReuseTerms.objects.create(policy=policy, edition=edition, rule=words.rule, terms=words.terms)
    for label in APPS:  # this may run before Django has made the permissions of the later app
        create_permissions(apps.get_app_config(label), verbosity=0)
    for role, models in ROLES.items():
        group, _is_new = Group.objects.get_or_create(name=role)
        group.permissions.add(*_permissions(models))  # a later version may add some; what a house added stays


def _permissions(models: dict[str, tuple[str, ...]]) -> list[Permission]:
    codenames = [f"{verb}_{model}" for model, verbs in models.items() for verb in verbs]
    return list(Permission.objects.filter(codename__in=codenames, content_type__app_label__in=APPS))
