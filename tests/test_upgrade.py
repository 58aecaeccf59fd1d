"""The database of an older version is brought up to date, and meanwhile that version still works."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel
from django.test import Client

from articles.models import Article
from newsroom import database
from newsroom.backups import restore

#: The demonstration as the first version built it, backed up from PostgreSQL 15.
FIRST = Path(__file__).parent / "releases/first.zip"
OURS = ("articles", "newsroom")
BUILD = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from articles.models import Picture
from demo import build, pictures
pictures._make = lambda picture: Picture.objects.filter(pk=picture.pk).update(status=Picture.Status.READY)  # in name only
build.build(timezone.now())
"""
MIGRATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
#: Prints each page that does not answer as it should.
WALK = """
import django
django.setup()
from django.test import Client
from articles.models import Article
articles = [article.get_absolute_url() for article in Article.objects.exclude(live=None)]
for path in ["/", "/uk/", "/feed/", "/translators/", "/reuse/", "/sections/society/", "/accounts/login/", *articles]:
    status = Client().get(path).status_code
    if status not in (200, 410):
        print(path, status)
assert len(articles) > 15
"""
#: Saves and publishes, as editors do while a web server still runs the version before.
WRITE = """
import django
django.setup()
from django.utils import timezone
from articles import actions
from articles.models import Article
public = Article.objects.exclude(live=None).filter(retracted_at=None, taken_down_at=None).first()
draft = Article(edition_id="en", title="Meanwhile", body="<p>A text.</p>", kind="own", section=public.section)
actions.save_draft(draft, by=None, at=timezone.now())
actions.publish(draft, by=None, at=timezone.now())
"""


def run(script: str, *, code: Path, address: str) -> str:
    environment = os.environ | {
        "DATABASE_URL": address, "DEMO": "1", "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "ALLOWED_HOSTS": "testserver", "PYTHONPATH": str(code), "STORAGE_URL": f"file://{code.parent}/media",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], cwd=code, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def empty_database() -> Iterator[str]:
    here, name = os.environ["DATABASE_URL"], f"upgrade_{os.getpid()}"
    with psycopg.connect(urlsplit(here)._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(here)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def code_before(tmp_path: Path) -> Path:
    """The code of the commit before this one; of another where UPGRADE_FROM names it."""
    commit = os.environ.get("UPGRADE_FROM") or "HEAD^"
    packed = subprocess.run(["git", "archive", commit], cwd=database.BASE, capture_output=True)
    if packed.returncode:
        pytest.skip(f"there is no {commit} here: {packed.stderr.decode().strip()}")
    folder = tmp_path / "before"
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.mark.long
def test_the_database_of_the_commit_before_is_brought_up_to_date_and_that_commit_still_works(code_before: Path):
    with empty_database() as address:
        run(BUILD, code=code_before, address=address)
        run(MIGRATE, code=database.BASE, address=address)
        assert run(WALK, code=database.BASE, address=address) == ""
        assert run(WALK, code=code_before, address=address) == ""  # as web servers do that restart later
        run(WRITE, code=code_before, address=address)


def test_what_an_upgrade_adds_to_a_table_may_be_left_out_by_the_version_before():
    """It inserts rows meanwhile, and after a roll-back, without knowing the column."""
    ours = {key: migration for key, migration in MigrationLoader(None).disk_migrations.items() if key[0] in OURS}
    released = {key for key in ours if key[1].startswith("0001")}
    tables = {
        operation.name_lower
        for key in released
        for operation in ours[key].operations
        if isinstance(operation, CreateModel)
    }
    added = [
        operation
        for key in ours.keys() - released
        for operation in ours[key].operations
        if isinstance(operation, AddField) and operation.model_name_lower in tables
    ]
    assert len(added) > 5
    demanded = [each for each in added if not each.field.null and not each.field.has_db_default()]
    assert [(each.model_name, each.name) for each in demanded] == []


@pytest.mark.usefixtures("_alone")
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_the_first_version_is_restored_and_brought_up_to_date(client: Client):
    restore(FIRST, replace=True)
    articles = [article.get_absolute_url() for article in Article.objects.exclude(live=None)]
    assert len(articles) > 15
    told = {path: client.get(path).status_code for path in ["/", "/uk/", "/feed/", *articles]}
    assert {path: status for path, status in told.items() if status not in (200, 410)} == {}
