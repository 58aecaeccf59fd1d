"""What the newsroom and its funders see of reads."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from articles.admin.charts import HEIGHT, WIDTH, bar_chart
from articles.models import Article, ReadCount
from tests import cast

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/readcount/"
CSV = f"{PAGE}csv/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.editor())
    return client


def read(article: Article, *, days_ago: int = 0, referrer: str = "", count: int = 1) -> None:
    day = localdate() - timedelta(days=days_ago)
    ReadCount.objects.create(article=article, date=day, referrer=referrer, count=count)


def rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


def exported(client: Client, by: str, **asked: Any) -> Any:
    return client.get(CSV, {"first": localdate() - timedelta(days=30), "last": localdate(), "by": by, **asked})


def test_an_editor_sees_what_was_read_from_where_and_whose_it_was(editor: Client):
    boats = cast.published("Boats", slug="boats", translator=cast.contributor("Ruth Calder"))
    doors = cast.published("Doors", slug="doors", section=cast.section(slug="world"), translator=cast.contributor("Io"))
    read(boats, count=7, referrer="google.com")
    read(boats, days_ago=29, count=2)
    read(doors, days_ago=1, count=5, referrer="own")
    read(boats, days_ago=30, count=100)
    seen = editor.get(PAGE).context
    assert seen["total"] == 14
    assert [(row["title"], row["reads"], row["share"]) for row in seen["articles"]] == [
        ("Boats", 9, 100),
        ("Doors", 5, 56),
    ]
    assert [(row["name"], row["reads"]) for row in seen["referrers"]] == [
        ("google.com", 7), ("This site", 5), ("No site: typed in, a bookmark, an app or a letter", 2),
    ]  # fmt: skip
    assert [(row["section"], row["reads"]) for row in seen["sections"]] == [("Society", 9), ("World", 5)]
    assert [(row["name"], row["reads"]) for row in seen["translators"]] == [("Ruth Calder", 9), ("Io", 5)]
    assert editor.get(f"{PAGE}?days=90").context["total"] == 114


@pytest.mark.parametrize("days", ["", "0", "-1", "31", "x", "9" * 40])
def test_a_period_that_nobody_offers_is_the_shortest(editor: Client, days: str):
    assert editor.get(PAGE, {"days": days}).context["days"] == 30


def test_an_article_has_a_page_of_its_reads_and_its_form_leads_there(editor: Client):
    boats, doors = cast.published("Boats", slug="boats"), cast.published("Doors", slug="doors")
    read(boats, count=3, referrer="t.co")
    read(boats, days_ago=200, count=4)
    read(doors, count=50)
    address = f"{PAGE}article/{boats.pk}/"
    assert address in editor.get(f"/admin/articles/article/{boats.pk}/change/").content.decode()
    seen = editor.get(address).context
    assert (seen["total"], seen["ever"]) == (3, 7)
    assert [row["referrer"] for row in seen["referrers"]] == ["t.co"]
    assert editor.get(f"{PAGE}article/999999/").status_code == 404


def test_without_reads_the_pages_stand(editor: Client):
    article = cast.published(slug="boats")
    for path in (PAGE, f"{PAGE}?days=365", f"{PAGE}article/{article.pk}/"):
        assert "No reads in this time." in editor.get(path).content.decode()


def test_great_numbers_are_written_so_that_they_can_be_read(editor: Client):
    boats = cast.published("Boats", slug="boats")
    read(boats, count=1270)
    for path in (PAGE, f"{PAGE}article/{boats.pk}/"):
        page = editor.get(path).content.decode()
        assert '<span class="nr-total">1,270</span>' in page
        assert "1270" not in page


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}article/1/", f"{CSV}?first=2026-01-01&last=2026-01-02&by=day", CSV])
def test_reads_are_for_editors_and_the_chief(client: Client, path: str):
    client.force_login(cast.translator_account())
    refused = client.get(path)
    assert refused.status_code == 403
    assert "your role does not include this page" in refused.content.decode()
    assert '<a class="button" href="/admin/">' in refused.content.decode()
    client.force_login(cast.account("anna"))
    assert client.get(path).status_code == 302
    client.force_login(cast.chief())
    assert client.get(path).status_code in (200, 404, 422)


def test_a_translator_s_form_leads_to_no_reads(client: Client):
    tim = cast.translator_account()
    client.force_login(tim)
    assert "readcount" not in client.get("/admin/").content.decode()


def test_nobody_changes_what_was_counted(editor: Client):
    boats = cast.published(slug="boats")
    read(boats)
    for path in ("add/", f"{ReadCount.objects.get().pk}/delete/"):
        assert editor.post(PAGE + path).status_code == 403
    assert ReadCount.objects.total() == 1


def test_a_funder_gets_a_table_by_day_article_or_section(editor: Client):
    boats, doors = cast.published("Boats", slug="boats"), cast.published("Двері", slug="doors", edition="uk")
    read(boats, count=7, referrer="google.com")
    read(boats, count=1)
    read(doors, days_ago=3, count=5)
    read(doors, days_ago=40, count=900)
    today, before = localdate(), localdate() - timedelta(days=3)
    by_day = exported(editor, "day")
    assert rows(by_day) == [["Day", "Reads"], [str(before), "5"], [str(today), "8"]]
    assert by_day["Content-Type"] == "text/csv; charset=utf-8"
    assert f"reads-{today - timedelta(days=30)}-{today}-by-day.csv" in by_day["Content-Disposition"]
    assert rows(exported(editor, "article"))[1:] == [
        ["Boats", "/articles/boats/", "en", "Society", "2026-03-02", "8"],
        ["Двері", "/uk/articles/doors/", "uk", "Society", "2026-03-02", "5"],
    ]
    assert rows(exported(editor, "section"))[1:] == [["en", "Society", "8"], ["uk", "Society", "5"]]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_title_becomes_a_formula(editor: Client, title: str):
    read(cast.published(title, slug="boats"))
    assert rows(exported(editor, "article"))[1][0] == f"'{title}"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first": "2026-11-10", "last": "2026-11-01"}, "The last day is before the first."),
        ({"first": "yesterday"}, "Enter a valid date."),
        ({"last": ""}, "This field is required."),
        ({"by": "reader"}, "reader is not one of the available choices"),
        ({"first": "\x00"}, "Enter a valid date."),
    ],
    ids=str,
)
def test_a_wrong_table_is_refused_with_a_sentence(editor: Client, asked: dict[str, str], sentence: str):
    asked = dict(asked)
    answer = exported(editor, asked.pop("by", "day"), **asked)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_however_much_is_read_the_pages_ask_the_same_number_of_questions(
    editor: Client, django_assert_max_num_queries: Any
):
    for number in range(20):
        article = cast.published(slug=f"boats-{number}", translator=cast.contributor(f"Person {number}"))
        for day in range(3):
            read(article, days_ago=day, referrer=f"site{number}.example")
    with django_assert_max_num_queries(10):
        editor.get(PAGE)
    with django_assert_max_num_queries(8):
        editor.get(f"{PAGE}article/{article.pk}/")


def test_a_chart_has_a_bar_a_day_or_for_a_long_time_a_bar_a_week():
    first = date(2026, 11, 2)
    reads = {first: 3, date(2026, 11, 3): 40, date(2026, 11, 8): 1}
    days = bar_chart(reads, first, date(2026, 12, 1))
    assert [bar.reads for bar in days.bars[:7]] == [3, 40, 0, 0, 0, 0, 1]
    assert (len(days.bars), days.bars[1].height, days.bars[2].height) == (30, HEIGHT, 0)
    assert days.lines[-1] == (0, 40)
    assert days.bars[-1].x + days.bars[-1].width < WIDTH
    weeks = bar_chart(reads, first, date(2027, 11, 1))
    assert (len(weeks.bars), weeks.bars[0].reads, weeks.is_by_week) == (53, 44, True)
