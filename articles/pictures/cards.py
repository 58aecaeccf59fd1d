"""The picture of an article on social networks: made by the queue when a version is made, named by what it shows."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from articles.models import Article, Picture, Revision
from articles.pictures import card_drawing, rendition_name
from articles.public_facts import facts_of
from newsroom import facts
from newsroom.models import Edition

#: Grows when the drawing changes, so that cards get new addresses.
DESIGN = 1
_WIDE_ENOUGH = 1200  # of the lead picture's rendition


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that a card shows, and the article that it is for."""

    article: str  # its key, which nobody knows before it is public: a card's address cannot be found from its words
    edition: str
    outlet: str
    title: str
    byline: str
    mark: str  # what stands above the title: "Retracted", or nothing
    lead: str  # the key of the picture
    focus: str

    @property
    def name(self) -> str:
        """The name of its file in the public storage: another one whenever the card shows anything else."""
        content = json.dumps([DESIGN, asdict(self)], sort_keys=True).encode()
        return f"cards/{base64.b32encode(hashlib.sha256(content).digest()[:20]).decode().lower()}.jpg"


class LeadNotReady(Exception):
    """The lead picture's renditions are still being made; the queue tries again."""


def card_of(revision: Revision) -> Card:
    article = revision.article
    edition = Edition.objects.get(code=article.edition_id)
    with override(article.edition_id):
        translators = ", ".join(credit["name"] for credit in revision.translators)
        authors = ", ".join(credit["name"] for credit in revision.credits if credit["role"] == "author")
        byline = f"{_('Translated by')}: {translators}" if translators else authors
        is_retraction = revision.kind_of_change == Revision.KindOfChange.RETRACTION
        mark = _("Retracted") if article.retracted_at or is_retraction else ""
    focus = revision.lead_focus or revision.pictures.get(revision.lead_picture_id, {}).get("focus", "50 50")
    return Card(
        str(article.key), article.edition_id, edition.name, revision.title, byline, mark,
        revision.lead_picture_id or "", focus if revision.lead_picture_id else "",
    )  # fmt: skip


def keep(revision: Revision, previous: Revision | None) -> bool:
    """Give a version the card of the one before it, where that shows the same; whether it has its card now."""
    name = card_of(revision).name
    if previous and previous.social_card == name:
        revision.social_card = name
        Revision.objects.filter(pk=revision.pk).update(social_card=name)
    return revision.social_card == name


def remove(article_id: int) -> None:
    """Remove the cards of an article that is taken down; put back, it gets its own again."""
    if not Article.objects.taken_down().filter(pk=article_id).exists():
        return
    versions = Revision.objects.filter(article=article_id).exclude(social_card="")
    for name in versions.values_list("social_card", flat=True).distinct():
        storages["public"].delete(name)
    versions.update(social_card="")


def draw(revision_id: int, *, at: datetime) -> None:
    """Draw the card of a version that is public or will be, and tell whoever keeps pages. Done again, it does nothing.

    Raises LeadNotReady.
    """
    revision = Revision.objects.select_related("article", "lead_picture").get(pk=revision_id)
    article = revision.article
    if article.taken_down_at or revision.pk not in (article.live_id, article.next_id):
        return
    card = card_of(revision)
    if revision.social_card == card.name:
        return
    if not storages["public"].exists(card.name):
        storages["public"].save(card.name, ContentFile(_drawn(card, revision.lead_picture)))
    with transaction.atomic():  # drawn without its pages being told, it would never be seen
        article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        if article.taken_down_at:
            storages["public"].delete(card.name)
        else:
            Revision.objects.filter(pk=revision.pk).update(social_card=card.name)
            facts.record(*facts_of(article, revision), at=at)


def _drawn(card: Card, lead: Picture | None) -> bytes:
    photo = None
    if lead:
        if lead.status == Picture.Status.WAITING:
            raise LeadNotReady
        if lead.status == Picture.Status.READY:
            width = min((each for each in lead.widths if each >= _WIDE_ENOUGH), default=max(lead.widths))
            with storages["public"].open(rendition_name(lead.key, width, "jpg")) as file:
                photo = Image.open(io.BytesIO(file.read()), formats=["JPEG"])
    image = card_drawing.draw(
        outlet=card.outlet, title=card.title, byline=card.byline, mark=card.mark, photo=photo, focus=card.focus
    )
    content = io.BytesIO()
    image.save(content, "JPEG", quality=88, optimize=True, progressive=True)
    return content.getvalue()
