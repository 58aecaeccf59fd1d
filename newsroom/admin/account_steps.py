"""What a chief editor does to an account when somebody is locked out, leaves, or works as something else from now on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from newsroom import actions, links
from newsroom.admin.common import page_with_link, person, step
from newsroom.admin.roles import RoleForm
from newsroom.models import User


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Kept with the account, for the chief editors."),
    )


class AccountSteps(ModelAdmin):
    """The pages of one account, each behind a button: a GET explains, a POST does."""

    actions_detail = ["give_role", "reset_password", "remove_second_factor", "sign_out", "disable", "enable"]

    def has_help_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self.has_change_permission(request, self._account(request, object_id))

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> Any:
        """The buttons that fit the account."""
        user = self._account(request, object_id)
        is_another = user != request.user
        fits = {
            "remove_second_factor": user.has_factor and is_another,
            "disable": user.is_active,
            "enable": not user.is_active,
            "reset_password": user.is_active and is_another,
            "sign_out": user.is_active,
        }
        found = super().get_actions_detail(request, object_id)
        return [button for button in found if fits.get(button.action_name.removeprefix("newsroom_user_"), True)]

    def _account(self, request: HttpRequest, object_id: Any) -> Any:
        """With everything that the page shows; 404 where there is none."""
        user = self.get_object(request, str(object_id))
        if user is None:
            raise Http404
        return user

    def _step(self, request: HttpRequest, user: User, do: Callable[[Any], Any], **kwargs: Any) -> HttpResponse:
        back = reverse("admin:newsroom_user_change", args=[user.pk])
        return step(
            request, model_admin=self, do=do, refusals=actions.AccountError, **{"back": back, "name": user, **kwargs}
        )

    @action(description=_("Change the role…"), url_path="role", permissions=["help"])
    def give_role(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self._account(request, object_id)

        def do(form: Any) -> str:
            actions.give_role(user, by=person(request), at=timezone.now(), **form.cleaned_data)
            return gettext("%(name)s has another role now.") % {"name": user}

        return self._step(
            request,
            user,
            do,
            title=_("Another role for %(name)s") % {"name": user},
            explanation=_("Its rights count from the next click on. A role that can publish asks for a second factor."),
            button=_("Give this role"),
            form_class=lambda *args, **kwargs: RoleForm(*args, by=person(request), **kwargs),
            initial={"role": user.groups.first()},
        )

    @action(description=_("Reset the password…"), url_path="reset-password", permissions=["help"])
    def reset_password(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self._account(request, object_id)

        def do(form: Any) -> str:
            actions.reset_password(user, by=person(request), at=timezone.now())
            request.session["shows_link"] = user.pk
            return gettext("The old password works no more.")

        return self._step(
            request,
            user,
            do,
            title=_("Reset the password of %(name)s") % {"name": user},
            explanation=_(
                "The old password stops working and all sessions end. You get a link by which a new one is chosen; it is "
                "mailed, too. The second factor stays."
            ),
            button=_("Reset the password"),
            back=reverse("admin:newsroom_user_link", args=[user.pk]),
        )

    @action(description=_("Remove the second factor…"), url_path="remove-second-factor", permissions=["help"])
    def remove_second_factor(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self._account(request, object_id)

        def do(form: Any) -> str:
            actions.remove_second_factor(user, by=person(request), at=timezone.now(), **form.cleaned_data)
            sentence = (
                gettext("%(name)s signs in by password now, and sets up a new second factor before anything else.")
                if user.must_have_second_factor
                else gettext("%(name)s signs in by password alone now, and can set up a new second factor.")
            )
            return sentence % {"name": user}

        return self._step(
            request,
            user,
            do,
            title=_("Remove the second factor of %(name)s") % {"name": user},
            explanation=_(
                "For a lost phone. Make sure that it is really they who ask, by a call or in person. All sessions end, and "
                "they are told by mail."
            ),
            button=_("Remove the second factor"),
            form_class=ReasonForm,
        )

    @action(description=_("Sign out everywhere…"), url_path="sign-out", permissions=["help"])
    def sign_out(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self._account(request, object_id)

        def do(form: Any) -> str:
            actions.end_sessions(user, by=person(request), at=timezone.now())
            return gettext("%(name)s is signed out everywhere.") % {"name": user}

        return self._step(
            request,
            user,
            do,
            title=_("Sign %(name)s out everywhere") % {"name": user},
            explanation=_("Every browser has to sign in again. What is typed and not saved is given back."),
            button=_("Sign out everywhere"),
        )

    @action(description=_("Disable…"), url_path="disable", permissions=["help"])
    def disable(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self._account(request, object_id)

        def do(form: Any) -> str:
            actions.disable(user, by=person(request), at=timezone.now(), **form.cleaned_data)
            return gettext("%(name)s gets in no more.") % {"name": user}

        return self._step(
            request,
            user,
            do,
            title=_("Disable the account of %(name)s") % {"name": user},
            explanation=_("They get in no more, from the next click on. What they wrote stays theirs."),
            button=_("Disable"),
            form_class=ReasonForm,
        )

    @action(description=_("Enable again…"), url_path="enable", permissions=["help"])
    def enable(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self._account(request, object_id)

        def do(form: Any) -> str:
            actions.enable(user, by=person(request), at=timezone.now())
            return gettext("%(name)s can sign in again.") % {"name": user}

        return self._step(
            request,
            user,
            do,
            title=_("Let %(name)s in again") % {"name": user},
            explanation=_("With the password and the second factor that they had."),
            button=_("Enable again"),
        )

    # --- The link that a reset makes: shown once ---

    def get_urls(self) -> Any:
        shown = self.admin_site.admin_view(self.link_view)
        return [path("<int:object_id>/link/", shown, name="newsroom_user_link"), *super().get_urls()]

    def link_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        user = self._account(request, object_id)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        back = reverse("admin:newsroom_user_change", args=[user.pk])
        if request.session.pop("shows_link", None) != user.pk:
            return redirect(back)
        return page_with_link(
            request,
            model_admin=self,
            title=_("A new password for %(name)s") % {"name": user},
            link=links.new_password(user),
            explanation=_(
                "Give them this link. It works once and for one day, and is shown only now. It is on its way to %(email)s, "
                "too."
            )
            % {"email": user.email},
            back=back,
        )
