"""The field of an article's lead picture, chosen in the same dialog as the pictures of its text."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from js_asset import Media, Script

from newsroom.editor import MODULES, PICTURE_WORDS, picture_addresses


class LeadPictureWidget(forms.HiddenInput):
    """A picture's key, and the picture shown. `language` is the edition's."""

    template_name = "admin/articles/article/lead_picture.html"
    language = ""

    @property
    def is_hidden(self) -> bool:
        return False  # it has a label and is looked at

    @property
    def media(self) -> Media:
        script = Script("js/editor/lead-picture.js", type="module")
        return Media(js=[script], css={"all": ["css/picture-dialog.css"]}, importmap=MODULES)

    def id_for_label(self, id_: str | None) -> str:
        return ""  # the button says itself what it does

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """By the site's templates, which the renderer of forms does not know."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        config = {"labels": PICTURE_WORDS, "urls": picture_addresses(self.language)}
        return super().get_context(name, value, attrs) | {"config": json.dumps(config, cls=DjangoJSONEncoder)}
