"""Invitations: who was invited, what became of it, and a new link where one was lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextInputWidget

from newsroom import actions
from newsroom.admin.common import page_with_link, person, step
from newsroom.admin.roles import RoleForm, role_name
from newsroom.models import Invitation
from newsroom.models.invitations import STATES

CHANGELIST = "admin:newsroom_invitation_changelist"


class InviteForm(RoleForm):
    name = forms.CharField(label=_("The person’s name"), max_length=150, widget=UnfoldAdminTextInputWidget)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "email"}),
        help_text=_("The link is mailed there, too. Without it, you pass the link on yourself."),
    )
    field_order = ["name", "email", "role"]


@admin.register(Invitation)
class InvitationAdmin(ModelAdmin):
    list_display = ["name", "role_given", "email", "state_label", "invited_by", "expires_at"]
    list_filter = ["role"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "role_given", "state", "invited_by", "invited_at", "mailed_at", "expires_at", "account"]
    readonly_fields = fields
    list_select_related = ["role", "invited_by", "accepted_by"]
    actions_detail = ["renew", "withdraw"]

    @display(description=_("role"), ordering="role__name")
    def role_given(self, invitation: Invitation) -> str:
        return role_name(invitation.role)

    @display(description=_("account"))
    def account(self, invitation: Invitation) -> str:
        return str(invitation.accepted_by or "–")

    @display(description=_("state"))
    def state(self, invitation: Invitation) -> str:
        return str(STATES[invitation.state(timezone.now())])

    @display(description=_("state"), label={"open": "info", "accepted": "success", "expired": "warning"})
    def state_label(self, invitation: Invitation) -> tuple[str, str]:
        return invitation.state(timezone.now()), self.state(invitation)

    def get_ordering(self, request: HttpRequest) -> Any:
        """Those first that somebody may still open."""
        decided = models.F("accepted_at").desc(nulls_first=True), models.F("withdrawn_at").desc(nulls_first=True)
        return [*decided, "-expires_at"]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> Any:
        """None, where nothing can be changed any more."""
        is_decided = self._invitation(request, str(object_id)).is_decided
        return [] if is_decided else super().get_actions_detail(request, object_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # seen as they are; buttons change them

    def has_decide_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("newsroom.change_invitation")

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied

        def do(form: Any) -> str:
            invitation = actions.invite(by=person(request), at=timezone.now(), **form.cleaned_data)
            request.session["shows_invitation"] = invitation.pk
            return gettext("%(name)s is invited.") % {"name": invitation}

        return step(
            request,
            model_admin=self,
            title=_("Invite somebody"),
            explanation=_("You get a link that makes one account with this role. It works once, for seven days."),
            button=_("Make the invitation"),
            back=reverse("admin:newsroom_invitation_link"),
            do=do,
            refusals=actions.AccountError,
            form_class=lambda *args, **kwargs: InviteForm(*args, by=person(request), **kwargs),
        )

    def _invitation(self, request: HttpRequest, object_id: str) -> Invitation:
        invitation: Invitation | None = self.get_object(request, object_id)
        if invitation is None:
            raise Http404
        return invitation

    @action(description=_("New link…"), url_path="renew", permissions=["decide"])
    def renew(self, request: HttpRequest, object_id: str) -> HttpResponse:
        invitation = self._invitation(request, object_id)

        def do(form: Any) -> str:
            actions.renew(invitation, by=person(request), at=timezone.now())
            request.session["shows_invitation"] = invitation.pk
            return gettext("There is a new link; the old one works no more.")

        return step(
            request,
            model_admin=self,
            title=_("A new link for %(name)s") % {"name": invitation},
            explanation=_("The old link stops working, and the new one is good for seven days."),
            button=_("Make a new link"),
            back=reverse("admin:newsroom_invitation_link"),
            do=do,
            refusals=actions.AccountError,
        )

    @action(description=_("Withdraw…"), url_path="withdraw", permissions=["decide"])
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        invitation = self._invitation(request, object_id)

        def do(form: Any) -> str:
            actions.withdraw(invitation, by=person(request), at=timezone.now())
            return gettext("The invitation is withdrawn.")

        return step(
            request,
            model_admin=self,
            title=_("Withdraw the invitation of %(name)s") % {"name": invitation},
            explanation=_("Its link then says that it was withdrawn."),
            button=_("Withdraw"),
            back=reverse(CHANGELIST),
            do=do,
            refusals=actions.AccountError,
        )

    # --- The link: shown once ---

    def get_urls(self) -> Any:
        shown = self.admin_site.admin_view(self.link_view)
        return [path("link/", shown, name="newsroom_invitation_link"), *super().get_urls()]

    def link_view(self, request: HttpRequest) -> HttpResponse:
        """After an invitation was made or renewed, for the one who did so."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        invitation = Invitation.objects.filter(pk=request.session.pop("shows_invitation", None)).first()
        if invitation is None:
            return redirect(CHANGELIST)
        until = {"until": date_format(timezone.localtime(invitation.expires_at), "DATETIME_FORMAT")}
        explanation = _("Give them this link. It works once, until %(until)s, and is shown only now.") % until
        if invitation.email:
            explanation += " " + _("It is on its way to %(email)s, too.") % {"email": invitation.email}
        return page_with_link(
            request,
            model_admin=self,
            title=_("The link for %(name)s") % {"name": invitation},
            link=invitation.link(),
            explanation=explanation,
            back=reverse(CHANGELIST),
        )
