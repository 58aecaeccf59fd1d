"""What the tests of the log share: an article, and changes to it as editors publish them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from articles import actions
from articles.models import Article, Revision
from corrections.models import Correction
from newsroom.models import User
from tests import cast
from tests.cast import NOON

Kind = Revision.KindOfChange
LATER = NOON + timedelta(days=1)
BODY = (
    "<p>The lock keeper counts boats. He has counted since <strong>1998</strong>. Nobody asked him to.</p>"
    '<h2>The register</h2><p>More is in <a href="https://register.example/boats">the register of 2014.</a></p>'
)


def published(**fields: Any) -> Article:
    return cast.published(slug=fields.pop("slug", "boats"), body=fields.pop("body", BODY), **fields)


def edited(article: Article, old: str, new: str) -> Article:
    """The article with other words in its working copy."""
    article = Article.objects.get(pk=article.pk)
    assert old in article.body
    article.body = article.body.replace(old, new)
    return actions.save_draft(article, by=None, at=NOON)


def change(
    article: Article,
    old: str = "1998",
    new: str = "1989",
    *,
    kind: str = Kind.CORRECTION,
    notice: str = "An earlier version said 1998. It was in 1989.",
    place: str = "foot",
    by: User | None = None,
    at: datetime = LATER,
) -> Correction:
    """Publish `new` in place of `old`; the entry of the log that this makes."""
    article = edited(article, old, new)
    actions.amend(article, change=actions.Change(kind, notice, place), by=by, at=at)
    return Correction.objects.get(revision__article=article, revision=cast.live(article))


def typo(article: Article, old: str = "Nobody", new: str = "No one", **fields: Any) -> Correction:
    return change(article, old, new, kind=Kind.TYPO, notice="", place="", **fields)


def pair() -> tuple[Article, Article]:
    """The same text in both editions, the second one a draft."""
    english = published()
    ukrainian = cast.draft("Доглядач шлюзу", edition="uk", slug="dohliadach", original=english.original)
    Article.objects.filter(pk=ukrainian.pk).update(family=english.family)
    ukrainian.refresh_from_db()
    return english, ukrainian
