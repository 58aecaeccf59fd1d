"""The demonstration: a small outlet with its people, pages and twelve stories, built as its editors would build it.

The words stand in `house.toml` and `stories/`; everything that happens to an article happens through the actions.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from articles import actions
from articles.models import (
    Article,
    Contributor,
    ContributorName,
    Credit,
    Original,
    Picture,
    RelatedArticle,
    Revision,
    Section,
    Source,
    Topic,
)
from corrections import actions as of_corrections
from corrections.models import FollowUp
from demo import corrections, pictures, reads
from newsroom import installation
from newsroom.html import clean
from newsroom.models import (
    Block,
    Edition,
    FollowLink,
    Funder,
    FunderAcknowledgement,
    Outlet,
    Page,
    ReusePolicy,
    ReuseTerms,
    User,
)

HERE = Path(__file__).parent
PASSWORD = "demo"  # noqa: S105  (the demonstration listens to this machine only)
#: The stories from the newest to the oldest, and how many days ago each was published.
ORDER = {
    "salt-marsh": 0.2,
    "court-of-small-claims": 1.1,
    "archive-of-doors": 2,
    "translated-algorithm": 3,
    "bread-price": 4.2,
    "seed-library": 6,
    "night-school": 8,
    "border-choir": 11,
    "the-last-lift-operator": 15,
    "well-diggers": 19,
}
AMENDED, RETRACTED, TAKEN_DOWN = "night-school", "the-last-lift-operator", "well-diggers"
SCHEDULED, DRAFT = "ferry-timetable", "battery-village"
#: What the first version of the amended story got wrong: (right, wrong) by edition.
MISTAKE = {"en": ("got 74", "got 47"), "uk": ("отримала 74", "отримала 47")}


@dataclass
class Cast:
    """Who does what in the demonstration."""

    chief: User
    editor: User
    translator: User
    people: dict[str, Contributor] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)


def is_built() -> bool:
    return User.objects.filter(username="chief").exists()


def build(at: datetime, *, is_illustrated: bool = True) -> None:
    """Fill an empty database; dates count back from `at`. Its pictures take most of the time."""
    stories = {path.stem: tomllib.loads(path.read_text()) for path in sorted((HERE / "stories").glob("*.toml"))}
    _build(at, stories, pictures.add(stories.values(), at) if is_illustrated else {})


@transaction.atomic
def _build(at: datetime, stories: dict[str, Any], library: dict[str, Picture]) -> None:
    house = tomllib.loads((HERE / "house.toml").read_text())
    cast = _accounts()
    _outlet(house)
    for code, words in house["editions"].items():
        _edition(Edition.objects.get(code=code), words)
    _people_and_sources(house, cast)
    written = {key: _write(story, cast, library, at) for key, story in stories.items()}
    for key, days in sorted(ORDER.items(), key=lambda item: -item[1]):
        for number, article in enumerate(written[key].values()):
            published_at = at - timedelta(days=days, minutes=17 * number)
            actions.publish(article, by=cast.editor, at=published_at)
    for key, story in stories.items():
        _relate(key, story.get("related", []), written)
    _afterwards(written, stories, cast, at)
    changed = [*written[AMENDED].values(), *written[RETRACTED].values()]
    corrections.see_to(changed, cast.editor, at - timedelta(days=2.9))
    corrections.Readers(written, cast.editor, at).live_through()
    reads.count_reads(Article.objects.public(at).newest_first(), at=at)


def _accounts() -> Cast:
    def account(username: str, first: str, last: str, role: str) -> User:
        user = User.objects.create_user(
            username, f"{username}@the-ferry.example", PASSWORD, first_name=first, last_name=last, is_staff=True
        )
        user.groups.add(Group.objects.get(name=role))
        return user

    chief = account("chief", "Halyna", "Moroz", installation.CHIEF_EDITOR)
    chief.is_superuser = True
    chief.save(update_fields=["is_superuser"])
    User.objects.create_user("patron", "patron@example.org", first_name="Pat")
    return Cast(
        chief=chief,
        editor=account("editor", "Tomas", "Reed", installation.EDITOR),
        translator=account("translator", "Olena", "Tkach", installation.TRANSLATOR),
    )


def _outlet(house: dict[str, Any]) -> None:
    words = house["outlet"]
    Outlet.objects.update_or_create(
        pk=1, defaults={name: words[name] for name in ("name", "legal_name", "contact", "corrections")}
    )
    ReusePolicy.objects.filter(is_default=True).update(
        holder=words["holder"], first_year=words["first_year"], contact=words["permissions"]
    )
    for position, row in enumerate(house["funders"]):
        funder = Funder.objects.create(name=row["name"], url=row["url"], position=position)
        for code in house["editions"]:
            FunderAcknowledgement.objects.create(funder=funder, edition_id=code, text=row[code])


def _edition(edition: Edition, words: dict[str, Any]) -> None:
    edition.name, edition.tagline = words["name"], words["tagline"]
    edition.save(update_fields=["name", "tagline"])
    ReuseTerms.objects.filter(policy__is_default=True, edition=edition).update(
        rule=words["rule"], terms=clean(words["terms"])
    )
    for place, block in words["blocks"].items():
        Block.objects.filter(edition=edition, place=place).update(
            heading=block.get("heading", ""), body=clean(block.get("body", "")), is_shown=True
        )
    for position, link in enumerate(words["follow_links"]):
        FollowLink.objects.create(edition=edition, position=position, **link)
    for position, row in enumerate(words["sections"]):
        Section.objects.create(edition=edition, position=position, **row)
    for row in words["topics"]:
        Topic.objects.create(edition=edition, **row)
    for row in words["pages"]:
        Page.objects.create(edition=edition, **row | {"body": clean(row["body"])})


def _people_and_sources(house: dict[str, Any], cast: Cast) -> None:
    for row in house["contributors"]:
        account = cast.translator if row.get("account") else None
        person = Contributor.objects.create(name=row["name"], slug=row["slug"], bio=row["bio"], account=account)
        ContributorName.objects.create(contributor=person, edition_id="uk", name=row["uk_name"], bio=row["uk_bio"])
        cast.people[person.slug] = person
    for row in house["sources"]:
        cast.sources[row["slug"]] = Source.objects.create(
            name=row["name"],
            slug=row["slug"],
            url=row["url"],
            right=row["right"],
            right_note=row.get("right_note", ""),
            right_ends_date=row.get("right_ends"),
            credit_line=row.get("credit_line", ""),
            may_pass_on=row["may_pass_on"],
        )


def _write(story: dict[str, Any], cast: Cast, library: dict[str, Picture], at: datetime) -> dict[str, Article]:
    """Both editions of a story as finished drafts."""
    for code in ("en", "uk"):
        story[code]["body"] = pictures.placed(story[code]["body"], library)
    lead = story.get("lead", {})
    about = story["original"]
    original = Original.objects.create(
        title=about["title"],
        author=about["author"],
        url=about["url"],
        language=about["language"],
        published_date=about["date"],
        source=cast.sources[about["source"]],
    )
    written: dict[str, Article] = {}
    begun_at = at - timedelta(days=25)
    for code in ("en", "uk"):
        words = story[code]
        article = Article(edition_id=code, original=original, slug=words.get("slug", story["key"]))
        if first := next(iter(written.values()), None):
            article.family = first.family
        article.title, article.standfirst, article.body = words["title"], words["standfirst"], words["body"]
        if picture := library.get(lead.get("scene", "")):
            article.lead_picture = picture
            article.lead_alt, article.lead_caption = lead[code]["alt"], lead[code].get("caption", "")
        if story["key"] == AMENDED:
            article.body = article.body.replace(*MISTAKE[code])
        article.body = corrections.first_version(story["key"], code, article.body)
        article.section = Section.objects.get(edition=code, slug=story["section"])
        actions.save_draft(article, by=cast.translator if code == "uk" else cast.editor, at=begun_at)
        article.topics.set(Topic.objects.filter(edition=code, slug__in=story["topics"]))
        Credit.objects.create(
            article=article, contributor=cast.people[words["translator"]], role=Credit.Role.TRANSLATOR
        )
        written[code] = article
    return written


def _relate(key: str, others: list[str], written: dict[str, dict[str, Article]]) -> None:
    for position, other in enumerate(others):
        for code, article in written[key].items():
            if other in written:
                RelatedArticle.objects.create(article=article, related=written[other][code], position=position)


def _afterwards(written: dict[str, dict[str, Article]], stories: dict[str, Any], cast: Cast, at: datetime) -> None:
    """What has happened since: one amended, one retracted, one taken down, one scheduled, one still a draft."""
    for code in ("en", "uk"):
        words = NOTICES[code]
        amended = Article.objects.get(pk=written[AMENDED][code].pk)
        amended.body = stories[AMENDED][code]["body"]
        actions.save_draft(amended, by=cast.editor, at=at - timedelta(days=5, minutes=20))
        actions.amend(
            amended,
            change=actions.Change(
                Revision.KindOfChange.CORRECTION, words["amended"], Revision.NoticePlace.FOOT, "A reader's letter"
            ),
            by=cast.editor,
            at=at - timedelta(days=5),
        )
        actions.retract(written[RETRACTED][code], notice=words["retracted"], by=cast.chief, at=at - timedelta(days=3))
        actions.take_down(
            written[TAKEN_DOWN][code], reason=words["taken_down"], by=cast.chief, at=at - timedelta(days=2)
        )
        actions.schedule(written[SCHEDULED][code], by=cast.editor, goes_live_at=at + timedelta(days=1, hours=3), at=at)
    for follow_up in FollowUp.objects.all():  # both editions were corrected at once
        of_corrections.see_to(follow_up, by=cast.editor, at=at - timedelta(days=2))
    draft = written[DRAFT]["uk"]
    draft.stage = Article.Stage.IN_REVIEW
    actions.save_draft(draft, by=cast.translator, at=at - timedelta(hours=5))
    original = Original.objects.create(
        title="Die letzte Telefonzelle von Prerow",
        author="Jannes Witthöft",
        url="https://die-schleuse.example/2026/11/telefonzelle",
        language="de",
        published_date=at.date() - timedelta(days=6),
        source=cast.sources["die-schleuse"],
    )
    actions.assign(
        to=cast.translator,
        edition="uk",
        original=original,
        by=cast.editor,
        at=at - timedelta(days=1),
        due_date=at.date() + timedelta(days=6),
        note="About 800 words, please. The author will answer questions.",
    )


NOTICES = {
    "en": {
        "amended": "An earlier version of this article gave Iwona Strzępek’s result in mathematics as 47 per cent. "
        "She got 74 per cent.",
        "retracted": "Il Molo, where this report first appeared, has found that its author invented two of the people quoted "
        "in it: Ottavio Bassignani and “Amelia”. The lift and its register exist; those conversations never took place. We no "
        "longer stand by the article and leave it here so that it can be seen what we had published.",
        "taken_down": "The man whose records this article described has asked us to remove it, because he is in danger since "
        "it appeared. We have done so at his request. Nothing in it was wrong.",
    },
    "uk": {
        "amended": "У попередній версії цієї статті було сказано, що Івона Стшемпек отримала з математики 47 відсотків. "
        "Насправді вона отримала 74 відсотки.",
        "retracted": "Редакція Il Molo, де цей репортаж вийшов уперше, встановила, що його автор вигадав двох людей, яких "
        "цитує: Оттавіо Бассіньяні та «Амелію». Ліфт і його журнал існують, а цих розмов не було. Ми більше не ручаємося за "
        "статтю й залишаємо її тут, щоб було видно, що саме ми опублікували.",
        "taken_down": "Чоловік, про чиї записи йшлося в цій статті, попросив її прибрати: відколи вона вийшла, він у небезпеці. "
        "Ми зробили це на його прохання. Помилок у ній не було.",
    },
}
