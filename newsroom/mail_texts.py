"""Mails whose words belong to the editors: each kind is declared with its first words and its placeholders.

An app declares its own when it is loaded (`AppConfig.ready`):

    mail_texts.declare("corrections.received", _("…"), {"link": _("…")}, words={"en": (subject, body), "uk": (…)})

and has them written with `subject, body = render("corrections.received", "uk", link="https://…")`. What editors have
written instead stands in `MailText`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsroom.models import Edition, MailText

_PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")
_TO_A_NAME = re.compile(r",?\s*\{([^{}\s]*)\}(?=[,.!])")
_EMPTY_LINES = re.compile(r"\n{3,}")
_mails: dict[str, Mail] = {}


@dataclass(frozen=True, slots=True)
class Mail:
    """One kind of mail; `label` says to editors when it is sent, `placeholders` what stands in for each name."""

    name: str
    label: Any
    placeholders: Mapping[str, Any]
    words: Mapping[str, tuple[str, str]]  # edition → subject, body

    def first_words(self, edition: str) -> tuple[str, str]:
        """Those that it has before an editor writes others."""
        return self.words.get(edition) or self.words["en"]

    def unknown_placeholders(self, *texts: str) -> list[str]:
        """What is written like a placeholder and is none of this mail's, in its order."""
        written = [name for text in texts for name in _PLACEHOLDER.findall(text)]
        return list(dict.fromkeys(name for name in written if name not in self.placeholders))


def declare(name: str, label: Any, placeholders: Mapping[str, Any], words: Mapping[str, tuple[str, str]]) -> Mail:
    """Make a kind of mail known. Raises ValueError where its first words use a placeholder that it does not have."""
    mail = Mail(name, label, placeholders, words)
    if unknown := mail.unknown_placeholders(*(text for pair in words.values() for text in pair)):
        raise ValueError(f"The mail {name} has no placeholder {', '.join(unknown)}.")
    _mails[name] = mail
    return mail


def every() -> list[Mail]:
    """All kinds, in the order in which they were declared."""
    return list(_mails.values())


def find(name: str) -> Mail | None:
    return _mails.get(name)


def render(name: str, edition: str, /, **values: str) -> tuple[str, str]:
    """Subject and body of one mail. A line of which only empty values are left goes, and so does space that is left over.

    `outlet` is known to every mail; values are put in as they are, and nothing in them is read as a placeholder.
    """
    mail = _mails[name]
    own = MailText.objects.filter(name=name, edition=edition).first()
    subject, body = (own.subject, own.body) if own else mail.first_words(edition)
    values.setdefault("outlet", Edition.objects.values_list("name", flat=True).get(pk=edition))
    lines = [_filled(line, values) for line in body.replace("\r\n", "\n").split("\n")]
    text = "\n".join(line for line in lines if line is not None)
    return " ".join(str(_filled(subject, values) or "").split()), _EMPTY_LINES.sub("\n\n", text).strip() + "\n"


def _filled(line: str, values: Mapping[str, str]) -> str | None:
    """None for a line that held placeholders and is left without a word. “Hello {name},” without a name is “Hello,”."""
    names = _PLACEHOLDER.findall(line)
    if any(values.get(name) == "" for name in names):
        line = _TO_A_NAME.sub(lambda found: found[0] if values.get(found[1]) else "", line)
    filled = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), line)
    return None if names and not re.search(r"\w", filled) else filled
