from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from articles.actions.errors import CannotPublish, MovedOn, NothingToPublish, NotPublished
from articles.actions.revisions import Change, differs, discard_scheduled, lock, make_revision, tell
from articles.anchors import Movement
from articles.models import Article, Revision
from articles.reactions import Verb
from articles.rewording import CrossesMarkup, put, reword
from articles.text import policy_text
from newsroom.models import User


@dataclass(frozen=True, slots=True)
class Reworded:
    """The article with its new live version, and where else the words were put right.

    Where they were not, the working copy (or the scheduled version) differs at that place: publishing it as it is
    would bring the old words back, so an editor has to look.
    """

    article: Article
    is_in_working_copy: bool
    is_in_scheduled: bool = True  # also where nothing is scheduled


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
    """Put `words` for the policy text [start, end) of the public version, and publish nothing else.

    The working copy and a scheduled version get the same words where they have this place for certain. `seen_revision`
    is the version that the editor saw and that the range belongs to. Raises NotPublished, TakenDown, MovedOn,
    CannotPublish (a grave change without its notice), NothingToPublish and `articles.rewording.CrossesMarkup`.
    """
    article = lock(article, at)
    previous, scheduled = article.live, article.next
    if not previous:
        raise NotPublished
    if previous.pk != seen_revision.pk:
        raise MovedOn
    if missing := change.missing():
        raise CannotPublish(missing)
    fix = _Fix(previous, start, end, words)
    if fix.body == previous.body:
        raise NothingToPublish
    discard_scheduled(article)
    article.live = make_revision(
        article, change, by=by, at=at, goes_live_at=at, content=_with(previous, fix.body, fix.text)
    )
    body, is_in_working_copy = fix.of(article.body)
    if is_in_working_copy:
        article.body, article.edited_by = body, by
    is_in_scheduled = True
    if scheduled:
        body, is_in_scheduled = fix.of(scheduled.body)
        article.next = _again(article, _with(scheduled, body, policy_text(body)), at)
    # Work that is not public goes on being newer than what is: that is how it is known.
    has_more = differs(article, article.next or article.live)
    article.edited_at = at + timedelta(microseconds=1) if has_more else at
    article.version += 1
    article.save(update_fields=["body", "edited_by", "edited_at", "version", "live", "next"])
    tell(Verb.AMEND, article, article.live, previous, by, at)
    if article.next:
        tell(Verb.SCHEDULE, article, article.next, article.live, article.next.made_by, at)
    return Reworded(article, is_in_working_copy, is_in_scheduled)


class _Fix:
    """Other words at one place of a version, and at the same place of what became of it."""

    def __init__(self, revision: Revision, start: int, end: int, words: str) -> None:
        self.before, self.start, self.end, self.words = revision, start, end, words
        self.body = reword(revision.body, start, end, words)
        self.text = put(revision.text, start, end, words)  # as `reword` has made sure

    def of(self, body: str) -> tuple[str, bool]:
        """The body with the words, if it has their place for certain, and whether it says them now."""
        if body == self.before.body:
            return self.body, True
        text = policy_text(body)
        if place := Movement(self.before.text, text).of(self.start, self.end):
            try:
                return reword(body, *place, self.words), True
            except CrossesMarkup:
                return body, False
        return body, self._is_done(text)

    def _is_done(self, text: str) -> bool:
        """Whether somebody made the same change there already."""
        grown = len(self.text) - len(self.before.text)
        around = max(0, self.start - 1), min(len(self.text), self.end + grown + 1)  # words may have gone without others
        return Movement(self.text, text).of(*around) is not None


def _with(revision: Revision, body: str, text: str) -> Revision:
    content = copy(revision)
    content.body, content.text = body, text
    return content


def _again(article: Article, scheduled: Revision, at: datetime) -> Revision:
    """The scheduled version once more, after the one that was just made: versions are numbered as readers see them."""
    change = Change(scheduled.kind_of_change, scheduled.notice, scheduled.notice_place, scheduled.reason)
    return make_revision(
        article, change, by=scheduled.made_by, at=at, goes_live_at=scheduled.goes_live_at, content=scheduled
    )
