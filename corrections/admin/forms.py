"""The forms of the steps on reports. Their sentences are read by editors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from articles.actions import Change
from articles.forms import KINDS
from articles.models import Revision
from corrections.models import ReadyAnswer
from corrections.notices import propose

Kind = Revision.KindOfChange
_MOSTLY = (Kind.TYPO, Kind.CLARIFICATION, Kind.CORRECTION)


class WordingForm(forms.Form):
    """What is to stand there, how grave the change is, and what readers are told of it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)  # the version that the editor looks at
    words = forms.CharField(
        label=_("What it should read"),
        max_length=1000,
        required=False,
        strip=True,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text=_("In place of the words that the report is about. Links and emphasis around them stay."),
    )
    kind_of_change = forms.ChoiceField(
        label=_("Kind of change"),
        choices=sorted(KINDS, key=lambda kind: kind[0] not in _MOSTLY),
        widget=UnfoldAdminRadioSelectWidget,
    )
    notice = forms.CharField(
        label=_("Notice"),
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Proposed from the change; word it as you like. Only an update may go without."),
    )
    notice_place = forms.ChoiceField(
        label=_("Where the notice stands"),
        choices=Revision.NoticePlace.choices,
        initial=Revision.NoticePlace.FOOT,
        widget=UnfoldAdminRadioSelectWidget,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("For the newsroom only."),
    )

    def __init__(self, *args: Any, old: str, suggestion: str, language: str, focus: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old, self.suggestion, self.language = old, suggestion, language
        for name in ("words", "notice"):
            self.fields[name].widget.attrs["lang"] = language
        self.fields[focus].widget.attrs["autofocus"] = not self.is_bound

    @property
    def kinds(self) -> tuple[list[Any], list[Any]]:
        """The choices that are mostly right, and those under *more*."""
        choices = list(self["kind_of_change"].subwidgets)
        return choices[: len(_MOSTLY)], choices[len(_MOSTLY) :]

    @property
    def is_rare(self) -> bool:
        return self["kind_of_change"].value() not in (*_MOSTLY, None)

    def clean(self) -> dict[str, Any]:
        """A notice that was proposed for other words would tell readers something wrong: it is proposed anew, and shown."""
        answers = self.cleaned_data
        words, notice = answers.get("words", ""), answers.get("notice", "").strip()
        was_proposed = propose(self.old, self.suggestion or self.old, self.language)
        anew = propose(self.old, words, self.language)
        may_be_silent = (Kind.TYPO,) if notice else (Kind.TYPO, Kind.UPDATE)
        if answers.get("kind_of_change") not in may_be_silent and notice == was_proposed != anew:
            data = self.data.copy()  # type: ignore[attr-defined]  # of a request
            data["notice"] = anew
            self.data = data
            self.add_error("notice", gettext("The notice now fits the words that you wrote. Look at it, then send it."))
        return answers

    def change(self) -> Change:
        """A typo says nothing, whatever stood in the field that its choice hides."""
        answers = self.cleaned_data
        if answers["kind_of_change"] == Kind.TYPO:
            return Change(Kind.TYPO, reason=answers["reason"])
        return Change(answers["kind_of_change"], answers["notice"], answers["notice_place"], answers["reason"])


class DeclineForm(forms.Form):
    ready = forms.ModelChoiceField(
        ReadyAnswer.objects.none(),
        label=_("A ready answer"),
        required=False,
        empty_label=None,
        widget=UnfoldAdminRadioSelectWidget,
    )
    answer = forms.CharField(
        label=_("Or in your own words"),
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=_("The reader sees it on the private page, and by mail where there is an address."),
    )

    def __init__(self, *args: Any, edition: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = edition
        self.fields["ready"].queryset = ReadyAnswer.objects.filter(edition=edition)  # type: ignore[attr-defined]
        self.fields["answer"].widget.attrs["lang"] = edition

    def text(self) -> str:
        """What the editor wrote, else the ready answer."""
        ready: ReadyAnswer | None = self.cleaned_data["ready"]
        return self.cleaned_data["answer"].strip() or (ready.text if ready else "")


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Question"), max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 4, "autofocus": True})
    )


class PlaceForm(forms.Form):
    """Which words of the present text are meant: each choice is "start-end"."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.ChoiceField(label=_("Which words are meant?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: list[tuple[int, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(f"{start}-{end}", "") for start, end in places]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[int, int]:
        start, _dash, end = self.cleaned_data["place"].partition("-")
        return int(start), int(end)
