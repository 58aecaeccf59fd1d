"""Readers find what is public by its words, see no more of it than the policy allows, and learn nothing else."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app

from articles import actions, tasks
from articles.models import SearchEntry, SearchWord
from articles.search import index, vocabulary
from articles.search.page import Search
from newsroom import editions
from newsroom.models import Edition, ReusePolicy
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(days=2)


def found(q: str, *, at: datetime = NOON, of: str = "en", **asked: Any) -> list[str]:
    """The titles that a search at a moment shows on its first page to a reader `of` an edition."""
    return [result.card.title for result in answer(q, at=at, of=of, **asked).get("results", [])]


def answer(q: str, *, at: datetime = NOON, of: str = "en", **asked: Any) -> dict[str, Any]:
    query = QueryDict(mutable=True)
    query.update({"q": q, **asked})
    return Search(query, editions.load(of), at).context()


def page(client: Client, q: str, status: int = 200, path: str = "/search/", **asked: str) -> str:
    response = client.get(path, {"q": q, **asked})
    assert response.status_code == status
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


# --- What is found ---


@pytest.mark.parametrize(
    "q", ["lock keepers", "counting boats", "numbers nobody reads", "canoe", "Calder", "Witthöft", "Schleusenwärter"]
)
def test_an_article_is_found_by_title_text_and_names(client: Client, q: str):
    cast.published("The lock keeper", slug="boats")
    cast.published("Something else", body="<p>Nothing of it.</p>", standfirst="", original=cast.original(title="X", author="Y"),
                   translator=cast.contributor("Iain Moss"))  # fmt: skip
    assert 'href="/articles/boats/"' in page(client, q)
    assert "Something else" not in page(client, q)


def test_people_are_found_by_their_names_in_other_editions_too():
    translator = cast.contributor("Ruth Calder", "Рут Колдер")
    cast.published("The lock keeper", translator=translator)
    assert found("Колдер") == ["The lock keeper"]


def test_a_title_counts_more_than_a_mention_and_a_newer_text_more_than_an_older():
    cast.published("Salt", at=NOON - timedelta(days=4000))
    cast.published("Pepper", body="<p>Salt is mentioned.</p>", at=NOON - timedelta(days=1))
    cast.published("Sugar", body="<p>Salt is mentioned.</p>", at=NOON - timedelta(days=900))
    assert found("salt") == ["Salt", "Pepper", "Sugar"]
    assert found("salt", order="date") == ["Pepper", "Sugar", "Salt"]


def test_where_more_is_found_than_is_ranked_titles_come_before_mentions(monkeypatch: pytest.MonkeyPatch):
    for module in ("hits", "page"):
        monkeypatch.setattr(f"articles.search.{module}.RANKED", 2)
    cast.published("Salt", at=NOON - timedelta(days=2))
    cast.published("Pepper", body="<p>Salt is mentioned.</p>", at=NOON - timedelta(days=1))
    assert found("salt") == ["Salt", "Pepper"]
    cast.published("More salt", at=NOON - timedelta(days=3))
    shown = answer("salt")
    assert {result.card.title for result in shown["results"]} == {"Salt", "More salt"}
    assert (shown["total"], shown["all_by_date"]) == (3, "?q=salt&order=date")
    assert found("salt", order="date") == ["Pepper", "Salt", "More salt"]


def test_a_beginning_is_found_in_another_edition_by_its_words():
    cast.published("Човен", edition="uk")
    assert [(other["code"], other["number"]) for other in answer("чов*")["others"]] == [("uk", 1)]
    assert answer("чол*")["others"] == []


@pytest.mark.parametrize(
    ("q", "titles"),
    [
        ("red boat", {"Red boat", "Boat, red"}),
        ('"red boat"', {"Red boat"}),
        ("«red boat»", {"Red boat"}),
        ("red -boat", {"Red house"}),
        ("house OR sailors", {"Red house", "Sailor"}),
        ("house | sailors", {"Red house", "Sailor"}),
        ("sai*", {"Sailor"}),
        ("house -red", set()),
        ("re*", {"Red boat", "Boat, red", "Red house"}),
    ],
)
def test_phrases_beginnings_exclusions_and_alternatives(q: str, titles: set[str]):
    for title in ("Red boat", "Boat, red", "Red house", "Sailor"):
        cast.published(title, standfirst="", body="<p>Text.</p>")
    assert set(found(q)) == titles


def test_a_phrase_does_not_reach_from_the_title_into_the_text():
    cast.published("The end", standfirst="", body="<p>Of the story.</p>", translator=cast.contributor("Bo"))
    assert found('"end story"') == []


def test_words_of_other_alphabets_inside_a_ukrainian_text_are_found():
    cast.published("Звіт", edition="uk", body="<p>Компанія Baltic Freight і «Русский мир» у лапках.</p>")
    assert found("freight", of="uk") == ["Звіт"]
    assert found("русский", of="uk") == ["Звіт"]


# --- What is not public is not found, and nothing tells of it ---


def test_a_draft_is_never_found():
    cast.draft("Zebra crossing")
    assert found("zebra") == []
    assert answer("zebr")["instead"] == {"meant": None, "either": None}


def test_a_scheduled_text_is_found_from_its_moment_on():
    article = cast.draft("Zebra crossing")
    actions.schedule(article, by=None, goes_live_at=SOON, at=NOON)
    for at in (NOON, SOON - timedelta(seconds=1)):
        assert found("zebra", at=at) == []
        assert answer("zebrra", at=at)["instead"]["meant"] is None
        assert answer("яуикф", at=at)["instead"]["meant"] is None  # the same keys on the other layout
        assert answer("crossing", at=at, person="ruth-calder")["chips"][0]["name"] == "ruth-calder"
    assert found("zebra", at=SOON) == ["Zebra crossing"]
    assert answer("zebrra", at=SOON)["instead"]["meant"]["text"] == "zebra"


def test_a_scheduled_change_leaves_the_present_words_until_its_moment():
    article = cast.published("Horse")
    article.title = "Zebra"
    actions.save_draft(article, by=None, at=NOON)
    assert found("horse", at=NOON) == ["Horse"]
    assert found("zebra", at=NOON) == []
    actions.schedule(article, by=None, goes_live_at=SOON, at=NOON)
    assert (found("horse", at=NOON), found("zebra", at=NOON)) == (["Horse"], [])
    assert (found("horse", at=SOON), found("zebra", at=SOON)) == ([], ["Zebra"])
    actions.unschedule(article, by=None, at=NOON)
    assert (found("horse", at=SOON), found("zebra", at=SOON)) == (["Horse"], [])


def test_a_published_change_is_found_at_once_and_the_old_words_no_more():
    article = cast.published("Horse")
    article.title = "Zebra"
    actions.save_draft(article, by=None, at=NOON)
    actions.amend(article, change=actions.Change("update"), by=None, at=SOON)
    assert (found("horse", at=SOON), found("zebra", at=SOON)) == ([], ["Zebra"])
    assert SearchEntry.objects.count() == 1


def test_a_retracted_text_is_marked_and_one_taken_down_is_not_found(client: Client):
    article = cast.published("Horse", slug="horse")
    actions.retract(article, notice="It was invented.", by=None, at=SOON)
    assert "Retracted" in page(client, "horse")
    actions.take_down(article, reason="Asked to.", by=None, at=SOON)
    assert 'href="/articles/horse/"' not in page(client, "horse")
    assert answer("hors", at=SOON)["instead"] == {"meant": None, "either": None}
    actions.put_back(article, by=None, at=SOON)
    assert found("horse", at=SOON) == ["Horse"]


# --- Narrowing ---


@pytest.fixture
def three() -> None:
    cast.published("Boat one", section=cast.section(slug="law"), topics=[cast.topic(slug="sea")],
                   translator=cast.contributor("Ann Lee"), at=NOON - timedelta(days=400))  # fmt: skip
    cast.published("Boat two", translator=cast.contributor("Ann Lee"))
    cast.published("Boat three", section=cast.section(slug="law"))


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"section": "law"}, {"Boat one", "Boat three"}),
        ({"topic": "sea"}, {"Boat one"}),
        ({"person": "ann-lee"}, {"Boat one", "Boat two"}),
        ({"year": "2025"}, {"Boat one"}),
        ({"section": "law", "person": "ann-lee"}, {"Boat one"}),
        ({"section": "nothing"}, set()),
        ({"person": "nobody"}, set()),
        ({"year": "1999"}, set()),
        ({"edition": "uk"}, set()),
        ({"edition": "xx"}, {"Boat one", "Boat two", "Boat three"}),
    ],
)
def test_results_are_narrowed(three: None, asked: dict[str, Any], titles: set[str]):
    assert set(found("boat", **asked)) == titles
    assert set(found("boat", order="date", **asked)) == titles


def test_choices_say_how_many_and_chips_take_away(client: Client, three: None):
    shown = page(client, "boat", section="law")
    assert '<option value="law" selected>Law (2)</option>' in shown
    assert '<option value="ann-lee">Ann Lee (1)</option>' in shown
    assert re.search(r'<ul class="chips".*?<a href="\?q=boat"><span class="visually-hidden">Remove: ', shown, re.S)
    assert 'href="?q=boat"' in page(client, "boat", section="nothing")  # search everywhere


def test_another_edition_is_searched_in_its_own_language(client: Client):
    cast.published("Човни на річці", edition="uk", slug="chovny")
    cast.published("A boat called Човен", slug="boat")
    assert 'href="/uk/articles/chovny/"' in page(client, "човном", edition="uk")
    shown = page(client, "човен")
    assert '<a href="/uk/search/?q=%D1%87%D0%BE%D0%B2%D0%B5%D0%BD" hreflang="uk">1 more in Українська</a>' in shown
    assert 'href="/search/?q=boat"' in page(client, "boat", path="/uk/search/")


# --- Pages ---


@pytest.mark.parametrize("order", ["", "date"])
def test_pages_follow_each_other_without_gap_or_double(client: Client, order: str):
    for number in range(27):
        cast.published(f"Boat {number}", at=NOON + timedelta(minutes=number // 2))
    seen: list[str] = []
    address = f"/search/?q=boat&order={order}"
    while address:
        shown = client.get(address).content.decode()
        seen += re.findall(r'class="u-url" href="([^"]+)"', shown)
        more = re.search(r'<a href="(\?[^"]+)" rel="next">', shown)
        address = "/search/" + unescape(more[1]) if more else ""
    assert len(seen) == len(set(seen)) == 27


def test_a_change_that_an_editor_has_begun_moves_no_page_of_the_newest():
    articles = [cast.published("Boat", at=NOON + timedelta(minutes=number)) for number in range(15)]
    last_of_page = articles[3]
    assert answer("boat", at=SOON, order="date")["older"].endswith(f"after={last_of_page.pk}")
    last_of_page.title = "Ship"
    actions.save_draft(last_of_page, by=None, at=NOON)
    public = SearchEntry.objects.filter(article=last_of_page, revision__isnull=False)
    public.update(until=None)  # written anew, it stands behind the entry of the working copy
    assert len(found("boat", at=SOON, order="date", after=str(last_of_page.pk))) == 3


def test_the_number_of_a_scheduled_article_tells_nothing_of_its_day():
    cast.published("Boat", at=NOON - timedelta(days=1))
    scheduled = cast.draft("Zebra")
    actions.schedule(scheduled, by=None, goes_live_at=SOON, at=NOON)
    nobodys = answer("boat", order="date", after="999999999")
    assert found("boat", order="date", after=str(scheduled.pk)) == [result.card.title for result in nobodys["results"]]


def test_a_mark_that_nobody_gave_leads_nowhere(client: Client):
    cast.published("Boat")
    for order in ("", "date"):
        for after in ("x", "1~", "nan~3", "0x1p+2", "1e999~7", "-1", "٣", "9" * 40, "0x1.0p-9~" + "9" * 40,
                      "0x1.0p+9999~1", "0x1.8p+1024~7"):  # fmt: skip
            response = client.get("/search/", {"q": "boat", "after": after, "order": order})
            assert response.status_code in (404, 422), (order, after)


def test_the_page_asks_the_same_number_of_questions_however_much_is_found(client: Client):
    counts = []
    for number in range(3):
        for _more in range(number * 3):
            cast.published("Boat")
        cast.published("Boat")
        page(client, "boat")
        with CaptureQueriesContext(connection) as queries:
            page(client, "boat")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 15


# --- Extracts ---

CANARY = [f"canary{n:03}" for n in range(400)]


@pytest.mark.parametrize(
    "q", ["canary005", "canary200 canary390", "canary*", "boat", '"canary100 canary101"', "canary001 canary350"]
)
@pytest.mark.parametrize("limit", [120, 500])
def test_a_page_shows_no_more_of_an_article_than_its_policy_allows(client: Client, q: str, limit: int):
    policy = ReusePolicy.objects.create(name="Own", limit=limit, holder="X", first_year=2026, contact="a@b.example")
    cast.published(
        "A boat", standfirst=" ".join(CANARY[:40]), body=f"<p>{' '.join(CANARY[40:])}</p>", reuse_policy=policy
    )
    shown = words(page(client, q).replace(f'value="{q}"', ""))
    shown = shown.replace(f"“{q}”", "")
    present = set(re.findall(r"canary\d+\b", shown))
    assert present
    assert sum(len(word) + 1 for word in present) - 1 <= limit
    assert "<mark>" in page(client, q)


def test_the_extract_stands_around_what_was_sought_in_its_own_form():
    before, after = "Слово про інше. " * 40, "Далі ще багато. " * 40
    cast.published("Про місто", edition="uk", body=f"<p>{before}Біля рогу будинку стояли друзі. {after}</p>")
    pieces = answer("ріг друг", of="uk")["results"][0].extract
    assert [piece.text for piece in pieces if piece.is_hit] == ["рогу", "друзі"]
    text = "".join(piece.text for piece in pieces)
    assert "Біля рогу будинку стояли друзі." in text
    assert text.startswith("…")
    assert text.endswith("…")


def test_what_stands_in_texts_and_questions_is_shown_as_text(client: Client):
    cast.published("<script>alert(1)</script> & boats", standfirst="<img src=x onerror=alert(1)> boat")
    for q in ("boat", "script", "<script>boat</script>", '"><script>alert(2)</script>', "boat' onfocus='x"):
        shown = page(client, q)
        assert "<script>alert" not in shown
        assert "<img" not in shown
        assert "onfocus='x\"" not in shown
    assert "&lt;<mark>script</mark>&gt;alert(1)" in page(client, "script")


# --- When nothing is found, and bad questions ---


@pytest.mark.parametrize(
    ("edition", "title", "q", "meant"),
    [
        ("en", "The council", "counicl", "council"),
        ("en", "The council", "concil", "council"),
        ("en", "The council meets", "meets coucnil", "meets council"),
        ("uk", "Шевченко", "Шевчнеко", "шевченко"),
        ("uk", "Привіт", "ghbdsn", "привіт"),
        ("en", "Hello", "руддщ", "hello"),
        ("uk", "Пам’ять", "памят'ь", ""),
    ],
)
def test_a_misspelt_word_is_offered_as_it_may_be_meant(edition: str, title: str, q: str, meant: str):
    cast.published(title, edition=edition)
    offered = answer(q, of=edition)
    assert bool(meant) == (not offered["results"])
    if meant:
        assert offered["instead"]["meant"]["text"] == meant
        assert found(meant, of=edition) == [title]


def test_a_slip_that_one_text_alone_has_is_not_offered():
    cast.published("The lock", body="<p>The zebrrra is late.</p>")
    assert answer("zebrrrra")["instead"]["meant"] is None
    cast.published("The quay", body="<p>Another zebrrra.</p>")
    assert answer("zebrrrra")["instead"]["meant"]["text"] == "zebrrra"


def test_the_name_of_a_section_or_topic_leads_to_its_page(client: Client):
    cast.published("Boats", topics=[cast.topic(slug="rivers")])
    cast.topic(slug="rivals")
    cast.draft("Nothing public", topics=[cast.topic(slug="riverbeds")])
    assert "Section: Society" in words(page(client, "society"))
    assert 'href="/sections/society/"' in page(client, "Soci")
    names = [(subject.kind, subject.name, subject.url) for subject in answer("riv*")["subjects"]]
    assert names == [("Topic", "Rivers", "/topics/rivers/")]  # of the others readers see nothing yet
    assert answer("iver")["subjects"] == answer("ri*")["subjects"] == answer("soc%")["subjects"] == []
    assert "/uk/sections/society/" not in page(client, "society")


def test_one_question_costs_little_however_many_words_are_wrong(client: Client):
    cast.published("The council meets on the river by the old boat house", body="<p>Nothing else.</p>")
    assert (
        answer("old river boat house council metes")["instead"]["meant"]["text"] == "old river boat house council meets"
    )
    wrong = " ".join(pattern.format(letter) for pattern in ("o{}d", "ol{}", "{}ld") for letter in "bcfghjkmnpqr")
    for q in (wrong, f'"{wrong}"', "counicl mets rivr hous bota", "x " * 90):
        with CaptureQueriesContext(connection) as queries:
            page(client, q)
        assert len(queries) <= 75, q


def test_words_that_stand_apart_are_offered_with_any_of_them(client: Client):
    cast.published("A boat", standfirst="", body="<p>Text.</p>")
    cast.published("A house", standfirst="", body="<p>Text.</p>")
    assert answer("boat house")["instead"]["either"]["text"] == "boat OR house"
    assert "any of these words" in page(client, "boat house")


def test_an_empty_search_page_explains_itself_and_is_for_no_search_engine(client: Client):
    response = client.get("/search/")
    assert response["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content
    assert b"quotation marks" in response.content
    assert client.post("/search/").status_code == 405
    assert 'rel="search">' in page(client, "", path="/uk/search/")


QUESTIONS = [
        "boat " * 2000, "-", "OR", "* ? : & | ! <-> ( )", "-boat", '"', '""', "«»", "the of and", "і в на", "\0", "bo\0at", "😀", "😀 boat",
        "\u202eboat\u202c", "' or 1=1 --", "boat:*", "\\", "'\\'", "boat\\'", "%", "_", "a*", "*", "-- -- --", "!!boat", "(((", "ﷺ",
        "ё" * 199, "'" * 199, '"' * 199, "a " * 100, "a* " * 66, "OR " * 60, "-a " * 60, "\ud7ff", "é\u0301" * 60, "1" * 199, "<b>", "&amp;",
        "boat OR", "OR boat", "boat OR OR boat", "ǅ", "İ", "ß", "x" * 61,
]  # fmt: skip


@pytest.mark.parametrize(
    ("edition", "title", "stop_words", "beginning"),
    [("en", "River", "They rowed themselves.", "themsel"), ("uk", "Річка", "Якщо йому дати човен.", "якщ")],
)
def test_a_beginning_of_stop_words_alone_is_passed_over_as_they_are(
    client: Client, edition: str, title: str, stop_words: str, beginning: str
):
    cast.published(title, edition=edition, body=f"<p>{stop_words}</p>")
    page(client, f"{beginning}*", status=422, path="/uk/search/" if edition == "uk" else "/search/")
    for q in (f"{title} {beginning}*", f"{title} -{beginning}*", f"{title} OR {beginning}*"):
        assert found(q, of=edition) == [title]
        marked = [piece.text for piece in answer(q, of=edition)["results"][0].extract if piece.is_hit]
        assert not any(word.lower().startswith(beginning) for word in marked)


@pytest.mark.parametrize("path", ["/search/", "/uk/search/"])
def test_any_question_gets_an_answer_or_a_sentence(client: Client, path: str):
    cast.published("A boat")
    cast.published("Човен", edition="uk")
    for q in QUESTIONS:
        response = client.get(path, {"q": q})
        assert response.status_code in (200, 422), q
        assert (response.status_code == 422) == ('role="alert"' in response.content.decode()), q


NOTATION = [
    *'"“”„«»*-–|()&!\\\'’ʼ\0😀²٣ёİßﷺ', "OR", "АБО", "<->", ":*", "\ud800", "\u202e", "\u200f", "\u0301", "\u00ad", "\U0010ffff", "boat", "the",
    "themsel*", "якщ*", "човен", "b*", "o'*", "12*", "a'b'c", "co-op", "-co-op", "2026", "x" * 61,
]  # fmt: skip
FILTERS = {
    "section": ["law", "law\0"], "topic": ["sea"], "person": ["ann-lee", "nobody"], "order": ["date"], "edition": ["en", "uk", "xx"],
    "year": ["2026", "9998", "٢٠٢٦", "9" * 5000], "after": ["1", "9" * 18, "0x1.0p+9999~1", "0x0.0p-9999~7", "²", "1~1"],
}  # fmt: skip


def test_any_notation_with_any_filters_gets_an_answer_a_sentence_or_leads_nowhere(client: Client, three: None):
    cast.published("Човен", edition="uk", body="<p>Якщо є пам’ять.</p>")
    chance = random.Random(2026)  # the same sample every time
    for _asked in range(50):
        q = "".join(chance.choice(NOTATION) + chance.choice(["", " "]) for _sign in range(chance.randint(1, 12)))
        filters = {name: chance.choice(values) for name, values in FILTERS.items() if chance.random() < 0.2}
        query = urlencode({"q": q, **filters}, errors="surrogatepass")
        response = client.get(f"{chance.choice(['', '/uk'])}/search/?{query}")
        assert response.status_code in (200, 404, 422), query


def test_what_was_typed_is_given_back(client: Client):
    shown = page(client, "boat " * 2000, status=422)
    assert "That is too long to search for: 9,999 characters, and 200 are the most." in words(shown)
    assert ("boat " * 2000).strip() in shown
    assert "Words like these stand in every article" in page(client, "the of", status=422)
    assert "That says only what must not be there" in page(client, "-boat", status=422)
    assert "There is no word in that" in page(client, "***", status=422)


def test_any_filter_gets_an_answer(client: Client):
    cast.published("A boat")
    for name in ("section", "topic", "person", "year", "edition", "order", "after"):
        for value in ("\0", "' OR 1=1", "😀", "9" * 300, "-1", "0"):
            assert client.get("/search/", {"q": "boat", name: value}).status_code in (200, 404, 422), (name, value)


# --- The index itself ---


def test_what_was_published_before_the_index_is_indexed_by_the_worker_by_itself():
    cast.published("Horse")
    SearchEntry.objects.all().delete()
    assert (tasks.index_articles.name, "") in app.periodic_registry.periodic_tasks
    tasks.index_articles(timestamp=0)
    assert found("horse") == ["Horse"]
    with CaptureQueriesContext(connection) as captured:
        tasks.index_articles(timestamp=0)
    assert len(captured) == 1  # where nothing is missing, it only looks


def test_what_was_published_before_the_index_is_indexed_bit_by_bit():
    for title in ("Horse", "Zebra"):
        cast.published(title)
    cast.draft("Donkey")
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    assert found("horse") == []
    call_command("index_articles", verbosity=0)
    assert (found("horse"), found("zebra"), found("donkey")) == (["Horse"], ["Zebra"], [])
    assert answer("zebrra")["instead"]["meant"]["text"] == "zebra"
    assert SearchEntry.objects.count() == 3
    call_command("index_articles", all=True, verbosity=0)
    assert SearchEntry.objects.count() == 3


def test_editions_are_indexed_in_one_order_so_that_two_batches_never_wait_for_each_other_in_a_circle(
    monkeypatch: pytest.MonkeyPatch,
):
    codes = ["uk", "de", "en", "fr", "pl"]
    Edition.objects.bulk_create([Edition(code=code, name=code) for code in codes], ignore_conflicts=True)
    numbers = [cast.published("Boat", edition=code).pk for code in codes]
    taken_in: list[str] = []
    monkeypatch.setattr(vocabulary, "add", lambda words, edition: taken_in.append(edition))
    index.rewrite(numbers)
    assert taken_in == sorted(codes)


def test_a_text_of_any_length_is_indexed_as_far_as_the_database_keeps_it():
    words = [f"слово{number}" for number in range(60_000)]
    written = index.vector([("A", ["кінь"]), ("D", words)], {word: (word, word + "~") for word in ["кінь", *words]})
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector), %s::tsvector @@ 'кінь:A & слово9'", [written, written])
        length, has_the_beginning = cursor.fetchone()
    assert length > 20_000
    assert has_the_beginning


def test_now_is_read_at_the_edge(client: Client):
    article = cast.draft("Zebra", slug="zebra")
    now = timezone.now()
    actions.schedule(article, by=None, goes_live_at=now + timedelta(hours=1), at=now)
    assert "zebra/" not in page(client, "zebra")
