"""Accounts: who works here, in which role, and what happened to each."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as _registers_group  # noqa: F401
from django.contrib.auth.models import Group
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action, display

from newsroom import actions
from newsroom.admin.account_steps import AccountSteps
from newsroom.admin.common import person
from newsroom.admin.roles import role_name
from newsroom.models import AccountEvent, User

admin.site.unregister(Group)  # roles are made by `migrate`


class EventInline(TabularInline):
    model = AccountEvent
    fk_name = "account"
    extra = 0
    fields = readonly_fields = ["at", "what", "by", "note"]
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("newsroom.view_user")


@admin.register(User)
class UserAdmin(AccountSteps):
    list_display = ["name", "username", "role", "factor_label", "state_label", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["username", "email", "first_name", "last_name"]
    ordering = ["-is_active", "username"]
    fieldsets = [
        (_("Person"), {"fields": ["first_name", "last_name", "email", "username"]}),
        (_("Access"), {"fields": ["role", "second_factor", "state", "last_login", "date_joined"]}),
    ]
    readonly_fields = ["role", "second_factor", "state", "last_login", "date_joined"]
    inlines = [EventInline]
    actions_list = ["invite"]

    def get_queryset(self, request: HttpRequest) -> Any:
        found = User.people.with_second_factor().prefetch_related(Prefetch("groups", Group.objects.order_by("name")))
        return found.order_by(*self.ordering)

    @display(description=pgettext_lazy("a person", "Name"), ordering="last_name")
    def name(self, user: User) -> str:
        return str(user)

    @display(description=_("role"))
    def role(self, user: User) -> str:
        names = [role_name(group) for group in user.groups.all()]
        return ", ".join([gettext("Superuser"), *names] if user.is_superuser else names) or "–"

    @display(description=_("second factor"))
    def second_factor(self, user: Any) -> str:
        return gettext("set up") if user.has_factor else gettext("none yet")

    @display(description=_("second factor"), label={True: "success", False: "warning"})
    def factor_label(self, user: Any) -> tuple[bool, str]:
        return user.has_factor, self.second_factor(user)

    @display(description=_("state"))
    def state(self, user: User) -> str:
        return gettext("can sign in") if user.is_active else gettext("disabled")

    @display(description=_("state"), label={True: "success", False: "danger"})
    def state_label(self, user: User) -> tuple[bool, str]:
        return user.is_active, self.state(user)

    # --- Who may ---

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made by those whom they are for, by an invitation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Disabled, not deleted: what somebody wrote stays theirs."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or person(request).may_change(obj))

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("newsroom.add_invitation")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """The address has a verb of its own: whoever reads the old one is told."""
        email, obj.email = obj.email, form.initial["email"]
        super().save_model(request, obj, form, change)
        if email != obj.email:
            actions.change_address(obj, email=email, by=person(request), at=timezone.now())

    @action(description=_("Invite somebody…"), url_path="invite", permissions=["invite"])
    def invite(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:newsroom_invitation_add")
