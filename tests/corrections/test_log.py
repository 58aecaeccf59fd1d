"""Every change is an entry of the public log: on the article's page, at an address of its own, in list and feeds."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import actions
from articles.models import Revision
from articles.text import policy_text
from corrections.models import Correction, Rules
from corrections.notices import propose
from newsroom.models import Page, ReusePolicy
from tests import cast
from tests.cast import NOON
from tests.corrections.changes import LATER, Kind, change, edited, published, typo
from tests.corrections.readers import report

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page.partition("<main")[2].partition("</main>")[0])).split())


# --- What the log keeps ---


def test_the_one_changed_sentence_is_kept_with_its_place():
    article = published()
    kept = change(article)
    assert (kept.before, kept.after) == ("He has counted since 1998.", "He has counted since 1989.")
    assert cast.live(article).text[kept.start : kept.end] == kept.after


def test_of_several_changed_places_no_sentence_is_kept():
    article = edited(published(), "boats.", "barges.")
    kept = change(article)
    assert (kept.before, kept.after, kept.start, kept.end) == ("", "", None, None)


@pytest.mark.parametrize(
    ("body", "old", "new", "before", "after"),
    [
        ("<p>One. Dr. Smith met J. Doe. Two.</p>", "met", "saw", "Dr. Smith met J. Doe.", "Dr. Smith saw J. Doe."),
        (
            "<p>Він живе на вул. Франка. Тут тихо.</p>",
            "живе",
            "жив",
            "Він живе на вул. Франка.",
            "Він жив на вул. Франка.",
        ),
        ("<p>«Так!» — сказав він. Далі.</p>", "сказав", "мовив", "«Так!» — сказав він.", "«Так!» — мовив він."),
        ("<h2>A heading</h2><p>A line. Another.</p>", "A line", "A row", "A line.", "A row."),
        (
            "<p>Так ген. Коваль сказав. Далі.</p>",
            "сказав",
            "мовив",
            "Так ген. Коваль сказав.",
            "Так ген. Коваль мовив.",
        ),
        ("<p>It was Capt. Smith. Yes.</p>", "was", "is", "It was Capt. Smith.", "It is Capt. Smith."),
        ("<p>One. Two.</p>", "One. ", "One. One and a half. ", "", "One and a half."),
        ("<p>One. Half. Two.</p>", "Half. ", "", "Half.", ""),
        ("<p>A &amp; B were <em>there</em>. Yes.</p>", "there", "here", "A & B were there.", "A & B were here."),
        ("<p>من هنا. من هناك؟ نعم.</p>", "من هنا.", "من هنالك.", "من هنا.", "من هنالك."),
    ],
)
def test_sentences_are_told_apart(body: str, old: str, new: str, before: str, after: str):
    kept = change(published(body=body), old, new)
    assert (kept.before, kept.after) == (before, after)
    assert (kept.start is None) == (after == "")


def test_a_change_of_the_title_alone_is_kept_without_a_place():
    article = published()
    article.title = "The lock keeper of Oderberg"
    actions.save_draft(article, by=None, at=NOON)
    kept = change(article, "boats", "boats")
    assert (kept.before, kept.after, kept.start) == ("The lock keeper", "The lock keeper of Oderberg", None)


def test_a_scheduled_change_is_told_when_its_time_comes_and_goes_with_its_version(client: Client):
    article, at = edited(published(), "1998", "1989"), timezone.now()
    told = actions.Change(Kind.CORRECTION, "It was in 1989.", "foot")
    actions.schedule(article, change=told, goes_live_at=at + timedelta(hours=1), by=None, at=at)
    kept = Correction.objects.get()
    for path in ("/corrections/", "/corrections/feed/", "/articles/boats/", "/articles/boats/history/"):
        assert "It was in 1989" not in text_of(client, path)
    assert client.get(kept.get_absolute_url()).status_code == 404
    Revision.objects.filter(pk=kept.revision_id).update(goes_live_at=at - timedelta(minutes=1))
    for path in ("/corrections/", "/corrections/feed/", "/articles/boats/", "/articles/boats/history/"):
        assert "It was in 1989" in text_of(client, path)
    Revision.objects.filter(pk=kept.revision_id).update(goes_live_at=at + timedelta(hours=1))
    actions.unschedule(article, by=None, at=at)
    assert not Correction.objects.exists()


def test_the_first_publication_is_no_correction():
    published()
    assert not Correction.objects.exists()


# --- On the article's page ---


def test_the_notice_leads_to_its_sentence_and_the_sentence_to_the_notice(client: Client):
    article = published()
    number = change(article).pk
    page = text_of(client, "/articles/boats/")
    assert f'id="correction-{number}"' in page
    assert f'href="/corrections/{number}/"' in page
    assert f'href="#corrected-{number}"' in page
    mark = f'<sup class="correction-mark" data-furniture="" id="corrected-{number}"><a href="#correction-{number}"'
    assert f"since <strong>1989</strong>.{mark}" in page
    assert 'aria-label="Correction, 3 March 2026"' in page


def test_marks_are_no_part_of_the_text(client: Client):
    article = published()
    change(article)
    change(article, "register of 2014.", "register of 2015.", notice="It was 2015.")
    page = text_of(client, "/articles/boats/")
    body = re.findall(r'<div class="text e-content"[^>]*>(.*?)</div>\n', page, re.DOTALL)[0]
    assert body.count("correction-mark") == 2
    assert policy_text(body) == cast.live(article).text


def test_a_mark_never_stands_within_a_link(client: Client):
    change(published(), "register of 2014.", "register of 2015.", notice="It was 2015.")
    assert 'the register of 2015.</a><sup class="correction-mark"' in text_of(client, "/articles/boats/")


def test_a_sentence_that_was_edited_again_carries_no_mark(client: Client):
    article = published()
    change(article)
    typo(article, "He has", "He had")
    page = text_of(client, "/articles/boats/")
    assert "It was in 1989." in page
    assert "correction-mark" not in page


def test_readers_who_agreed_are_thanked_by_name(client: Client):
    kept = change(published())
    Correction.objects.filter(pk=kept.pk).update(thanked=["Ann O’Hara", "Ян <b>"])
    for path in ("/articles/boats/", "/articles/boats/history/", "/corrections/", kept.get_absolute_url()):
        assert "Thanks to Ann O’Hara, Ян <b>" in words_of(text_of(client, path))


def test_what_was_withdrawn_is_told_in_the_log_and_no_longer_on_the_article(client: Client):
    kept = change(published())
    Correction.objects.filter(pk=kept.pk).update(withdrawn_at=LATER)
    page = text_of(client, "/articles/boats/")
    assert "It was in 1989." not in page
    assert "correction-mark" not in page
    for path in ("/corrections/", "/articles/boats/history/", kept.get_absolute_url()):
        assert "Withdrawn on 3 March 2026" in text_of(client, path)


def test_an_article_takes_one_query_more_for_its_notices(client: Client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(client, "/articles/boats/")
        return len(captured)

    article = published()
    before = queries()
    typo(article)
    assert queries() == before
    change(article)
    assert queries() == before + 1
    change(article, "1989", "1979")
    assert queries() == before + 1


def test_programs_are_told_of_corrections_and_not_of_typos(client: Client, settings: Any):
    article = published()
    number = change(article).pk
    typo(article)
    typo(article, "boats", "ships")
    page = text_of(client, "/articles/boats/")
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)]
    block = next(block for block in found if "correction" in block)
    assert block["@id"] == f"{settings.SITE_URL}/articles/boats/#article"
    assert block["correction"] == [
        {
            "@type": "CorrectionComment",
            "@id": f"{settings.SITE_URL}/corrections/{number}/",
            "url": f"{settings.SITE_URL}/corrections/{number}/",
            "name": "Correction",
            "text": "An earlier version said 1998. It was in 1989.",
            "datePublished": "2026-03-03T12:00:00+00:00",
            "inLanguage": "en",
        }
    ]


# --- The list ---


def test_the_log_shows_what_was_changed_the_newest_first(client: Client):
    article = published()
    first = change(article)
    second = change(article, "register of 2014", "register of 2015", kind=Kind.CLARIFICATION, at=LATER + timedelta(1))
    page = text_of(client, "/corrections/")
    assert re.findall(r'<a href="/corrections/(\d+)/">No\.', page) == [str(second.pk), str(first.pk)]
    assert "An earlier version said 1998. It was in 1989." in page
    assert "since <del>1998</del><ins>1989</ins>." in page
    assert "Clarification" in page


def test_typos_are_shown_when_they_are_asked_for(client: Client):
    article = published()
    change(article)
    typo(article)
    for query, shows in (("", False), ("?typos=on", True), ("?kind=typo", True), ("?kind=correction&typos=on", False)):
        assert ("<ins>No one</ins>" in text_of(client, f"/corrections/{query}")) is shows, query


def test_the_log_is_narrowed_by_kind_year_and_section(client: Client):
    change(published())
    law = published(slug="law", title="The court", section=cast.section(slug="law"), at=NOON - timedelta(days=500))
    change(law, kind=Kind.EDITORS_NOTE, notice="A note on the court.", at=NOON - timedelta(days=400))
    for query, titles in (
        ("", ["boats", "law"]),
        ("kind=&year=&section=", ["boats", "law"]),
        ("kind=editors_note", ["law"]),
        ("year=2026", ["boats"]),
        ("year=2025", ["law"]),
        ("section=society", ["boats"]),
        ("section=law&kind=correction", []),
    ):
        page = text_of(client, f"/corrections/?{query}")
        assert re.findall(r'entry-title"><a href="/articles/([^/]+)/', page) == titles, query
    assert "There is no such correction." in page


@pytest.mark.parametrize(
    "query", ["kind=nothing", "year=1066", "section=none", "before=x", "before=-1", f"before={10**30}"]
)
def test_what_cannot_be_asked_for_is_not_found(client: Client, query: str):
    change(published())
    text_of(client, f"/corrections/?{query}", 404)


def test_the_log_goes_on_from_page_to_page(client: Client):
    article = published()
    numbers = [change(article, str(1998 + n), str(1999 + n), at=LATER + timedelta(hours=n % 7)).pk for n in range(45)]
    seen: list[int] = []
    path: str | None = "/corrections/?kind=correction"
    while path:
        page = text_of(client, path)
        seen += map(int, re.findall(r'<a href="/corrections/(\d+)/">No\.', page))
        older = re.search(r'href="(\?kind=correction&amp;before=\d+)" rel="next"', page)
        path = f"/corrections/{html.unescape(older[1])}" if older else None
    assert sorted(seen) == numbers
    moments = dict(Correction.objects.values_list("pk", "revision__goes_live_at"))
    assert [moments[number] for number in seen] == sorted(moments.values(), reverse=True)


@pytest.mark.parametrize("path", ["/corrections/", "/corrections/feed/", "/articles/boats/history/", "{permalink}"])
def test_pages_of_the_log_take_as_many_queries_whatever_they_list(client: Client, path: str):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(client, asked)
        return len(captured)

    article = published()
    asked = path.format(permalink=change(article).get_absolute_url())
    before = queries()
    for number in range(5):
        change(article, f"{1989 + number}", f"{1990 + number}")
        change(published(slug=f"boats-{number}", reuse_policy=None))
    assert queries() == before


def test_the_newest_corrections_are_found_by_an_index():
    found = Correction.objects.public(timezone.now()).in_edition("en").without_typos().newest_first().with_articles()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
    assert "revision_newest_changes" in found[:20].explain()


def shown_of(texts: list[str], page: str) -> int:
    """How many characters of any of the texts a response shows, wherever in it: runs of some words are looked for."""
    within = policy_text(html.unescape(page)) + " " + " ".join(re.findall(r'content="([^"]*)"', page))
    run, most = 24, 0
    for text in texts:
        places = [at for at in range(len(text) - run + 1) if text[at : at + run] in within]
        most = max(most, len({place for at in places for place in range(at, at + run)}))
    return most


def lines_of_years() -> str:
    """A text in which no run of words comes twice."""
    names = ["Ada", "Bo", "Cy", "Dot", "Ed", "Flo", "Gus", "Hal", "Ivy", "Jo", "Kim", "Lou"]
    return "".join(f"{name} of lock {number} counts {name.lower()} boats, {year}. " for number, (name, year) in enumerate(
        zip(names, range(1900, 1912), strict=True)
    ))  # fmt: skip


def test_all_that_a_page_shows_of_one_article_stays_within_its_limit(client: Client):
    ReusePolicy.objects.filter(is_default=True).update(limit=150)
    article = published(body=f"<p>{lines_of_years()}</p>")
    numbers = [
        change(article, f"{year}.", f"{year + 100}.", notice=f"The year was wrong: {year}.").pk
        for year in range(1900, 1903)
    ]
    texts = [revision.text for revision in article.revisions.all()]
    for path in ("/corrections/", "/corrections/feed/", "/corrections/feed/rss/", "/corrections/feed/json/"):
        page = text_of(client, path)
        page = json.dumps(json.loads(page), ensure_ascii=False) if "json" in path else html.unescape(page)
        assert 0 < shown_of(texts, page) <= 150, path
        assert "The year was wrong: 1900." in page
    assert "<ins>2002</ins>" in text_of(client, "/corrections/")
    for number in numbers:
        assert shown_of(texts, text_of(client, f"/corrections/{number}/")) <= 150


def test_a_notice_that_quotes_the_text_counts_against_the_limit(client: Client):
    ReusePolicy.objects.filter(is_default=True).update(limit=300)
    article = published(body=f"<p>{lines_of_years()}</p>")
    old = lines_of_years()[:280].rpartition(" ")[0]
    new = "Nobody " + old.replace("0", "7") + " " + lines_of_years()[-200:].strip()
    kept = change(article, old, new, notice=propose(old, new, "en"))
    assert "…" in kept.revision.notice
    texts = [revision.text for revision in article.revisions.all()]
    for path in ("/corrections/", "/corrections/feed/", kept.get_absolute_url()):
        page = text_of(client, path)
        assert 0 < shown_of(texts, page) <= 300, path
        assert kept.revision.notice in html.unescape(page)


def test_where_the_notice_leaves_no_room_no_sentence_is_shown(client: Client):
    ReusePolicy.objects.filter(is_default=True).update(limit=150)
    article = published(body=f"<p>{lines_of_years()}</p>")
    text = article.live.text if article.live else ""
    kept = change(article, "1903.", "2003.", notice=f"It said: {text[:140]}")
    for path in ("/corrections/", "/corrections/feed/", kept.get_absolute_url()):
        page = text_of(client, path)
        assert "1903" not in page.replace(kept.revision.notice, ""), path
        assert 0 < shown_of([text], page) <= 150, path


def test_what_other_sites_show_of_a_correction_is_within_the_limit(client: Client):
    ReusePolicy.objects.filter(is_default=True).update(limit=150)
    kept = change(published(), notice="An earlier version was wrong. " * 20)
    page = text_of(client, kept.get_absolute_url())
    described = re.findall(r'(?:name="description"|property="og:description") content="([^"]*)"', page)
    assert len(described) == 2
    assert all(len(html.unescape(words)) <= 150 and words.endswith("…") for words in described)


def test_a_change_without_a_notice_leads_to_the_history(client: Client):
    article = edited(published(), "boats.", "barges.")
    change(article, kind=Kind.UPDATE, notice="", place="")
    page = text_of(client, "/corrections/")
    assert "What changed stands in the history of the article." in page
    assert Correction.objects.get().get_absolute_url() in page


def test_what_was_taken_down_is_not_in_the_log(client: Client):
    article = published()
    kept = change(article)
    actions.take_down(article, reason="It endangers somebody.", by=None, at=LATER)
    for path in ("/corrections/", "/corrections/feed/"):
        assert "It was in 1989." not in text_of(client, path)
    page = text_of(client, kept.get_absolute_url(), 410)
    assert "It endangers somebody." in page
    assert "1989" not in page


def test_a_retraction_is_in_the_log_by_its_name(client: Client):
    actions.retract(published(), notice="Its author made him up.", by=None, at=LATER)
    page = words_of(text_of(client, "/corrections/"))
    assert "Retraction · 3 March 2026" in page
    assert "Its author made him up." in page


def test_the_footer_of_every_page_leads_to_the_log_and_that_to_the_policy(client: Client):
    assert 'href="/corrections/"' in text_of(client, "/")
    assert "How we correct" not in text_of(client, "/corrections/")
    Page.objects.create(edition_id="en", slug="corrections-policy", title="Our policy")
    assert 'href="/corrections-policy/"' in text_of(client, "/corrections/").partition("<main")[2]


# --- A correction by itself ---


def test_a_correction_has_an_address_that_stays(client: Client):
    article = published()
    kept = change(article)
    page = text_of(client, kept.get_absolute_url())
    assert f"Correction No. {kept.pk}" in words_of(page)
    assert "since <del>1998</del><ins>1989</ins>." in page
    assert f'href="/articles/boats/#corrected-{kept.pk}"' in page
    typo(article, "He has", "He had")
    assert "#corrected-" not in text_of(client, kept.get_absolute_url())


def test_the_wrong_edition_leads_to_the_right_one(client: Client):
    number = change(published()).pk
    answer = client.get(f"/uk/corrections/{number}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/corrections/{number}/")


@pytest.mark.parametrize("number", ["0", "999999", str(10**30)])
def test_a_number_without_correction_is_not_found(client: Client, number: str):
    text_of(client, f"/corrections/{number}/", 404)


# --- Feeds ---


def test_the_feeds_are_valid_and_hold_corrections_without_typos(client: Client, settings: Any):
    article = published()
    kept = change(article)
    typo(article)
    change(article, "boats", "ships", kind=Kind.UPDATE, notice="", place="", at=LATER + timedelta(hours=1))
    for form in ("", "rss/"):
        feed = feedparser.parse(client.get(f"/corrections/feed/{form}").content)
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == ["Update: The lock keeper", "Correction: The lock keeper"]
        assert feed.entries[1].link == feed.entries[1].id == f"{settings.SITE_URL}/corrections/{kept.pk}/"
        assert "An earlier version said 1998. It was in 1989." in feed.entries[1].summary
        assert "<del>1998</del><ins>1989</ins>" in feed.entries[1].summary
    items = client.get("/corrections/feed/json/").json()["items"]
    assert [item["tags"] for item in items] == [["Update"], ["Correction"]]
    assert 'type="application/rss+xml" title="Corrections (RSS)"' in text_of(client, "/corrections/")


def test_a_character_that_feeds_cannot_hold_is_not_kept(client: Client):
    kept = change(published(), notice="It was\x1f in 1989.")
    assert kept.revision.notice == "It was in 1989."
    actions.retract(kept.article, notice="He was\x0b made up.", by=None, at=LATER)
    for path in ("/corrections/feed/", "/corrections/feed/rss/", "/feed/"):
        assert not feedparser.parse(client.get(path).content).bozo
    assert "He was made up." in text_of(client, "/corrections/feed/")


@pytest.mark.parametrize("notice", ["\x1f", " \x1f\n"])
def test_a_notice_of_nothing_that_can_be_seen_is_none(notice: str):
    article = published()
    with pytest.raises(actions.CannotPublish):
        change(article, notice=notice)
    with pytest.raises(actions.CannotPublish):
        actions.retract(article, notice=notice, by=None, at=LATER)


# --- Figures ---


def test_figures_are_shown_where_editors_want_them(client: Client):
    article, at = published(), timezone.now()
    for days in (1, 3, 8):
        report(article, at=at - timedelta(days=days, hours=-1), status="applied", decided_at=at)
    report(article, at=at, status="declined", decided_at=at)
    report(article, at=at, status="spam", decided_at=at)
    report(article, at=at - timedelta(days=500))
    assert "figures" not in text_of(client, "/corrections/")
    Rules.objects.update_or_create(pk=1, defaults={"shows_figures": True})
    words = words_of(text_of(client, "/corrections/"))
    assert "Half of all mistakes are corrected within 3 days" in words
    assert "75 %" in words
    assert "The oldest open report is of" in words


def test_without_reports_there_are_no_figures_to_show(client: Client):
    Rules.objects.update_or_create(pk=1, defaults={"shows_figures": True})
    assert 'class="figures"' not in text_of(client, "/corrections/")
