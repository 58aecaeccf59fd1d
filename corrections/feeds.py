"""The feeds of corrections: Atom, RSS and JSON. Typos are in the log only."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse
from django.utils import feedgenerator, timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.differences import Piece
from articles.feeds import LENGTH, answer, as_paragraphs, begun
from corrections.entries import Entry, entries
from corrections.models import Correction
from newsroom.editions import EditionRequest, absolute
from newsroom.surfaces import Shows, surface

_MARKS = {"added": "ins", "removed": "del"}


@surface(Shows.EXTRACT)
def feed(request: EditionRequest, form: str = "atom") -> HttpResponse:
    """The newest corrections of an edition as `form`."""
    at, edition = timezone.now(), request.edition
    title = _("%(outlet)s: corrections") % {"outlet": edition.name}
    path = reverse("site:corrections", current_app=edition.code)
    made = begun(request, form, title=title, description=title, path=path)
    newest = Correction.objects.public(at).in_edition(edition.code).without_typos().newest_first().with_articles()
    for entry in entries(newest[:LENGTH], edition, at):
        _add(made, entry, edition.name)
    return answer(made, form)


def _add(made: feedgenerator.SyndicationFeed, entry: Entry, outlet: str) -> None:
    title = f"{entry.label}: {entry.title}"
    address = absolute(entry.url)
    made.add_item(
        title=_("Withdrawn: %(title)s") % {"title": title} if entry.withdrawn_at else title,
        link=address,
        description=as_paragraphs([part for part in entry.notice.splitlines() if part]) + _compared(entry.pieces),
        unique_id=address,
        unique_id_is_permalink=True,
        author_name=outlet,
        names=[outlet],
        pubdate=entry.at,
        updateddate=entry.withdrawn_at or entry.at,
        categories=[entry.label],
        picture=None,
    )


def _compared(pieces: Sequence[Piece]) -> str:
    """What changed as the HTML of a feed."""
    if not pieces:
        return ""
    runs = [escape(piece.text) for piece in pieces]
    marked = [
        f"<{_MARKS[piece.kind]}>{run}</{_MARKS[piece.kind]}>" if piece.kind in _MARKS else run
        for piece, run in zip(pieces, runs, strict=True)
    ]
    return f"<p>{''.join(marked)}</p>"
