"""The forms of the steps that change what is public. Their sentences are read by editors."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles.actions import Change
from articles.models import Revision

Kind = Revision.KindOfChange
#: What editors mostly choose, each with its consequence.
KINDS = [
    (Kind.TYPO, _("Typo: nothing is said, and the date of change stays")),
    (Kind.CLARIFICATION, _("Clarification: the text was right but could mislead")),
    (Kind.CORRECTION, _("Correction: something was wrong")),
    (Kind.UPDATE, _("Update: something new has happened")),
    (Kind.TRANSLATION_CORRECTED, _("Translation corrected: the original was right, our translation was not")),
    (Kind.SOURCE_CORRECTED, _("Source corrected: the outlet changed its original")),
    (Kind.EDITORS_NOTE, _("Editor’s note: something about this text that readers should know")),
]


def _inner_reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("For the newsroom only."),
    )


class StepForm(forms.Form):
    """A step knows which version of the text the editor saw when it was opened."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class ChangeForm(StepForm):
    """How grave a change is, and what readers are told."""

    kind_of_change = forms.ChoiceField(label=_("Kind of change"), choices=KINDS, widget=UnfoldAdminRadioSelectWidget)
    notice = forms.CharField(
        label=_("Notice"),
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_(
            "What readers are told, such as: “An earlier version gave the year as 2014; it was 2015.” "
            "Only a typo or an update may go without."
        ),
    )
    notice_place = forms.ChoiceField(
        label=_("Where the notice stands"),
        choices=Revision.NoticePlace.choices,
        initial=Revision.NoticePlace.FOOT,
        widget=UnfoldAdminRadioSelectWidget,
    )
    reason = _inner_reason()

    def change(self) -> Change:
        answers = self.cleaned_data
        return Change(answers["kind_of_change"], answers["notice"], answers["notice_place"], answers["reason"])


class WhenForm(StepForm):
    goes_live_at = forms.SplitDateTimeField(
        label=_("Public from"),
        help_text=format_lazy(_("By the clock of {zone}."), zone=settings.TIME_ZONE),
        widget=UnfoldAdminSplitDateTimeWidget,
        error_messages={
            "required": _("Give a day and a time."),
            "invalid": _("This is not a date and a time. Write them like 2026-12-31 and 08:00."),
            "invalid_date": _("This is not a date. Write it like 2026-12-31."),
            "invalid_time": _("This is not a time. Write it like 08:00."),
        },
    )


class WhenAndChangeForm(ChangeForm, WhenForm):
    field_order = ["seen_version", "goes_live_at", "kind_of_change", "notice", "notice_place", "reason"]


class RestoreForm(StepForm):
    number = forms.IntegerField(min_value=1)


class RetractForm(forms.Form):
    notice = forms.CharField(
        label=_("Notice"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=_("What no longer holds, how you know, and since when. It stands above the text."),
    )
    reason = _inner_reason()


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason told to readers"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("Whoever follows an old link reads this in place of the article."),
    )
