from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import models, transaction

from articles import tasks
from articles.actions.errors import WordsStillPublic
from articles.actions.revisions import lock, tell
from articles.models import Article, Revision
from articles.reactions import Verb
from articles.search import index
from articles.striking import Words
from articles.text import policy_text
from newsroom.models import User

_SHOWN = ("title", "standfirst", "lead_alt", "lead_caption")
_SAID = ("notice", "reason")
_KEPT = ("credits", "original_as_shown", "pictures")
#: What is words, and what is an address, in that which a revision keeps as it was shown.
_WORDS_KEPT, _ADDRESSES_KEPT = ("name", "title", "author", "credit", "credit_line"), ("url", "source_url")


@dataclass(frozen=True, slots=True)
class StruckOut:
    """The versions that lost words, not yet saved, and the text that each had before, by its key."""

    revisions: list[Revision]
    texts: dict[int, str]
    cards: set[str]  # pictures for social networks that show the words
    searched: set[str]  # words by which a version was found, and no longer is


def _find(article: Article, words: Words) -> StruckOut:
    """The versions that hold the words, without them. Raises WordsStillPublic."""
    _demand_that_they_are_past(article, words)
    struck = StruckOut([], {}, set(), set())
    for revision in article.revisions.order_by("number"):
        before, text, shown = words.places, revision.text, (revision.title, revision.credits)
        searched = index.words_of(revision)
        _strike(revision, words)
        if words.places == before:
            continue
        struck.revisions.append(revision)
        struck.texts[revision.pk] = text
        struck.searched.update(searched - index.words_of(revision))
        if revision.social_card and shown != (revision.title, revision.credits):
            struck.cards.add(revision.social_card)
            revision.social_card = ""
    return struck


@transaction.atomic
def strike_out(article: Article, *, words: Words, by: User | None, at: datetime) -> StruckOut:
    """Take words out of all that is kept of an article's past. There is no way back.

    Raises WordsStillPublic where they stand in what readers see or will see, or in the working copy.
    """
    article = lock(article, at, even_taken_down=True)
    struck = _find(article, words)
    fields = [*_SHOWN, *_SAID, *_KEPT, "body", "text", "social_card"]
    Revision.objects.bulk_update(struck.revisions, fields, batch_size=50)
    strike_from_rows(Article.objects.filter(pk=article.pk), ["taken_down_reason"], words)
    log = LogEntry.objects.filter(content_type__app_label="articles", content_type__model="article")
    strike_from_rows(log.filter(object_id=str(article.pk)), ["object_repr", "change_message"], words)
    shown_elsewhere = Revision.objects.filter(social_card__in=struck.cards).values_list("social_card", flat=True)
    if cards := sorted(struck.cards - set(shown_elsewhere)):
        tasks.remove_card_files.defer(names=cards)
    tell(Verb.REDACT, article, None, article.live, by, at)
    index.forget(struck.searched, article.edition_id)
    return struck


def strike_from_rows(rows: models.QuerySet[Any], names: list[str], words: Words) -> None:
    """Take words out of plain texts that other rows hold."""
    for row in rows.only("pk", *names):
        changed = []
        for name in names:
            if strike_from_field(row, name, words):
                changed.append(name)
        if changed:
            row.save(update_fields=changed)


def strike_from_field(row: models.Model, name: str, words: Words) -> bool:
    """Take words out of one plain text of a row; whether there were any. A mark may be longer than what it stands for."""
    before = getattr(row, name)
    after = words.struck_from_line(before)
    if after == before:
        return False
    field = row._meta.get_field(name)
    longest = field.max_length if isinstance(field, models.CharField) else None
    setattr(row, name, after[:longest])
    return True


def _strike(revision: Revision, words: Words) -> None:
    for name in (*_SHOWN, *_SAID):
        strike_from_field(revision, name, words)
    revision.body = words.struck_from(revision.body)
    revision.text = policy_text(revision.body)
    for name in _KEPT:
        setattr(revision, name, _struck(getattr(revision, name), "", words))


def _struck(kept: Any, name: str, words: Words) -> Any:
    """The same JSON without the words; somebody whose name is gone is no longer led to."""
    if isinstance(kept, dict):
        changed = {key: _struck(value, key, words) for key, value in kept.items()}
        return changed | {"slug": ""} if "slug" in kept and changed["name"] != kept["name"] else changed
    if isinstance(kept, list):
        return [_struck(value, name, words) for value in kept]
    strike: Callable[[str], str] | None = None
    if name in _WORDS_KEPT:
        strike = words.struck_from_line
    elif name in _ADDRESSES_KEPT:
        strike = words.struck_from_address
    return strike(kept) if strike and isinstance(kept, str) else kept


def _demand_that_they_are_past(article: Article, words: Words) -> None:
    """Neither in what readers see or will see, nor in the working copy, from which they would come back."""
    states: dict[str, Article | Revision | None] = {"working copy": article, "live": article.live, "next": article.next}
    for where, state in states.items():
        if state is None:
            continue
        apart = Words(words.words)
        for name in _SHOWN:
            apart.struck_from_line(getattr(state, name))
        apart.struck_from(state.body)
        for name in _KEPT if isinstance(state, Revision) else ():
            _struck(getattr(state, name), "", apart)
        if apart.places:
            raise WordsStillPublic(where)
