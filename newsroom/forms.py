from __future__ import annotations

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from newsroom.models import Invitation, Letter, User

GOOD_PASSWORD = _("At least 15 characters. Four or five words that do not belong together are good and easy to keep.")


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


class AcceptForm(forms.Form):
    """What an invited person chooses."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Letters, digits and . + - _ only. You sign in with it, or with your e-mail address."),
        validators=[RegexValidator(r"^[\w.+-]+$", _("Use letters, digits and . + - _ only."))],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Where we write to when something concerns your account."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=GOOD_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["email"] = invitation.email if invitation else ""
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("Somebody here has this name already. Choose another."))
        return username

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Another account uses this e-mail address."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "password" in cleaned:
            person = User(username=cleaned.get("username", ""), email=cleaned.get("email", ""))
            try:
                validate_password(cleaned["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
