"""What a reader may ask by the form of the search page, or by its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from articles.search.questions import LONGEST
from newsroom.html import plain

RELEVANCE, DATE = "relevance", "date"


class SearchForm(forms.Form):
    """Shape only: a value that nothing has is no mistake, it finds nothing."""

    q = forms.CharField(required=False)
    section = forms.CharField(required=False, max_length=60)
    topic = forms.CharField(required=False, max_length=60)
    person = forms.CharField(required=False, max_length=120)
    year = forms.IntegerField(required=False, min_value=1, max_value=9_998)
    edition = forms.CharField(required=False)
    order = forms.CharField(required=False)
    after = forms.CharField(required=False, max_length=80)

    def __init__(self, asked: QueryDict, edition: str) -> None:
        super().__init__({name: plain(asked.get(name, "")) for name in self.base_fields})
        self.here = edition

    def clean_q(self) -> str:
        text: str = self.cleaned_data["q"]
        if refusal := too_long(text):
            raise forms.ValidationError(refusal)
        return text

    def clean_edition(self) -> str:
        code: str = self.cleaned_data["edition"]
        return code if code in settings.EDITIONS else self.here

    def clean_order(self) -> str:
        return DATE if self.cleaned_data["order"] == DATE else RELEVANCE

    def typed(self) -> str:
        return str(self.data["q"])

    def kept(self) -> dict[str, str]:
        """What stands in an address that asks the same, but for the page: nothing that would be so anyway."""
        values: dict[str, Any] = {
            name: self.cleaned_data.get(name) for name in ("q", "section", "topic", "person", "year")
        }
        values["edition"] = self.cleaned_data["edition"] if self.cleaned_data["edition"] != self.here else ""
        values["order"] = DATE if self.cleaned_data["order"] == DATE else ""
        return {name: str(value) for name, value in values.items() if value}


def too_long(text: str) -> str:
    """The sentence that refuses a question of too many characters; "" for any other."""
    if len(text) <= LONGEST:
        return ""
    return _(
        "That is too long to search for: %(length)s characters, and %(limit)s are the most. "
        "Keep the words that matter and try again."
    ) % {"length": number_format(len(text), force_grouping=True), "limit": LONGEST}
