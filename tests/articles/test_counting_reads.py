"""Reads are counted from the web server's log: once each, and with nothing about who read."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles import actions, read_logs
from articles.models import Article, CountedLog, ReadCount
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
DAY = date(2026, 11, 24)


def line(path: str = "/articles/boats/", **changed: Any) -> str:
    """A line as nginx writes it in its format `combined`."""
    told = {"ip": "203.0.113.7", "at": "24/Nov/2026:12:00:00 +0000", "method": "GET", "status": 200, "referrer": "-"}
    told |= {"agent": FIREFOX, "user": "-"} | changed
    return ('{ip} - {user} [{at}] "{method} {path} HTTP/1.1" {status} 5120 "{referrer}" "{agent}"\n').format(
        path=path, **told
    )


def count(*lines: str, pack: bool = False) -> actions.Counted:
    written = "".join(lines).encode()
    return actions.count_reads(io.BytesIO(gzip.compress(written) if pack else written), at=NOON)


def counts() -> dict[tuple[str, date, str], int]:
    return {
        (row.article.slug, row.date, row.referrer): row.count for row in ReadCount.objects.select_related("article")
    }


@pytest.fixture
def boats() -> Article:
    return cast.published(slug="boats")


def test_a_read_is_an_article_a_day_and_a_site(boats: Article):
    search = "https://www.google.co.uk/search?q=boats"
    done = count(
        line(), line(), line("/articles/boats/?utm_source=letter"), line(referrer=search), line("/"), line("/feed/"),
        line("/articles/none/"), line("/articles/boats/feed/"), line(at="25/Nov/2026:00:00:00 +0000"),
    )  # fmt: skip
    assert counts() == {
        ("boats", DAY, ""): 3,
        ("boats", DAY, "google.co.uk"): 1,
        ("boats", date(2026, 11, 25), ""): 1,
    }
    assert (done.lines, done.reads, done.unreadable) == (9, 5, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "HEAD"},
        {"method": "POST"},
        {"status": 301},
        {"status": 404},
        {"status": 410},
        {"agent": "-"},
        {"agent": ""},
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"agent": "curl/8.5.0"},
        {"agent": "python-requests/2.32"},
    ],
    ids=str,
)
def test_what_no_person_opened_is_left_out(boats: Article, changed: dict[str, Any]):
    assert count(line(**changed)).reads == 0
    assert counts() == {}


def test_a_page_that_the_browser_still_has_is_opened_again(boats: Article):
    assert count(line(status=304)).reads == 1


def test_a_page_fetched_in_advance_is_not_read(boats: Article):
    row = {"time_iso8601": "2026-11-24T12:00:00+00:00", "request": "GET /articles/boats/ HTTP/2.0", "status": "200"}
    row |= {"http_user_agent": FIREFOX, "http_referer": ""}
    assert count(json.dumps(row | {"http_sec_purpose": "prefetch;prerender"}) + "\n").reads == 0
    assert count(json.dumps(row) + "\n").reads == 1


@pytest.mark.parametrize(
    "row",
    [
        {"time_local": "24/Nov/2026:14:00:00 +0200", "request_method": "GET", "request_uri": "/articles/boats/?a=1"},
        {"msec": "1795521600.123", "method": "GET", "uri": "/articles/boats/"},
        {"time": "2026-11-24T12:00:00Z", "method": "GET", "path": "/articles/boats/"},
    ],
    ids=str,
)
def test_lines_of_json_are_understood(boats: Article, row: dict[str, str]):
    about = {"status": 200, "user_agent": FIREFOX, "referer": "https://t.co/x", "remote_addr": "203.0.113.7"}
    count(json.dumps(row | about) + "\n")
    assert counts() == {("boats", DAY, "t.co"): 1}


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("-", ""),
        ("https://news.example.com/a?b=c", "example.com"),
        ("https://someone.github.io/", "someone.github.io"),
        ("http://T.CO:443/x", "t.co"),
        ("https://xn--80ak6aa92e.xn--p1ai/", "xn--80ak6aa92e.xn--p1ai"),
        ("http://127.0.0.1:8000/uk/", "own"),
        ("http://203.0.113.7/", ""),
        ("http://[2001:db8::1]/", ""),
        ("http://[::", ""),
        ("https://localhost.localdomain/", "localhost.localdomain"),
        ("android-app://com.google.android.gm/", ""),
        ("javascript:alert(1)", ""),
        ("https://" + "a" * 300 + ".example/", ""),
        ("https://a<b>.example/", ""),
    ],
)
def test_of_a_referrer_the_registered_name_is_kept(address: str, site: str):
    assert read_logs.referring_site(address) == site


def test_the_day_is_that_of_the_newsroom_s_clock(boats: Article, settings: Any):
    settings.TIME_ZONE = "Europe/Kyiv"
    count(line(at="24/Nov/2026:23:30:00 +0000"), line(at="24/Nov/2026:23:30:00 +0200"))
    assert counts() == {("boats", DAY, ""): 1, ("boats", date(2026, 11, 25), ""): 1}


def test_an_old_address_is_the_same_article_and_another_edition_is_another(boats: Article):
    cast.published(slug="boats", edition="uk")
    boats.former_slugs.create(edition_id="en", slug="ships")
    count(line("/articles/ships/"), line("/articles/boats/"), line("/uk/articles/boats/"))
    rows = ReadCount.objects.values_list("article__edition", "count")
    assert sorted(rows) == [("en", 2), ("uk", 1)]


def test_a_log_that_grows_is_counted_on_from_where_it_was(boats: Article):
    begun = [line(), line(referrer="https://t.co/")]
    assert count(*begun).reads == 2
    assert count(*begun).lines == 0
    done = count(*begun, line(at="24/Nov/2026:13:00:00 +0000"))
    assert (done.lines, done.reads, done.known_bytes) == (1, 1, len("".join(begun)))
    assert counts() == {("boats", DAY, ""): 2, ("boats", DAY, "t.co"): 1}
    assert CountedLog.objects.count() == 1


def test_a_rotated_and_packed_log_is_the_same_log(boats: Article):
    count(line(), line())
    done = count(line(), line(), line(referrer="https://t.co/"), pack=True)
    assert (done.lines, sum(counts().values())) == (1, 3)


def test_two_logs_that_begin_alike_are_two(boats: Article):
    alive = line("/healthz", ip="127.0.0.1", agent="watch")
    count(alive, line(), line(referrer="https://t.co/"))
    count(alive, line(referrer="https://bbc.co.uk/"))
    assert sum(counts().values()) == 3
    assert count(alive, line(), line(referrer="https://t.co/"), line()).reads == 1
    assert count(alive, line(referrer="https://bbc.co.uk/"), line()).reads == 1


def test_the_last_line_waits_until_it_is_whole(boats: Article):
    half = line()[:60]
    assert count(line(), half).lines == 1
    assert count(half).lines == 0
    assert count(line(), line()).reads == 1


def test_nothing_that_is_kept_tells_who_read(boats: Article):
    count(line(ip="203.0.113.7"), line(ip="2001:db8::7"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(column_name::text) FROM information_schema.columns "
                       "WHERE table_name = 'articles_readcount'")  # fmt: skip
        assert sorted(cursor.fetchone()[0]) == ["article_id", "count", "date", "id", "referrer"]
    known = CountedLog.objects.get()
    count(
        line(ip="198.51.10.9"), line(ip="2001:db8::9")
    )  # the same but for the addresses: so these are not in the marks
    assert CountedLog.objects.get().last_line == known.last_line


@pytest.mark.parametrize(
    "rubbish",
    [
        "\n",
        "\x00\x01\x02 not a line\n",
        "{\n",
        '{"status": "x"}\n',
        '{"status": 200, "time": "2026-11-24T12:00:00", "method": "GET", "path": "/"}\n',
        "[" * 5000 + "\n",
        "{" + '"a":{' * 5000 + "\n",
        line(at="99/Nov/2026:12:00:00 +0000"),
        line(at="01/Jan/0001:00:00:00 +1400"),
        line().replace("200", "2OO"),
        "x" * 200_000 + "\n",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_rubbish_is_passed_over(boats: Article, rubbish: str):
    done = count(line(), rubbish, line())
    assert (done.reads, done.unreadable > 0) == (2, True)


@pytest.mark.parametrize(
    "path", ["/articles/" + "a" * 5000 + "/", "/articles/%00/", "/articles/../admin/", "//articles/boats/"]
)
def test_odd_addresses_are_no_article(boats: Article, path: str):
    assert count(line(path)).reads == 0


def test_a_file_that_is_no_log_is_refused_and_nothing_is_kept(boats: Article):
    for wrong in (io.BytesIO(b"a,b\nc,d\n"), io.BytesIO(gzip.compress(line().encode() * 900)[:-20])):
        with pytest.raises(actions.UnreadableLog):
            actions.count_reads(wrong, at=NOON)
    assert (counts(), CountedLog.objects.count()) == ({}, 0)


def test_rubbish_at_the_end_of_a_log_that_was_counted_is_passed_over(boats: Article):
    count(line())
    done = count(line(), "?\n")
    assert (done.lines, done.unreadable) == (1, 1)
    assert count(line(), "?\n", line()).reads == 1


def test_the_command_counts_the_other_logs_though_one_cannot_be_read(boats: Article, tmp_path: Path):
    (tmp_path / "list.csv").write_text("a,b\n")
    (tmp_path / "access.log").write_text(line())
    with pytest.raises(CommandError, match=r"none\.log cannot be read(.|\n)*list\.csv: No line of this log"):
        call_command("count_reads", tmp_path / "none.log", tmp_path / "list.csv", tmp_path / "access.log")
    assert sum(counts().values()) == 1


def test_the_command_counts_files_and_says_what_it_did(boats: Article, tmp_path: Path, capsys: Any):
    (tmp_path / "access.log").write_text(line() + line(agent="curl/8.5.0") + "?\n")
    (tmp_path / "access.log.2.gz").write_bytes(gzip.compress(line(at="23/Nov/2026:12:00:00 +0000").encode()))
    for _time in range(2):
        call_command("count_reads", tmp_path / "access.log", tmp_path / "access.log.2.gz")
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith(": 1 reads in 3 lines. Left out: 1 by programs, 1 lines that cannot be read.")
    assert "0 reads in 0 lines" in said[2]
    assert sum(counts().values()) == 2


def test_the_command_refuses_with_a_sentence(tmp_path: Path):
    (tmp_path / "list.csv").write_text("a,b\n")
    for name, sentence in {
        tmp_path / "none.log": "cannot be read: No such file or directory.",
        tmp_path: "cannot be read: Is a directory.",
        tmp_path / "list.csv": "No line of this log can be read. Understood are nginx’s format “combined”",
    }.items():
        with pytest.raises(CommandError, match=sentence.replace(".", r"\.")):
            call_command("count_reads", name)


def test_the_standard_input_may_be_a_log(boats: Article, monkeypatch: pytest.MonkeyPatch, capsys: Any):
    for _time in range(2):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((line() + line()).encode())))
        call_command("count_reads", "-")
    assert sum(counts().values()) == 2


def test_a_large_log_takes_little_memory_and_few_queries(
    boats: Article, django_assert_max_num_queries: Any, tmp_path: Path
):
    with (tmp_path / "access.log").open("w") as file:
        for number in range(5_000):
            file.write(line(referrer=f"https://site{number % 200}.example/", agent=f"{FIREFOX} {number % 50}"))
    count(line())  # what is loaded once is loaded
    tracemalloc.start()
    with django_assert_max_num_queries(12), (tmp_path / "access.log").open("rb") as log:
        assert actions.count_reads(log, at=datetime.now(UTC)).reads == 5_000
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
