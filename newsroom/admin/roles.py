"""Which roles somebody may give, in the forms that give one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from newsroom.models import User


class RoleForm(forms.Form):
    role = forms.ModelChoiceField(
        label=_("Role"), queryset=Group.objects.none(), widget=UnfoldAdminSelectWidget, empty_label=None
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        field.queryset = roles_of(by)  # type: ignore[attr-defined]
        field.label_from_instance = role_name  # type: ignore[attr-defined]


def roles_of(giver: User) -> Any:
    """The roles that this person may give."""
    return Group.objects.filter(pk__in=[group.pk for group in Group.objects.all() if giver.may_give(group)])


def role_name(group: Group) -> str:
    return gettext(group.name)
