from __future__ import annotations

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.models import Letter


class LetterForm(forms.Form):
    to = forms.ChoiceField(label=_("To"), choices=Letter.To.choices, initial=Letter.To.NEWSROOM)
    name = forms.CharField(label=_("Your name"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("So that we can answer. We use it for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    about = forms.CharField(label=_("About"), max_length=500, required=False)
    text = forms.CharField(label=_("Your letter"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 10}))
    key = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(  # people never see it, so browsers must not fill it in for them
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_key(self) -> uuid.UUID:
        key = self.cleaned_data["key"]
        return key if isinstance(key, uuid.UUID) else uuid.uuid4()

    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data["website"])

    def letter(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}
