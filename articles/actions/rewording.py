"""Other words in one place of a public text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from articles import rewording
from articles.actions.errors import MovedOn
from articles.actions.revisions import Change, lock, make_revision, tell
from articles.models import Article, Revision
from articles.reactions import Verb
from articles.text import policy_text
from newsroom.models import User


@dataclass(frozen=True, slots=True)
class Reworded:
    article: Article
    is_in_working_copy: bool


@transaction.atomic
def reword_live(
    article: Article,
    *,
    start: int,
    end: int,
    words: str,
    seen_revision: Revision,
    change: Change,
    by: User | None,
    at: datetime,
) -> Reworded:
    article = lock(article, at)
    previous = article.live
    if previous is None or previous.pk != seen_revision.pk:
        raise MovedOn
    body = rewording.reword(previous.body, start, end, words)
    content = Revision.objects.get(pk=previous.pk)
    content.body, content.text = body, policy_text(body)
    article.live = make_revision(article, change, by=by, at=at, goes_live_at=at, content=content)
    fields = ["live", "version"]
    is_same = article.body == previous.body
    if is_same:
        article.body, article.edited_at = body, at
        fields += ["body", "edited_at"]
    article.version += 1
    article.save(update_fields=fields)
    tell(Verb.AMEND, article, article.live, previous, by, at)
    return Reworded(article, is_same)
