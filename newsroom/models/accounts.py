from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group, Permission, UserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator

CHIEF_EDITOR, EDITOR, TRANSLATOR = gettext_noop("Chief editor"), gettext_noop("Editor"), gettext_noop("Translator")


class UserQuerySet(models.QuerySet["User"]):
    def active_chiefs(self) -> UserQuerySet:
        """Who can let others in: the role of chief editor, or a superuser."""
        return self.filter(
            Q(groups__name=CHIEF_EDITOR) | Q(is_superuser=True), is_active=True, is_staff=True
        ).distinct()

    def with_second_factor(self) -> UserQuerySet:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=User.SECOND_FACTORS)
        return self.annotate(has_factor=Exists(factors))


class User(AbstractUser):
    """Somebody who signs in: staff and patrons are one kind of account with different rights."""

    #: What a second factor can be; recovery codes come with one of these.
    SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

    email = models.EmailField(_("e-mail address"))
    sessions_ended = models.PositiveIntegerField(_("sessions ended"), default=0, db_default=0, editable=False)

    objects = UserManager()  # type: ignore[misc]  # said again, so that it stays the first
    people = UserQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_without_regard_to_case",
                violation_error_message=_("Another account uses this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    # --- Sessions: each holds this hash, so counting one up ends all of them at their next request ---

    def get_session_auth_hash(self) -> str:
        return self._with_sessions_ended(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._with_sessions_ended, super().get_session_auth_fallback_hash())

    def _with_sessions_ended(self, session_hash: str) -> str:
        return f"{session_hash}:{self.sessions_ended}" if self.sessions_ended else session_hash

    # --- The second factor ---

    @property
    def must_have_second_factor(self) -> bool:
        """Whoever can publish or let others in, or everyone who works here, as SECOND_FACTOR says."""
        if settings.SECOND_FACTOR == "staff":
            return self.is_staff
        is_trusted = self.has_perm("articles.publish_article") or self.has_perm("newsroom.change_user")
        return settings.SECOND_FACTOR == "publishers" and self.is_staff and is_trusted

    def second_factors(self) -> models.QuerySet[Authenticator]:
        mine: models.QuerySet[Authenticator] = Authenticator.objects.filter(user=self, type__in=self.SECOND_FACTORS)
        return mine

    def may_give(self, role: Group) -> bool:
        """Nobody gives a right that they do not have."""
        if self.is_superuser:
            return True
        rights = Permission.objects.filter(group=role)
        mine = Permission.objects.filter(group__user=self)
        return self.has_perm("newsroom.change_user") and not rights.exclude(pk__in=mine).exists()

    def may_change(self, other: User) -> bool:
        """Who could set a superuser's password would be one."""
        if self.is_superuser:
            return True
        return (
            self.has_perm("newsroom.change_user")
            and not other.is_superuser
            and all(map(self.may_give, other.groups.all()))
        )
