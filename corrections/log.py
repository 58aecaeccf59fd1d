"""The public log: every version after the first is an entry, made in the transaction that publishes it."""

from __future__ import annotations

from articles.models import Article, Revision
from articles.reactions import Event, Verb
from articles.sentences import ChangedSentence, changed_sentence, changed_sentence_of_line
from corrections.models import Correction, FollowUp

_CHANGES = (Verb.AMEND, Verb.SCHEDULE, Verb.RETRACT)


def record(event: Event) -> None:
    """Note what was changed, and have the editors of the same text in other editions look whether it is theirs, too.

    A scheduled change becomes public by its date, and goes with its version where that is discarded.
    """
    if event.verb not in _CHANGES or event.revision is None or event.previous is None:
        return
    sentence = changed_between(event.previous, event.revision)
    correction = Correction.objects.create(
        article=event.article,
        revision=event.revision,
        before=sentence.before,
        after=sentence.after,
        start=sentence.start,
        end=sentence.end,
    )
    if event.revision.kind_of_change != Revision.KindOfChange.TYPO:
        siblings = Article.objects.filter(family=event.article.family, taken_down_at=None).exclude(pk=event.article.pk)
        FollowUp.objects.bulk_create([FollowUp(correction=correction, article=sibling) for sibling in siblings])


def changed_between(old: Revision, new: Revision) -> ChangedSentence:
    """The one sentence that was changed, in the text, the standfirst or the title; empty where it was more than that."""
    found = [
        changed_sentence_of_line(getattr(old, name), getattr(new, name))
        for name in ("title", "standfirst")
        if getattr(old, name) != getattr(new, name)
    ]
    if old.body != new.body:
        found.append(changed_sentence(old.body, new.body))
    return (found[0] if len(found) == 1 else None) or ChangedSentence("", "")
