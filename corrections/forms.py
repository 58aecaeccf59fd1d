from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from articles.anchors import CONTEXT, LONGEST_QUOTE
from articles.models import Article, Revision, Section
from articles.text import policy_text
from corrections.actions.errors import EmptyReport, QuoteTooLong
from corrections.models import Correction, Report
from corrections.models.log import CorrectionQuerySet
from corrections.passages import as_written
from newsroom import stamps
from newsroom.html import escape, plain
from newsroom.html.tokens import without_controls

_ENORMOUS = 20_000  # characters: no selection that anybody means, so not even counted exactly
_PASSAGE = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_NO_KIND = [("", _("I do not know, or it does not matter"))]


class Words(forms.CharField):
    """Whatever is typed or pasted is text: control characters are dropped, and a line is one line."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        if isinstance(self.widget, forms.Textarea):
            return without_controls(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        return plain(text)


class Told(forms.CharField):
    """What the page tells the form, and people do not see."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, strip=False)

    def to_python(self, value: Any) -> str:
        return without_controls(str(super().to_python(value) or ""))


class ReportForm(forms.Form):
    """What a reader says is wrong. The words are found in the text by the action; here only their shape is checked."""

    quote = Words(
        label=_("The words that are wrong"),
        help_text=_("Copy them from the article, or type them. A few words are enough."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    passage = Words(label=_("The sentence"), required=False)
    suggestion = Words(
        label=_("How it should read"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    comment = Words(
        label=_("What is wrong with it"),
        help_text=_("If it is about a fact, tell us how you know: a source helps us most."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(label=_("What kind of mistake it is"), required=False, choices=[])
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only to tell you what became of it, or to ask you something. We delete it afterwards."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = Words(
        label=_("Your name"), max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    may_be_thanked = forms.BooleanField(
        label=_("You may thank me by this name where the correction is published"), required=False
    )
    before = Told()
    after = Told()
    near = Told()
    version = Told()
    key = Told()
    stamp = Told()
    proof = Told()
    website = forms.CharField(  # people never see it, so browsers must not fill it in for them
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, sent: QueryDict | None = None, *, article: Article, at: datetime, **options: Any) -> None:
        self.typed = sent.copy() if sent is not None else QueryDict(mutable=True)
        super().__init__(self.typed if sent is not None else None, **options)
        self.article, self.at = article, at
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)  # noqa: S101
        kinds.choices = [*_NO_KIND, *((value, str(label).capitalize()) for value, label in Report.Kind.choices)]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.current = article.current(at)
        self.seen = self._version(str((self.typed if self.is_bound else self.initial).get("version", "")))

    @classmethod
    def new(cls, asked: QueryDict, *, article: Article, at: datetime) -> ReportForm:
        """An empty form, with the words that a link to it names."""
        quote = asked.get("quote", "")[: LONGEST_QUOTE * 2]
        initial = {"quote": quote, "version": asked.get("version", ""), "key": uuid.uuid4(), "stamp": stamps.stamp(at)}
        form = cls(article=article, at=at, initial=initial)
        if form.seen is None:
            form.seen = form.current
        form.initial["version"] = form.seen.number if form.seen else ""
        return form

    def clean_before(self) -> str:
        return str(self.cleaned_data["before"])[-CONTEXT:]

    def clean_after(self) -> str:
        return str(self.cleaned_data["after"])[:CONTEXT]

    def clean_near(self) -> int | None:
        near = self.cleaned_data["near"]
        return int(near) if near.isascii() and near.isdigit() and len(near) < 10 else None

    def clean_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid.uuid4()

    def clean_quote(self) -> str:
        quote: str = self.cleaned_data["quote"]
        quote = quote[:_ENORMOUS] if len(quote) > _ENORMOUS else policy_text(escape(quote))
        if len(quote) > LONGEST_QUOTE:
            raise forms.ValidationError(str(QuoteTooLong(len(quote))))
        return quote

    def clean_suggestion(self) -> str:
        return plain(self.cleaned_data["suggestion"])

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        age = stamps.age(cleaned.get("stamp", ""), self.at)
        if age is None or age > stamps.OLDEST:
            self.typed["stamp"] = stamps.stamp(self.at)
            raise forms.ValidationError(
                _("This form was open for more than a day. Please look it over and send it again.")
            )
        if age < stamps.YOUNGEST:
            raise forms.ValidationError(_("That was quicker than people are. Please send it once more."))
        if not self.errors and not self.is_from_a_program():
            self._find_words(cleaned)
        return cleaned

    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def report(self) -> dict[str, Any]:
        """What `actions.report` takes of it."""
        said = ("quote", "near", "suggestion", "comment", "kind", "email", "name", "may_be_thanked", "key")
        context = {"prefix": self.cleaned_data["before"], "suffix": self.cleaned_data["after"]}
        return {"revision": self.seen, **context, **{name: self.cleaned_data[name] for name in said}}

    def _find_words(self, cleaned: dict[str, Any]) -> None:
        """Take the words of the sentence that was chosen, and what was typed as the text writes it."""
        text = self.seen.text if self.seen else ""
        chosen = _PASSAGE.fullmatch(cleaned["passage"])
        if chosen and not cleaned["quote"]:
            start, end = int(chosen[1]), int(chosen[2])
            cleaned |= {"quote": text[start : min(end, start + LONGEST_QUOTE)], "near": start}
        elif cleaned["near"] is None:
            cleaned["quote"] = as_written(text, cleaned["quote"])
            if chosen and (start := text.find(cleaned["quote"], int(chosen[1]), int(chosen[2]))) >= 0:
                cleaned["near"] = start
        if cleaned["suggestion"] == cleaned["quote"]:
            cleaned["suggestion"] = ""
        if not (cleaned["suggestion"] or cleaned["comment"] or (cleaned["quote"] and cleaned["kind"])):
            self.add_error(None, str(EmptyReport()))

    def _version(self, number: str) -> Revision | None:
        """The version that the reader saw; None for what no reader has seen."""
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        if self.current and self.current.number == int(number):
            return self.current
        return self.article.revisions.shown_by(self.at).filter(number=int(number)).first()


class AnswerForm(forms.Form):
    """What a reader answers to an editor's question."""

    text = Words(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False


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
