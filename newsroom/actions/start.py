"""What `manage.py start_newsroom` makes of a database that `migrate` has just laid out. It changes nothing that
somebody has written: a name, an address or a page is filled in only where it is still as `migrate` left it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsroom import editions, facts, wordings
from newsroom.actions.invitations import invite, renew
from newsroom.html import clean
from newsroom.models import Block, Edition, Invitation, Outlet, Page, ReusePolicy, User
from newsroom.models.accounts import CHIEF_EDITOR

FIRST = tomllib.loads((Path(__file__).parent.parent / "first_pages.toml").read_text())
#: As `migrate` leaves them.
_UNNAMED, _NO_CONTACT = "Newsroom", "permissions@localhost"


@dataclass(frozen=True)
class House:
    """What is asked of whoever installs."""

    outlet: str
    contact: str
    chief: str
    chief_email: str
    publisher: str = ""
    corrections: str = ""
    permissions: str = ""
    editions: dict[str, str] = field(default_factory=dict)  # code → name of the outlet in that language

    def name(self, code: str) -> str:
        return self.editions.get(code, self.outlet)


@transaction.atomic
def start_newsroom(house: House, *, at: datetime) -> Invitation | None:
    """Fill in what is still empty. Returns the chief's invitation, or None where somebody is chief already."""
    outlet = Outlet.objects.select_for_update().get(pk=1)
    if is_unnamed(outlet):
        outlet.name, outlet.legal_name = house.outlet, house.publisher
    outlet.contact = outlet.contact or house.contact
    outlet.corrections = outlet.corrections or house.corrections
    outlet.save()
    policy = ReusePolicy.objects.get(is_default=True)
    if policy.holder == _UNNAMED:
        policy.holder = house.publisher or house.outlet
    if policy.contact == _NO_CONTACT:
        policy.contact = house.permissions or house.contact
    policy.save()
    house = _as_it_stands(house, outlet)
    for edition in Edition.objects.in_use():
        _begin(edition, house)
    facts.record("outlet", "policy", *(f"edition:{edition.pk}" for edition in Edition.objects.in_use()), at=at)
    return _invite_chief(house, at)


def is_unnamed(outlet: Outlet) -> bool:
    return outlet.name == _UNNAMED


def _as_it_stands(house: House, outlet: Outlet) -> House:
    """What was asked for on the first day, for an edition that comes later."""
    chief = User.people.active_chiefs().order_by("pk").first()
    return replace(
        house,
        outlet=outlet.name,
        publisher=outlet.legal_name,
        contact=outlet.contact,
        corrections=outlet.corrections,
        chief=house.chief or str(chief or ""),
    )


def _begin(edition: Edition, house: House) -> None:
    first = FIRST[edition.pk]
    if edition.name == _UNNAMED:
        edition.name = house.name(edition.pk)
        edition.save(update_fields=["name"])
    if not Page.objects.filter(edition=edition).exists():  # what editors have removed stays removed
        _write_pages(edition, first["pages"], house)
        _write(edition, Block.Place.APPEAL, first["appeal"], house)
        _write(edition, Block.Place.FOOTER, first["footer"], house)
    section = apps.get_model("articles", "Section")
    if not section._default_manager.filter(edition=edition).exists():
        section._default_manager.create(edition=edition, **first["section"])


def _write(edition: Edition, place: str, body: str, house: House) -> None:
    """Put in a wording, unless somebody has changed the one that `migrate` made."""
    made = clean(wordings.FIRST[edition.pk].blocks[place][1])
    block = Block.objects.filter(edition=edition, place=place).first()
    if block is not None and clean(block.body) == made:
        block.body = clean(_filled(body, edition, house))
        block.save(update_fields=["body"])


def _write_pages(edition: Edition, pages: list[dict[str, Any]], house: House) -> None:
    for position, row in enumerate(pages, start=1):
        Page.objects.create(
            edition=edition,
            slug=row["slug"],
            title=row["title"],
            body=clean(_filled(row["body"], edition, house)),
            position=position if row.get("place", True) else None,
        )


def _filled(text: str, edition: Edition, house: House) -> str:
    """With the names in place, and with links that stay in the edition."""
    words = {
        "outlet": escape(house.name(edition.pk)),
        "publisher": escape(house.publisher or house.name(edition.pk)),
        "chief": escape(house.chief),
        "contact": _or_mail(house.contact, edition.pk),
        "corrections": _or_mail(house.corrections, edition.pk),
    }
    return text.format(**words).replace('href="/', f'href="/{editions.prefix(edition.pk)}')


def _or_mail(address: str, code: str) -> str:
    if not address:
        return ""
    with override(code):
        return f' {_("or")} <a href="mailto:{escape(address)}">{_("by e-mail")}</a>'


def _invite_chief(house: House, at: datetime) -> Invitation | None:
    if User.people.active_chiefs().exists():
        return None
    role = Group.objects.get(name=CHIEF_EDITOR)
    waiting = Invitation.objects.filter(role=role, accepted_at=None, withdrawn_at=None).first()
    if waiting is None:
        return invite(name=house.chief or CHIEF_EDITOR, email=house.chief_email, role=role, by=None, at=at)
    return waiting if waiting.expires_at > at else renew(waiting, by=None, at=at)
