"""The people and texts of the tests, made by the same actions that editors use."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission

from articles import actions
from articles.models import (
    Article,
    Contributor,
    ContributorName,
    Credit,
    Original,
    Picture,
    Revision,
    Section,
    Source,
    Topic,
)
from benchmarks import hostile_pictures
from newsroom import installation
from newsroom.models import User
from newsroom.uploads import BoundedUpload

#: A moment long past, so that what is published at it is public whenever the tests run.
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BODY = (
    '<p>The lock keeper counts boats.<sup data-footnote=""></sup> He has counted since 1998.</p>'
    "<blockquote><p>Nobody asked me to stop.</p></blockquote>"
    '<p>More is in <a href="https://register.example/boats">the register</a>.</p>'
    '<ol data-footnotes=""><li><p>Barges and canoes alike.</p></li></ol>'
)


def account(username: str, role: str = "") -> User:
    user = User.objects.create_user(username, f"{username}@outlet.example", "a long test password", is_staff=bool(role))
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def editor(username: str = "edith") -> User:
    return account(username, installation.EDITOR)


def chief(username: str = "clara") -> User:
    return account(username, installation.CHIEF_EDITOR)


def translator_account(username: str = "tim") -> User:
    return account(username, installation.TRANSLATOR)


def permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def section(edition: str = "en", slug: str = "society") -> Section:
    return Section.objects.get_or_create(edition_id=edition, slug=slug, defaults={"name": slug.title()})[0]


def topic(edition: str = "en", slug: str = "rivers") -> Topic:
    return Topic.objects.get_or_create(edition_id=edition, slug=slug, defaults={"name": slug.title()})[0]


def contributor(name: str = "Ruth Calder", uk_name: str = "", **fields: Any) -> Contributor:
    slug = name.lower().replace(" ", "-")
    found, _is_new = Contributor.objects.get_or_create(slug=slug, defaults={"name": name, **fields})
    if uk_name:
        ContributorName.objects.get_or_create(contributor=found, edition_id="uk", defaults={"name": uk_name})
    return found


def source(**fields: Any) -> Source:
    defaults = {"name": "Die Schleuse", "url": "https://die-schleuse.example", "right": Source.Right.GRANTED}
    return Source.objects.get_or_create(slug="die-schleuse", defaults=defaults | fields)[0]


def original(**fields: Any) -> Original:
    defaults: dict[str, Any] = {
        "title": "Der Schleusenwärter",
        "author": "Jannes Witthöft",
        "url": f"https://die-schleuse.example/{uuid.uuid4()}",
        "language": "de",
        "source": source(),
    }
    return Original.objects.create(**defaults | fields)


def draft(
    title: str = "The lock keeper", *, edition: str = "en", by: User | None = None, at: datetime = NOON, **fields: Any
) -> Article:
    """A draft that lacks nothing: original, translator, section, topic."""
    topics = fields.pop("topics", None)
    translator = fields.pop("translator", None) or contributor()
    defaults: dict[str, Any] = {
        "standfirst": "He counts every boat, and nobody reads his numbers.",
        "body": BODY,
        "section": section(edition),
        "original": fields.get("original") or original(),
    }
    article = Article(edition_id=edition, title=title, **defaults | fields)
    actions.save_draft(article, by=by, at=at)
    article.topics.set([topic(edition)] if topics is None else topics)
    Credit.objects.create(article=article, contributor=translator, role=Credit.Role.TRANSLATOR)
    return article


def published(title: str = "The lock keeper", *, at: datetime = NOON, **fields: Any) -> Article:
    return actions.publish(draft(title, at=at - timedelta(hours=1), **fields), by=fields.get("by"), at=at)


def live(article: Article) -> Revision:
    """The version that readers see."""
    return Revision.objects.filter(pk__in=Article.objects.filter(pk=article.pk).values("live")).get()


def upload(kind: str = "jpeg", name: str = "", content: bytes | None = None) -> BoundedUpload:
    """A file as it comes in by a form."""
    content = hostile_pictures.sound_files()[kind] if content is None else content
    file = BoundedUpload("upload", "", 0, None)
    file.write(content[: settings.MAX_UPLOAD_BYTES])
    file.seek(0)
    file.size, file.name = len(content), name or f"river.{kind}"
    return file


def picture(kind: str = "jpeg", *, by: User | None = None, at: datetime = NOON, **fields: Any) -> Picture:
    """A picture of the library whose renditions are still to be made."""
    added = actions.add_picture(upload(kind), by=by, at=at)
    for name, value in ({"credit": "Ruth Calder", "title": "The river"} | fields).items():
        setattr(added, name, value)
    return actions.describe_picture(added, words={})


def ready_picture(**fields: Any) -> Picture:
    """A picture with renditions, in name only: no file is decoded for it."""
    added = picture(**fields)
    Picture.objects.filter(pk=added.pk).update(status=Picture.Status.READY)
    added.refresh_from_db()
    return added
