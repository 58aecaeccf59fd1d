"""What a search costs on the archive: the whole answer of a running site, asked warm, one reader at a time."""

from __future__ import annotations

import html
import json
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import psutil

from benchmarks import archive, site
from benchmarks.measures import Measure
from newsroom import database

ROUNDS, WARM = 30, 5
PAGE = 10
#: kind → (what, path, question)
KINDS: dict[str, tuple[str, str, dict[str, str]]] = {
    "one_word_rare": ("one rare word", "/search/", {"q": "Halerford"}),
    "one_word_common": ("one word of every other article", "/search/", {"q": "water"}),
    "two_words": ("two common words", "/search/", {"q": "said water"}),
    "phrase": ("a phrase", "/search/", {"q": '"at the station"'}),
    "beginning": ("the beginning of a word", "/search/", {"q": "wat*"}),
    "narrowed": ("a common word in a section and a year", "/search/", {"q": "water", "section": "law", "year": "2020"}),
    "by_person": ("a common word by a person with 15,000 articles", "/search/", {"q": "water", "person": "person-0"}),
    "newest_first": ("a common word, newest first", "/search/", {"q": "water", "order": "date"}),
    "misspelt": ("a misspelt word, with what may be meant", "/search/", {"q": "counciil"}),
    "uk_common": ("Ukrainian: a common word, inflected", "/uk/search/", {"q": "людиною"}),
    "uk_name": ("Ukrainian: a surname, inflected", "/uk/search/", {"q": "Галанському"}),
    "uk_two_words": ("Ukrainian: two words, inflected", "/uk/search/", {"q": "річки містом"}),
    "uk_beginning": ("Ukrainian: the beginning of a word", "/uk/search/", {"q": "люд*"}),
    "uk_misspelt": ("Ukrainian: a misspelt word", "/uk/search/", {"q": "стнація"}),
}


def measures() -> Iterator[Measure]:
    address_of_archive = archive.ready()
    _run(["manage.py", "index_articles", "--verbosity=0"], address_of_archive)
    found, asked = json.loads(_run(["-m", "benchmarks.ukrainian"], database.address(site.KIND)))
    yield Measure(
        "search.ukrainian_found_first", f"of {asked} inflected Ukrainian questions, the article that is meant comes first",
        round(100 * found / asked, 1), "%", ">= 95",
    )  # fmt: skip
    with site.running(address_of_archive) as address:
        questions = {kind: (what, f"{address}{path}?{urlencode(asked)}") for kind, (what, path, asked) in KINDS.items()}
        questions["page_10"] = (f"page {PAGE} of a common word", _later_page(questions["one_word_common"][1]))
        for kind, (what, url) in questions.items():
            yield _timed(kind, what, url)
        yield _timed("admin", "the article list in the admin, an inflected word", f"{address}/admin/articles/article/?q={quote('містами')}",
                     cookie=session_of_the_editor(address_of_archive))  # fmt: skip
        yield Measure("search.worker_memory", "largest web worker after all of this", _largest_worker(), "MB", "<= 250")


#: A session of the archive's editor, as signing in makes it.
_SIGN_IN = """
import django; django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from newsroom.models import User
user = User.objects.get(username="editor")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session.create()
print(f"newsroom_session={session.session_key}")
"""


def session_of_the_editor(database_url: str) -> str:
    """The cookie by which a request is the editor's."""
    return _run(["-c", _SIGN_IN], database_url)


def _timed(kind: str, what: str, url: str, cookie: str = "") -> Measure:
    times = sorted([_milliseconds(url, cookie) for _round in range(ROUNDS + WARM)][WARM:])
    late = times[int(len(times) * 0.95)]
    return Measure(
        f"search.{kind}", f"{what} (95 of 100 within {late:.0f} ms)", round(statistics.median(times), 1), "ms", "<= 50"
    )


def _milliseconds(url: str, cookie: str) -> float:
    request = urllib.request.Request(url, headers={"Cookie": cookie})
    begun = time.perf_counter()
    urllib.request.urlopen(request, timeout=60).read()
    return (time.perf_counter() - begun) * 1000


def _later_page(url: str) -> str:
    """The address of a page further on, reached as a reader reaches it."""
    for _page in range(PAGE - 1):
        shown = urllib.request.urlopen(url, timeout=60).read().decode()
        found = re.search(r'<a href="(\?[^"]+)" rel="next">', shown)
        assert found
        url = url.split("?")[0] + html.unescape(found[1])
    return url


def _largest_worker() -> float:
    """Megabytes of memory of the largest process of the site that is running."""
    mine = psutil.Process().children(recursive=True)
    return round(max(process.memory_info().rss for process in mine if "python" in process.name()) / 2**20)


def _run(arguments: list[str], database_url: str) -> str:
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DEMO": "1",
    }
    done = subprocess.run(
        [sys.executable, *arguments], cwd=database.BASE, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()
