"""Fills an empty database with the archive: `python -m benchmarks.archive_rows 100000`. Called by `benchmarks.archive`."""

from __future__ import annotations

import os
import random
import sys
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from django.db import connection, models, transaction
from psycopg import sql

from benchmarks.words import Words

SEED, CHUNK, YEARS = 20_261_101, 2_000, 12
UNTIL = datetime(2026, 11, 1, tzinfo=UTC)
SECTIONS = {
    "society": "Суспільство", "culture": "Культура", "economy": "Економіка", "environment": "Довкілля",
    "science": "Наука", "world": "Світ", "law": "Право", "history": "Історія",
}  # fmt: skip
TOPICS, PEOPLE, SOURCES, DRAFTS = 60, 400, 120, 1_000
LANGUAGES = ["de", "pl", "ru", "sv", "cs", "fr", "it", "en"]


class Archive:
    """Writes rows in the order in which they refer to each other; numbers are given here, so nothing is asked back."""

    def __init__(self, count: int) -> None:
        from newsroom.models import User

        self.count = count
        self.random = random.Random(SEED)
        self.words = {code: Words(code, SEED) for code in ("en", "uk")}
        self.editor = User.objects.create_user("editor", "editor@archive.example", "demo", is_staff=True)
        self.number = self.article = self.revision = 0

    def write(self) -> None:
        self._groups()
        self._house()
        rows: list[models.Model] = []
        families = self._families()
        while self.article < self.count + DRAFTS:
            for _family in range(CHUNK):
                if self.article >= self.count + DRAFTS:
                    break
                rows += next(families)
            copy(rows)
            rows = []
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{self.article:,}")
        _number_on()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def _groups(self) -> None:
        from django.contrib.auth.models import Group

        from newsroom import installation

        self.editor.groups.add(Group.objects.get(name=installation.CHIEF_EDITOR))

    def _house(self) -> None:
        """Sections, topics, people with their names in both editions, and outlets."""
        from articles.models import Contributor, ContributorName, Section, Source, Topic

        sections = [
            Section(edition_id=code, slug=slug, name=name if code == "uk" else slug.title(), position=position)
            for code in self.words
            for position, (slug, name) in enumerate(SECTIONS.items())
        ]
        self.sections = _by_edition(Section.objects.bulk_create(sections))
        topics = [
            Topic(edition_id=code, slug=f"topic-{number}", name=words.places[number * 7].nominative)
            for code, words in self.words.items()
            for number in range(TOPICS)
        ]
        self.topics = _by_edition(Topic.objects.bulk_create(topics))
        english, ukrainian = self.words["en"].people, self.words["uk"].people
        people = [
            Contributor(name=english[number * 3].nominative, slug=f"person-{number}", bio="Translates.")
            for number in range(PEOPLE)
        ]
        self.people = Contributor.objects.bulk_create(people)
        self.names = {
            ("uk", person.pk): ukrainian[number * 5].nominative for number, person in enumerate(self.people)
        } | {("en", person.pk): person.name for person in self.people}
        ContributorName.objects.bulk_create(
            ContributorName(contributor=person, edition_id="uk", name=self.names["uk", person.pk])
            for person in self.people
        )
        sources = [
            Source(slug=f"source-{number}", name=f"The {english[number * 5].nominative.split()[1]} Courier",
                   url=f"https://source-{number}.example", right=Source.Right.GRANTED)
            for number in range(SOURCES)
        ]  # fmt: skip
        self.sources = Source.objects.bulk_create(sources)
        self.wanted = [1 / (rank + 1) for rank in range(PEOPLE)]  # some translate a great deal

    def _families(self) -> Iterator[list[models.Model]]:
        """One text after another, a third of them in both editions, from the oldest to the newest."""
        chosen = self.random
        total = self.count + DRAFTS
        while True:
            age = 1 - self.article / total
            moment = UNTIL - timedelta(days=365.25 * YEARS * age, minutes=chosen.randint(0, 600))
            both = chosen.random() < 1 / 3 and self.article + 2 <= total
            editions = ["en", "uk"] if both else [chosen.choice(["en", "uk"])]
            yield self._family(editions, moment)

    def _family(self, editions: Sequence[str], moment: datetime) -> list[models.Model]:
        from articles.models import Original

        self.number += 1
        chosen, words = self.random, self.words["en"]
        original = Original(
            pk=self.number, title=words.title()[:300], author=chosen.choice(words.people).nominative,
            url=f"https://originals.example/{self.number}", language=chosen.choice(LANGUAGES),
            published_date=moment.date() - timedelta(days=chosen.randint(1, 60)), source=chosen.choice(self.sources),
        )  # fmt: skip
        family = uuid.UUID(int=chosen.getrandbits(128), version=4)
        rows: list[models.Model] = [original]
        for code in editions:
            rows += self._article(code, family, original, moment + timedelta(minutes=chosen.randint(0, 90)))
        return rows

    def _article(self, code: str, family: uuid.UUID, original: Any, at: datetime) -> list[models.Model]:
        from articles.actions import original_as_shown
        from articles.models import Article, Credit, Revision

        self.article += 1
        chosen, words = self.random, self.words[code]
        paragraphs = words.paragraphs()
        translator = chosen.choices(self.people, self.wanted)[0]
        article = Article(
            pk=self.article, key=uuid.UUID(int=chosen.getrandbits(128), version=4), edition_id=code,
            slug=f"story-{self.article}", family=family, section=chosen.choice(self.sections[code]),
            title=words.title()[:200], standfirst=words.standfirst(),
            body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), original=original,
            created_by=self.editor, created_at=at - timedelta(days=2), edited_by=self.editor, edited_at=at,
        )  # fmt: skip
        topics = chosen.sample(self.topics[code], chosen.randint(1, 3))
        rows: list[models.Model] = [
            article,
            Credit(article=article, contributor=translator, role=Credit.Role.TRANSLATOR),
            *(Article.topics.through(article_id=article.pk, topic_id=topic.pk) for topic in topics),
        ]
        if self.article > self.count:
            return rows  # a draft
        self.revision += 1
        credit = {"person": translator.pk, "name": self.names[code, translator.pk], "slug": translator.slug,
                  "role": "translator", "place": "both"}  # fmt: skip
        revision = Revision(
            pk=self.revision, article=article, number=1, title=article.title, standfirst=article.standfirst,
            body=article.body, text=" ".join(paragraphs), credits=[credit], original=original,
            original_as_shown=original_as_shown(original), kind_of_change=Revision.KindOfChange.FIRST,
            made_by=self.editor, made_at=at, goes_live_at=at, modified_at=at,
        )  # fmt: skip
        article.live, article.published_at = revision, at
        return [*rows, revision]


def copy(rows: Sequence[models.Model]) -> None:
    """Write rows of any models in one transaction, a COPY for each; what refers to what is checked at its end."""
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    with transaction.atomic(), connection.cursor() as cursor:
        for model, group in by_model.items():
            fields: list[Any] = [
                field
                for field in model._meta.concrete_fields
                if not field.generated and not (field.primary_key and group[0].pk is None)
            ]
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sql.Identifier(f.column) for f in fields)
            )
            with cursor.copy(statement) as target:
                for row in group:
                    target.write_row([f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields])


def _number_on() -> None:
    """Have the next row numbered after those written here."""
    from articles.models import Article, Original, Revision

    with connection.cursor() as cursor:
        for model in (Article, Original, Revision):
            table = sql.Identifier(model._meta.db_table)
            name = sql.Literal(model._meta.db_table)
            cursor.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(name, table)
            )


def _by_edition(rows: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.edition_id, []).append(row)
    return found


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    Archive(int(sys.argv[1])).write()


if __name__ == "__main__":
    main()
