"""The words of mails: all of them on one page, each with its own form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from newsroom import actions, mail_texts
from newsroom.admin.common import step
from newsroom.models import Edition, MailText


class WordsForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200, widget=UnfoldAdminTextInputWidget)
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=5000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 16})
    )

    def __init__(self, *args: Any, mail: mail_texts.Mail, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mail = mail
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        for name in ("subject", "body"):
            if unknown := self.mail.unknown_placeholders(self.cleaned_data.get(name, "")):
                named = ", ".join(f"{{{each}}}" for each in unknown)
                self.add_error(
                    name,
                    ngettext(
                        "%(names)s is none of the names below, so nothing could be put there.",
                        "%(names)s are none of the names below, so nothing could be put there.",
                        len(unknown),
                    )
                    % {"names": named},
                )
        return self.cleaned_data


@admin.register(MailText)
class MailTextAdmin(ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<str:name>/<slug:edition>/", self.admin_site.admin_view(self.words), name="newsroom_mailtext_words"),
            path(
                "<str:name>/<slug:edition>/first-words/",
                self.admin_site.admin_view(self.first_words),
                name="newsroom_mailtext_first_words",
            ),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Every mail that this site sends in the editors' words, in every edition."""
        self._demand_permission(request)
        own = {(row.name, row.edition_id): row for row in MailText.objects.all()}
        editions = list(Edition.objects.in_use())
        mails = [
            {
                "mail": mail,
                "texts": [
                    {
                        "edition": edition,
                        "subject": own[key].subject if (key := (mail.name, edition.pk)) in own else mail.first_words(edition.pk)[0],
                        "is_own": key in own,
                    }
                    for edition in editions
                ],
            }
            for mail in mail_texts.every()
        ]  # fmt: skip
        context = self.admin_site.each_context(request) | {"opts": self.opts, "title": _("Mails"), "mails": mails}
        return TemplateResponse(request, "admin/newsroom/mailtext/list.html", context)

    def words(self, request: HttpRequest, name: str, edition: str) -> HttpResponse:
        mail, found = self._find(request, name, edition)
        own = MailText.objects.filter(name=name, edition=found).first()
        subject, body = (own.subject, own.body) if own else mail.first_words(edition)

        def form(*args: Any, **kwargs: Any) -> WordsForm:
            return WordsForm(*args, mail=mail, language=edition, **kwargs)

        def do(valid: Any) -> str:
            actions.word_mail(name, edition=found, **valid.cleaned_data)
            return _("Saved. From now on this mail is written so.")

        return step(
            request,
            model_admin=self,
            title=mail.label,
            explanation=found.language_name,
            button=_("Save"),
            back=reverse("admin:newsroom_mailtext_changelist"),
            do=do,
            refusals=ValueError,
            form_class=form,
            initial={"subject": subject, "body": body},
            template="admin/newsroom/mailtext/words.html",
            placeholders=mail.placeholders,
            first_words=reverse("admin:newsroom_mailtext_first_words", args=[name, edition]) if own else "",
        )

    def first_words(self, request: HttpRequest, name: str, edition: str) -> HttpResponse:
        """Forget what editors wrote; a page of its own asks first, and shows what comes back."""
        mail, found = self._find(request, name, edition)

        def do(valid: Any) -> str:
            actions.word_mail_as_at_first(name, edition=found)
            return _("This mail has its first words again.")

        subject, body = mail.first_words(edition)
        return step(
            request,
            model_admin=self,
            title=_("Back to the first words?"),
            explanation=_("What was written here instead is forgotten."),
            button=_("Back to the first words"),
            back=reverse("admin:newsroom_mailtext_changelist"),
            do=do,
            refusals=ValueError,
            template="admin/newsroom/mailtext/first_words.html",
            shown={"subject": subject, "body": body, "language": edition},
        )

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("admin:newsroom_mailtext_changelist")

    def _find(self, request: HttpRequest, name: str, edition: str) -> tuple[mail_texts.Mail, Edition]:
        self._demand_permission(request)
        mail = mail_texts.find(name)
        if mail is None:
            raise Http404
        return mail, get_object_or_404(Edition.objects.in_use(), pk=edition)

    def _demand_permission(self, request: HttpRequest) -> None:
        if not request.user.has_perm("newsroom.change_mailtext"):
            raise PermissionDenied

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
