"""What the templates of every app share: addresses, languages, the reuse rule."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from newsroom import editions
from newsroom.html import escape
from newsroom.structured import logo

register = template.Library()

_ADDRESS = re.compile(r"(?<![@/\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MAIL_LINK = re.compile(r'<a [^>]*?href="mailto:([^"?]*)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_NOT_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
_NOT_TYPED = re.compile(
    r"csrfmiddlewaretoken|key|form_key|seen_version|next|stamp|proof|version|before|after|near|passage|_.*|.*__prefix__.*|.*_FORMS|(?:initial-.*)|.*-\d+-(?:id|article|position)"
)
_TAG = re.compile(r"(<[^>]*>)")  # stored HTML holds no angle brackets in its attributes


@register.filter
def absolute(path: str) -> str:
    """The full address of a path of this site."""
    return editions.absolute(path)


@register.filter
def iso(moment: datetime) -> str:
    """A moment for `<time datetime>`, to the second: HTML takes no more than three digits of a fraction."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.inclusion_tag("components/address.html")
def address(email: str) -> dict[str, Any]:
    """An e-mail address in words, for people; `static/js/address.js` makes a link of it.

    Neither the address nor any encoding of it stands in the page, so programs that collect addresses find none.
    """
    local, _at, host = email.partition("@")
    return {"local": local.split("."), "host": host.split(".") if host else []}


@register.filter
def protected(body: str) -> SafeString:
    """The stored HTML of a page or wording, with the e-mail addresses in it written as `address` writes them."""
    body = _MAIL_LINK.sub(lambda found: found[2] if "@" in found[2] else f"{found[2]} ({_words(found[1])})", body)
    pieces = _TAG.split(body)
    pieces[::2] = [
        _ADDRESS.sub(lambda found: render_to_string("components/address.html", address(found[0])).strip(), words)
        for words in pieces[::2]
    ]
    return mark_safe("".join(pieces))  # noqa: S308  (sanitised when it was stored; only escaped words are added)


def _words(address: str) -> str:
    """The address of a mailto link as text of HTML: decoded it may hold anything, tags too."""
    return escape(unquote(html.unescape(address)))


@register.filter
def by_a_person(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the fields of a form that was sent, those that somebody filled in: not what the form says to itself."""
    return [
        (name, value) for name, value in fields if value and "password" not in name and not _NOT_TYPED.fullmatch(name)
    ]


@register.filter
def name_of_language(code: str) -> str:
    """The name of a language, such as "de", in the language of the page; the code itself where none is known."""
    try:
        name = Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-").languages.get(code.lower())
    except (ValueError, UnknownLocaleError):
        name = None
    return name or code


@register.simple_tag(takes_context=True)
def policy_here(context: Context) -> dict[str, Any]:
    """The reuse policy of the page: its article's own where it has one, else the edition's."""
    edition = context.get("edition") or context["request"].edition
    policy: dict[str, Any] = dict(edition.policy)
    own = getattr(context.get("article"), "reuse_policy", None)
    if own:
        policy["rule"] = getattr(context["article"], "own_rule", None) or policy["rule"]
        policy |= {"limit": own.limit, "holder": own.holder, "first_year": own.first_year, "contact": own.contact}
    policy["rule"] = policy["rule"] and policy["rule"].replace("{limit}", str(policy["limit"]))
    policy["years"] = _years(policy["first_year"], timezone.localdate().year)
    return policy


def _years(first: int | None, now: int) -> str:
    return f"{first}–{now}" if first and first < now else str(now)


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates(context: Context) -> dict[str, Any]:
    """`hreflang` links of a page that other editions have too, itself among them."""
    counterparts = context.get("counterparts") or []
    if not counterparts:
        return {}
    here = {"code": context["edition"].code, "url": context["request"].path}
    everywhere = [here, *counterparts]
    default = next((row for row in everywhere if row["code"] == editions.default_edition()), here)
    return {"everywhere": everywhere, "default": default}


@register.inclusion_tag("components/social.html", takes_context=True)
def social(
    context: Context, title: str, description: str = "", *, kind: str = "website", image: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What social networks and messengers show of a link to this page (Open Graph); `description` is an extract.

    A page without an `image` of its own shows the site's icon, small.
    """
    edition = context["edition"]
    return {
        "site_name": edition.name,
        "kind": kind,
        "title": title,
        "description": description,
        "url": editions.absolute(context["request"].path),
        "locale": territorial(edition.code),
        "other_locales": [territorial(row["code"]) for row in context.get("counterparts") or []],
        "image": image or {**logo(), "alt": edition.name},
        "is_large": bool(image),
    }


@register.filter
def territorial(code: str) -> str:
    """A language as Open Graph writes it, with the country where most speak it: "uk" is "uk_UA"."""
    parts = code.replace("-", "_").split("_")
    likely = get_global("likely_subtags").get(parts[0], parts[0]).split("_")
    territory = next((part.upper() for part in parts[1:] if len(part) == 2), likely[-1])
    return f"{parts[0]}_{territory}" if territory != parts[0] else code


@register.filter
def json_ld(block: dict[str, Any]) -> SafeString:
    """A block of structured data for the page: data, which no browser runs, and which cannot end its own element."""
    text = json.dumps(block, ensure_ascii=False, separators=(",", ":")).translate(_NOT_IN_SCRIPTS)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  (no sign of HTML is left)


@register.filter
def as_json(value: object) -> str:
    """A value for an attribute that a script reads."""
    return json.dumps(value, ensure_ascii=False)


@register.inclusion_tag("components/languages.html", takes_context=True)
def languages(context: Context) -> dict[str, Any]:
    """Links to the other editions: to the same page there if there is one, else to their home pages."""
    same = {row["code"]: row["url"] for row in context.get("counterparts") or []}
    edition = context["edition"]
    others = [row for row in edition.edition_rows if row["code"] != edition.code]
    return {
        "others": [
            {**row, "url": same.get(row["code"], "/" + editions.prefix(row["code"])), "is_same": row["code"] in same}
            for row in others
        ]
    }


@register.simple_tag
def is_demonstration() -> bool:
    return bool(settings.DEMO)
