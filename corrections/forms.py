"""The forms of corrections."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from articles.excerpts import folded
from articles.models import Revision, Section
from corrections.models import Correction
from corrections.models.log import CorrectionQuerySet


class LogForm(forms.Form):
    """What narrows the log: kind, year, section; and where its page begins."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    section = forms.ChoiceField(label=_("Section"), required=False)
    typos = forms.BooleanField(label=_("Show typos, too"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    def __init__(self, *args: Any, edition: str, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in Revision.KindOfChange if kind != Revision.KindOfChange.FIRST]
        sections = Section.objects.filter(edition=edition).values_list("slug", "name")
        self.fields["kind"].choices = [("", _("all kinds")), *((kind.value, capfirst(kind.label)) for kind in kinds)]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("all years")), *((year, year) for year in _years(edition, at))]  # type: ignore[attr-defined]
        self.fields["section"].choices = [("", _("all sections")), *sections]  # type: ignore[attr-defined]

    def narrowed(self, corrections: CorrectionQuerySet) -> CorrectionQuerySet:
        """Without typos, unless they are what was asked for."""
        asked = self.cleaned_data
        if asked["kind"]:
            corrections = corrections.filter(revision__kind_of_change=asked["kind"])
        elif not asked["typos"]:
            corrections = corrections.without_typos()
        if asked["year"]:
            corrections = corrections.filter(revision__goes_live_at__year=asked["year"])
        if asked["section"]:
            corrections = corrections.filter(article__section__slug=asked["section"])
        return corrections.older_than(asked["before"]) if asked["before"] else corrections

    @property
    def chosen(self) -> dict[str, Any]:
        """What narrows the list, as a query has it; empty for the whole of it."""
        names = ("kind", "year", "section", "typos")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}

    @property
    def query(self) -> str:
        """The same, to go on with."""
        return urlencode({name: "on" if value is True else value for name, value in self.chosen.items()})


def _years(edition: str, at: datetime) -> range:
    """From this year back to that of the first correction."""
    oldest = Correction.objects.in_edition(edition).filter(revision__number__gt=1)
    begun = oldest.order_by("revision__goes_live_at").values_list("revision__goes_live_at", flat=True).first()
    last = localtime(at).year
    return range(last, localtime(begun).year - 1 if begun else last - 1, -1)


class RedactionForm(forms.Form):
    """The words that are to go from the past, and what readers are told of it."""

    words = forms.CharField(
        label=_("Words that are to go"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=_(
            "As they stand in the past versions, in capitals or not. Each form of a name is removed on its own. They are "
            "not kept."
        ),
    )
    reason = forms.CharField(
        label=_("Reason told to readers"),
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Such as: “The name of a person was removed for their protection.” It stands in the history."),
    )
    #: How many places somebody has seen and wants to be changed.
    places = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        words = folded(self.cleaned_data["words"])
        if not any(sign.isalnum() for sign in words):  # each full stop, for one, would go
            raise forms.ValidationError(_("Type the words that are to go."))
        return words
