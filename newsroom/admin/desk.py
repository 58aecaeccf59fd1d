"""What the editors' first page tells a chief about the site itself, and the page that tries the mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminTextInputWidget

from newsroom import mail
from newsroom.admin.common import person, step
from newsroom.models import User


def notices(request: HttpRequest) -> list[str]:
    """Sentences for whoever looks after the site; nobody else is bothered with them."""
    if not _looks_after_the_site(request):
        return []
    found = []
    if not settings.IS_MAIL_SET_UP and not settings.DEMO:
        found.append(
            _(
                "Mail is not set up, so nothing leaves: letters are kept here, and invitations you pass on yourself. Whoever "
                "runs the server sets EMAIL_URL."
            )
        )
    queue = mail.queue()
    if queue.failed_at and queue.waiting:
        when = date_format(timezone.localtime(queue.failed_at), "DATETIME_FORMAT")
        found.append(
            ngettext(
                "%(count)s mail waits and is tried again every five minutes; the last try failed at %(when)s.",
                "%(count)s mails wait and are tried again every five minutes; the last try failed at %(when)s.",
                queue.waiting,
            )
            % {"count": queue.waiting, "when": when}
        )
    if queue.given_up:
        found.append(
            ngettext(
                "%(count)s mail was given up after half a week of tries.",
                "%(count)s mails were given up after half a week of tries.",
                queue.given_up,
            )
            % {"count": queue.given_up}
        )
    return found


def clock() -> dict[str, str]:
    """Which clock the times of the admin are read by, and what it shows."""
    now = timezone.localtime()
    return {"zone": settings.TIME_ZONE, "time": date_format(now, "TIME_FORMAT")}


class TestMailForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=UnfoldAdminTextInputWidget(attrs={"type": "email"})
    )


def try_mail(request: HttpRequest) -> HttpResponse:
    """Send a mail now and say what happened, so that nobody has to guess."""
    if not _looks_after_the_site(request):
        raise PermissionDenied
    queue = mail.queue()

    def do(form: Any) -> str:
        mail.send_test(form.cleaned_data["address"])
        if settings.IS_MAIL_SET_UP:
            return _("The mail server has taken it. Look into that mailbox now.")
        return _("No mail left: EMAIL_URL is not set, so it was written to a file on the server.")

    return step(
        request,
        model_admin=admin.site._registry[User],
        title=_("Try the mail"),
        explanation=_("Mail that waits: %(waiting)s. Send one to yourself, and see what happens.")
        % {"waiting": queue.waiting},
        button=_("Send a test"),
        back=reverse("admin:index"),
        do=do,
        refusals=mail.MailFailed,
        form_class=TestMailForm,
        initial={"address": person(request).email},
    )


def _looks_after_the_site(request: HttpRequest) -> bool:
    return request.user.has_perm("newsroom.change_user")


urlpatterns = [path("admin/mail/", admin.site.admin_view(try_mail), name="try_mail")]
