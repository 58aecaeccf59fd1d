"""How many of the Ukrainian test list's questions find their article first among the list: prints [found, asked]."""

from __future__ import annotations

import json
import tomllib

import django
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from newsroom.database import BASE


def main() -> None:
    django.setup()
    from articles.models import SearchEntry
    from articles.search.hits import Hits
    from articles.search.questions import read, understand
    from tests import cast

    call_command("migrate", verbosity=0)
    rows = tomllib.loads((BASE / "tests/articles/ukrainian_search.toml").read_text())["article"]
    found = asked = 0
    with transaction.atomic():  # nothing of it stays
        SearchEntry.objects.all().delete()  # other articles, about the same things, would be as good an answer
        for row in rows:
            row["article"] = cast.published(row["title"], edition="uk", standfirst="", body=f"<p>{row['body']}</p>").pk
        for row in rows:
            for question in row["queries"]:
                meaning = understand(read(question), "uk")
                hits = Hits(meaning, "uk", timezone.now()).ranked(None) if meaning.tsquery else []
                asked += 1
                found += bool(hits) and hits[0].article == row["article"]
        transaction.set_rollback(True)
    print(json.dumps([found, asked]))  # noqa: T201


if __name__ == "__main__":
    main()
