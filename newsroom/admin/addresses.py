from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext
from unfold.decorators import action

from newsroom import actions, address_lists, old_addresses
from newsroom.admin.common import PublicModelAdmin
from newsroom.models import OldAddress
from newsroom.old_addresses import Line, Plan

KEPT = 3_600  # seconds between looking at what a list would do and doing it
SHOWN = 200  # lines of a kind on the page that says what a list would do
LIST = "admin:newsroom_oldaddress_changelist"


def may_lead_elsewhere(request: HttpRequest) -> bool:
    return request.user.has_perm("newsroom.lead_elsewhere_oldaddress")


class OldAddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """One row, judged as one line of a list would be."""

    may_lead_elsewhere = False

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not answers.get("path") or not answers.get("target"):
            return answers
        line = Line(1, answers["path"], answers["target"], answers.get("is_permanent", True))
        made = old_addresses.plan(
            [line], may_lead_elsewhere=self.may_lead_elsewhere, instead_of=self.instance if self.instance.pk else None
        )
        for refusal in made.refused:
            raise forms.ValidationError(refusal.sentence)
        tidy = old_addresses.tidied(line, may_lead_elsewhere=self.may_lead_elsewhere)
        return answers | {"path": tidy.path, "target": tidy.target}

    def _post_clean(self) -> None:
        """What was refused already is not judged once more by the constraints, which would say the same."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]


class ListForm(forms.Form):
    """A list to look at. Its content is kept until what it would do is done."""

    file = forms.FileField(
        label=_("List"),
        help_text=_(
            "A table saved as CSV with the old address in the first column and where it leads in the second. A third one "
            "may say 302 where that is not for good."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={"empty": _("There is no line in this file.")},
    )
    elsewhere = forms.BooleanField(label=_("Its lines may lead to other sites"), required=False)

    def __init__(self, *args: Any, may_lead_elsewhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_lead_elsewhere:
            del self.fields["elsewhere"]

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > address_lists.LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Divide it into several."))
        content = bytes(file.read())
        try:
            address_lists.read(content)
        except address_lists.UnreadableList as error:
            raise forms.ValidationError(str(error)) from error
        return content


@admin.register(OldAddress)
class OldAddressAdmin(PublicModelAdmin):
    form = OldAddressForm
    list_display = ["path", "target", "is_permanent"]
    list_filter = ["is_permanent"]
    search_fields = ["path", "target"]
    fields = ["path", "target", "is_permanent"]
    actions_list = ["upload", "export"]

    def facts_of(self, obj: Any) -> list[str]:
        return ["old_addresses"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type("OldAddressForm", (form,), {"may_lead_elsewhere": may_lead_elsewhere(request)})

    @action(description=_("Upload a list"), url_path="upload", permissions=["add", "change"], icon="upload")
    def upload(self, request: HttpRequest) -> HttpResponse:
        """Choose a list, see what it would do, have it done."""
        key = request.POST.get("list") or request.GET.get("list") or ""
        kept = cache.get(_kept_at(request, key)) if key else None
        if key and kept is None:
            messages.warning(request, _t("This list is no longer kept. Choose it once more."))
            return HttpResponseRedirect(request.path)
        if kept:
            return self._take(request, key, kept) if request.method == "POST" else self._show(request, key, kept)
        may = may_lead_elsewhere(request)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ListForm(*sent, may_lead_elsewhere=may)
        if form.is_valid():
            key = secrets.token_urlsafe(16)
            answers = form.cleaned_data
            cache.set(_kept_at(request, key), (answers["file"], answers.get("elsewhere", False)), KEPT)
            return HttpResponseRedirect(f"{request.path}?list={key}")
        context = {**self._context(request), "title": _t("Upload a list of old addresses"), "form": form}
        return TemplateResponse(
            request, "admin/newsroom/oldaddress/upload.html", context, status=422 if form.errors else 200
        )

    @action(description=_("Download as CSV"), url_path="export", permissions=["view"], icon="download")
    def export(self, request: HttpRequest) -> StreamingHttpResponse:
        lines = address_lists.written(OldAddress.objects.iterator())
        headers = {"Content-Disposition": 'attachment; filename="old-addresses.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    def _show(self, request: HttpRequest, key: str, kept: tuple[bytes, bool]) -> HttpResponse:
        content, elsewhere = kept
        lines = address_lists.read(content)
        plan = old_addresses.plan(lines, may_lead_elsewhere=elsewhere and may_lead_elsewhere(request))
        button = ngettext("Take over %(count)s line", "Take over %(count)s lines", len(plan.taken))
        context = {
            **self._context(request),
            "title": _t("What this list would do"),
            "key": key,
            "plan": plan,
            "button": button % {"count": len(plan.taken)},
            "groups": _groups(plan),
        }
        return TemplateResponse(request, "admin/newsroom/oldaddress/preview.html", context)

    def _take(self, request: HttpRequest, key: str, kept: tuple[bytes, bool]) -> HttpResponse:
        content, elsewhere = kept
        may = elsewhere and may_lead_elsewhere(request)
        done = actions.take_old_addresses(address_lists.read(content), may_lead_elsewhere=may, at=timezone.now())
        cache.delete(_kept_at(request, key))
        counts = {"added": len(done.added), "changed": len(done.changed), "refused": len(done.refused)}
        messages.success(request, _t("Added: %(added)s. Changed: %(changed)s. Left out: %(refused)s.") % counts)
        return HttpResponseRedirect(reverse(LIST))

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "back": reverse(LIST)}


def _groups(plan: Plan) -> list[dict[str, Any]]:
    """What a list would do as tables: name, heading, lines with a note, what the note says."""
    mend = _t(
        "The other lines can be taken over all the same. Mend these and upload the list once more: what is there "
        "already makes no difference."
    )
    refused = [(refusal.line, refusal.sentence) for refusal in plan.refused]
    added = [(line, "") for line in plan.added]
    groups: list[tuple[str, str, list[tuple[Line, str]], str, str]] = [
        ("refused", _t("Left out, and why"), refused, _t("Why not"), mend if plan.taken else ""),
        ("changed", pgettext("lines of a list", "Changed"), plan.changed, _t("Has led to"), ""),
        ("added", pgettext("lines of a list", "New"), added, "", ""),
    ]
    return [
        {"name": name, "title": title, "rows": rows[:SHOWN], "total": len(rows), "note": note, "help": help_text}
        for name, title, rows, note, help_text in groups
        if rows
    ]


def _kept_at(request: HttpRequest, key: str) -> str:
    """Where somebody's list is kept: nobody else's key finds it. A key from outside is made fit for any cache."""
    return f"old-addresses:{request.user.pk}:{''.join(c for c in key if c.isalnum() or c in '-_')[:32]}"
