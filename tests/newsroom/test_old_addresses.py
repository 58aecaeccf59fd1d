"""Addresses that texts had elsewhere lead to what they are now: entered one by one, by a list, or by a change of ours."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions
from newsroom.models import Fact, OldAddress, Page
from tests import cast

pytestmark = pytest.mark.django_db
LIST = "/admin/newsroom/oldaddress/"
UPLOAD = f"{LIST}upload/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.editor())
    return client


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(cast.chief())
    return client


@pytest.fixture
def boats() -> Any:
    return cast.published(slug="boats")


def lead(path: str, target: str = "/articles/boats/", **fields: Any) -> OldAddress:
    return OldAddress.objects.create(path=path, target=target, **fields)


def led(path: str, client: Client | None = None) -> str:
    """Where a reader who asks for `path` is led, after the slash that every address here ends with."""
    client = client or Client()
    response = client.get(path)
    if response.status_code == 301 and response["Location"].partition("?")[0] == f"{path.partition('?')[0]}/":
        response = client.get(response["Location"])
    return str(response["Location"]) if response.status_code in (301, 302) else ""


# --- What readers get ---


def test_an_old_address_leads_to_the_new_one_for_good(client: Client, boats: Any):
    lead("/2019/05/story.html")
    response = client.get("/2019/05/story.html")
    assert (response.status_code, response["Location"]) == (301, "/articles/boats/")
    assert client.head("/2019/05/story.html").status_code == 301
    assert client.post("/2019/05/story.html").status_code == 404


def test_one_that_is_not_for_good_says_so(client: Client, boats: Any):
    lead("/spring", is_permanent=False)
    assert client.get("/spring/").status_code == 302


@pytest.mark.parametrize(
    "asked",
    [
        "/новини/Човен.html",
        "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D1%87%D0%BE%D0%B2%D0%B5%D0%BD.html",
        "/НОВИНИ/човен.html/",
        "/новини//човен.html",
        "/новини/човен.html?utm_source=letter",
    ],
)
def test_however_it_is_written(boats: Any, asked: str):
    lead("/новини/човен.html")
    assert led(quote(asked, safe="/%?=")) == "/articles/boats/"


def test_a_query_may_be_what_tells_two_old_addresses_apart(boats: Any):
    cast.published("Locks", slug="locks")
    lead("/index.php?id=7")
    lead("/index.php?id=8", "/articles/locks/")
    lead("/index.php", "/")
    assert led("/index.php?id=7") == "/articles/boats/"
    assert led("/index.php?id=8") == "/articles/locks/"
    assert led("/index.php?id=9") == "/"


def test_the_order_of_a_query_s_parts_makes_no_difference(editor: Client, boats: Any):
    enter(editor, "/index.php?Lang=uk&id=8", "/articles/boats/")
    assert led("/index.php?id=8&lang=uk") == led("/index.php?lang=uk&id=8") == "/articles/boats/"
    assert led("/index.php?id=8") == ""


def test_a_short_link_to_the_front_page_of_the_old_site_leads_on(editor: Client, boats: Any):
    enter(editor, "http://old.example/?p=123", "/articles/boats/")
    enter(editor, "/uk/?p=5&lang=uk", "/about/")  # there is no such page
    Page.objects.create(edition_id="en", slug="about", title="About")
    enter(editor, "/uk/?p=5&lang=uk", "/about/")
    assert led("/?p=123") == "/articles/boats/"
    assert led("/uk/?lang=uk&p=5") == "/about/"
    for path in ("/", "/?p=124", "/?utm_source=letter", "/uk/", "/uk/?p=123"):
        assert Client().get(path).status_code == 200, path
    assert Client().post("/?p=123").status_code == 405


def test_the_front_page_without_a_query_leads_nowhere(client: Client):
    lead("/", "/reuse/")
    lead("/?before=7", "/reuse/")
    for path in ("/", "/?p=1", "/?before=7"):
        assert client.get(path).status_code == 200, path


def test_the_front_page_asks_the_table_only_when_a_query_is_not_its_own(client: Client):
    for path, count in (("/", 0), ("/?before=7", 0), ("/uk/", 0), ("/?p=1", 1), ("/reuse/?p=1", 0)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200, path
        assert sum("oldaddress" in query["sql"] for query in asked) == count, path


def test_in_another_edition_too(boats: Any):
    lead("/uk/old")
    assert led("/uk/old/") == "/articles/boats/"
    assert led("/old/") == ""


def test_an_odd_beginning_of_an_old_address_is_no_error(client: Client, boats: Any):
    lead("/old")
    assert client.get("/", PATH_INFO="//[x/old/").status_code == 301


def test_what_the_site_has_wins(client: Client, boats: Any):
    lead("/articles/boats", "/")
    lead("/articles/boats/feed", "/")
    assert client.get("/articles/boats/").status_code == 200
    actions.take_down(boats, reason="It endangers somebody.", by=None, at=cast.NOON)
    assert client.get("/articles/boats/").status_code == 410


@pytest.mark.parametrize(
    "asked", ["/%00", "/a%00b.html", "/%FF%FE", "/" + "a" * 5_000, "/%2e%2e/x", "/a?" + "b" * 5_000]
)
def test_an_odd_address_is_not_found(client: Client, asked: str):
    assert client.get(asked, follow=True).status_code == 404


def test_rows_that_lead_in_a_circle_or_on_and_on_are_never_followed(client: Client):
    lead("/a.html", "/b.html")
    lead("/b.html", "/a.html")
    lead("/c.html", "/C.html")
    lead("/d.html", "/a.html/")
    lead("/е.html", "/%D0%B5.html")  # the same letter, encoded
    for path in ("/a.html", "/b.html", "/c.html", "/d.html", "/%D0%B5.html"):
        assert client.get(path).status_code == 404
    lead("/?a=1&b=2", "/?b=2&a=1")
    assert client.get("/?b=2&a=1").status_code == 200


def test_the_table_is_asked_once_and_only_where_nothing_is_found(client: Client, boats: Any):
    lead("/old.html")
    with CaptureQueriesContext(connection) as found:
        client.get("/articles/boats/")
    assert not any("oldaddress" in query["sql"] for query in found)
    for path in ("/old.html", "/none.html"):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert sum("oldaddress" in query["sql"] for query in asked) == 1


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/a", "/a"),
        ("a", "/b/"),
        ("/a", "//evil.example/"),
        ("/a", "/\\evil.example/"),
        ("/a", "javascript:alert(1)"),
        ("/a", "https://ours@evil.example/"),
        ("/a", "evil.example"),
    ],
)
def test_the_database_holds_no_row_that_leads_astray(path: str, target: str):
    with pytest.raises(IntegrityError), transaction.atomic():
        lead(path, target)


# --- One by one ---


def enter(client: Client, path: str, target: str, **more: str) -> Any:
    return client.post(f"{LIST}add/", {"path": path, "target": target, "is_permanent": "on", **more}, follow=True)


def test_an_editor_enters_one(editor: Client, boats: Any):
    enter(editor, " http://old.example/2019/Story.html/#top ", "http://127.0.0.1:8000/articles/boats")
    row = OldAddress.objects.get()
    assert (row.path, row.target) == ("/2019/story.html", "/articles/boats/")
    assert led("/2019/Story.html") == "/articles/boats/"
    assert Fact.objects.filter(name="old_addresses").exists()


@pytest.mark.parametrize(
    ("path", "target", "sentence"),
    [
        ("/x", "/x/", "from an address to itself"),
        ("/x", "/old.html", "“/old.html” is an old address itself and leads to “/articles/boats”. Write that one."),
        ("/articles/boats2", "/articles/boats2/", "from an address to itself"),
        ("/x", "/articles/none/", "Readers would find nothing at “/articles/none/”."),
        ("/x", "/uk/articles/boats/", "Readers would find nothing"),
        ("/x", "/sections/none/feed/", "Readers would find nothing"),
        ("/x", "/people/nobody/", "Readers would find nothing"),
        ("/x", "/no-such-page/", "Readers would find nothing"),
        ("/x", "/admin/", "Readers would find nothing"),
        ("/x", "/wp/x.html", "Readers would find nothing"),
        ("/", "/articles/boats/", "The site itself answers"),
        ("/?before=1", "/articles/boats/", "The site itself answers at this address, so nobody"),
        (
            "/reuse/?p=1",
            "/articles/boats/",
            "whatever stands after “?”. Only addresses of the front page, such as /?p=7,",
        ),
        ("/?p=1", "/?P=1", "from an address to itself"),
        ("/articles/boats", "/", "The site itself answers"),
        ("/sections/society/feed/rss", "/", "The site itself answers"),
        ("/admin/x", "/articles/boats/", "The site itself answers"),
        ("/robots.txt", "/articles/boats/", "The site itself answers"),
        ("/old.HTML/", "/", "This old address is in the list already."),
        ("/x", "//evil.example/", "Write an address of this site"),
        ("/x", "https:evil.example", "Write an address of this site"),
        ("/x", "javascript:alert(1)", "Write an address of this site"),
        ("/x", "articles/boats/", "Write an address of this site"),
        ("/x", "/\\evil.example", "no blanks, backslashes or control"),
        ("/x", "/articles/boats/ x", "no blanks, backslashes or control"),
        ("/x%0A", "/articles/boats/", "no blanks, backslashes or control"),
        ("http://[::", "/articles/boats/", "This is not an address."),
        ("/x", "https://evil.example/", "needs the right to it"),
        ("/x", "https://a@evil.example/", "Write an address of this site"),
        ("/" + "%D0%B6" * 90 + "a" * 511, "/articles/boats/", "at most 600 characters"),
    ],
)
def test_what_cannot_be_followed_gets_its_sentence(editor: Client, boats: Any, path: str, target: str, sentence: str):
    lead("/old.html")
    page = enter(editor, path, target)
    assert sentence in page.content.decode()
    assert OldAddress.objects.count() == 1


def test_a_circle_is_refused_when_it_would_be_closed(editor: Client, boats: Any):
    lead("/a.html", "/b.html")
    assert "to each other in a circle" in enter(editor, "/b.html", "/a.html").content.decode()


def test_what_others_lead_to_becomes_no_old_address(editor: Client, boats: Any):
    lead("/a.html", "/b.html")
    page = enter(editor, "/b.html", "/articles/boats/").content.decode()
    assert "“/a.html” leads here. Let it lead to the new address first." in page


def test_a_row_can_be_changed_without_standing_in_its_own_way(editor: Client, boats: Any):
    row = lead("/old.html")
    cast.published("Locks", slug="locks")
    sent = {"path": "/old.html", "target": "/articles/locks/"}
    editor.post(f"{LIST}{row.pk}/change/", sent, follow=True)
    row.refresh_from_db()
    assert (row.target, row.is_permanent) == ("/articles/locks/", False)
    wrong = lead("/a.html", "/b.html")
    editor.post(f"{LIST}{wrong.pk}/change/", {"path": "/b.html", "target": "/articles/locks/"}, follow=True)
    wrong.refresh_from_db()
    assert (wrong.path, wrong.target) == ("/b.html", "/articles/locks/")


def test_only_who_may_leads_to_other_sites(chief: Client):
    enter(chief, "/shop", "https://shop.example/all")
    assert led("/shop", Client()) == "https://shop.example/all"


def test_a_translator_has_no_old_addresses(client: Client):
    row = lead("/old.html", "/")
    client.force_login(cast.translator_account())
    for path in (LIST, f"{LIST}add/", f"{LIST}{row.pk}/change/", f"{LIST}{row.pk}/delete/", UPLOAD, f"{LIST}export/"):
        assert client.get(path).status_code == 403, path
        assert client.post(path, {"path": "/x", "target": "/"}).status_code == 403, path
    assert OldAddress.objects.get() == row


def test_they_are_searched_and_asked_for_in_as_many_queries_whatever_their_number(editor: Client):
    counts = []
    for number in range(3):
        lead(f"/{number}.html", "/")
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(f"{LIST}?q=html")
        assert f"/{number}.html" in page.content.decode()
        counts.append(len(queries))
    assert len(set(counts)) == 1


# --- By a list ---


def upload(client: Client, content: str | bytes, **more: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile("old.csv", raw), **more}, follow=True)


def take(client: Client, content: str | bytes, **more: str) -> Any:
    page = upload(client, content, **more)
    return client.post(UPLOAD, {"list": page.context["key"]}, follow=True)


def rows() -> dict[str, str]:
    return dict(OldAddress.objects.values_list("path", "target"))


def test_a_list_is_shown_before_it_is_taken_over(editor: Client, boats: Any):
    cast.published("Locks", slug="locks")
    lead("/changed.html", "/")
    lead("/same.html")
    content = (
        "Old;New\n/new.html;/articles/locks/\n\n/changed.html;/articles/boats/\n/same.html;/articles/boats/\n"
        "/wrong.html;/articles/none/\n/spring;/;302\n"
    )
    page = upload(editor, content)
    assert "New: 2. Changed: 1. As they are already: 1. Left out: 1." in page.content.decode()
    assert "Take over 3 lines" in page.content.decode()
    assert [(refusal.line.number, refusal.line.path) for refusal in page.context["plan"].refused] == [
        (6, "/wrong.html")
    ]
    assert len(rows()) == 2
    done = editor.post(UPLOAD, {"list": page.context["key"]}, follow=True)
    assert "Added: 2. Changed: 1. Left out: 1." in done.content.decode()
    assert rows() == {
        "/new.html": "/articles/locks/",
        "/changed.html": "/articles/boats/",
        "/same.html": "/articles/boats/",
        "/spring": "/",
    }
    assert not OldAddress.objects.get(path="/spring").is_permanent
    again = editor.post(UPLOAD, {"list": page.context["key"]}, follow=True)
    assert "This list is no longer kept. Choose it once more." in again.content.decode()


def test_the_list_says_what_is_for_a_time_and_nothing_else(editor: Client, boats: Any):
    page = upload(editor, "/a;/;301\n/b;/;302\n/c;/;307\n/d;/;forever\n/e;/\n/f;/; 302 ;a note\n")
    plan = page.context["plan"]
    assert [(line.path, line.is_permanent) for line in plan.taken] == [
        ("/a", True),
        ("/b", False),
        ("/e", True),
        ("/f", False),
    ]
    assert [(refusal.line.number, refusal.sentence) for refusal in plan.refused] == [
        (number, "In the third column stands 301 for good, 302 for a time, or nothing.") for number in (3, 4)
    ]
    assert page.content.decode().count("for a time)</td>") == 2


@pytest.mark.parametrize(
    "content",
    [
        "/a.html,/articles/boats/\n",
        "/a.html;/articles/boats/",
        "/a.html\t/articles/boats/\r\n",
        '\ufeff"/a.html","/articles/boats/"\r\n',
        "old,new\r/A.html/,http://127.0.0.1:8000/articles/boats\r",
        "http://old.example/a.html;/articles/boats/;301;a note\n",
        "\ufeff/a.html;/articles/boats/\n".encode("utf-16-le"),
    ],
)
def test_a_list_is_read_as_spreadsheets_write_it(editor: Client, boats: Any, content: str | bytes):
    take(editor, content)
    assert rows() == {"/a.html": "/articles/boats/"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "There is no line in this file."),
        ("\n \n", "There is no line in this file."),
        ("old;new\n", "There is no line in this file."),
        ("/a;/\n/новини;/\n".encode("cp1251"), "Line 2 is not written in UTF-8."),
        ("/a;/\x00\n", "This is no table of text."),
        ('/a,"' + "x" * 140_000 + '"\n', "cannot be read: field larger than field limit"),
        (b"a" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        ("/a;/\n" * 50_001, "more than 50,000 lines. Divide it into several."),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence(editor: Client, content: str | bytes, sentence: str):
    page = upload(editor, content)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_the_form_without_a_file_asks_for_one(editor: Client):
    assert editor.post(UPLOAD, {}).status_code == 422


def test_circles_chains_and_contradictions_within_a_list_are_left_out(editor: Client, boats: Any):
    page = take(
        editor,
        "/a;/b\n/b;/a\n"  # a circle
        "/c;/d\n/d;/articles/boats/\n"  # a chain: its end is taken
        "/e;/articles/boats/\n/E/;/\n/e;/articles/boats\n"  # twice, differently, and the same again
        "/f\n;/\n",
    )
    assert "Added: 2. Changed: 0. Left out: 6." in page.content.decode()
    assert rows() == {"/d": "/articles/boats/", "/e": "/articles/boats/"}


def test_a_line_that_is_left_out_counts_for_no_other(editor: Client, boats: Any):
    cast.published("Locks", slug="locks")
    lead("/kept.html", "/moved.html")
    page = upload(
        editor,
        "/a.html;/articles/boats/\n/articles/boats/;/articles/locks/\n"  # the site answers there
        "/b.html;/c.html\n/c.html;/articles/none/\n"  # nothing is there
        "/kept.html;/articles/none/\n/moved.html;/articles/locks/\n",  # what is in the table stays
    )
    plan = page.context["plan"]
    assert [line.path for line in plan.taken] == ["/a.html"]
    assert [(refusal.line.number, refusal.sentence) for refusal in plan.refused] == [
        (2, "The site itself answers at this address, so nobody would be led on."),
        (3, "Readers would find nothing at “/c.html”."),
        (4, "Readers would find nothing at “/articles/none/”."),
        (5, "Readers would find nothing at “/articles/none/”."),
        (6, "“/kept.html” leads here. Let it lead to the new address first."),
    ]


def test_other_sites_need_the_right_and_a_tick(editor: Client):
    content = "/shop;https://shop.example/\n"
    take(editor, content, elsewhere="on")
    assert rows() == {}
    editor.force_login(cast.chief())
    take(editor, content)
    assert rows() == {}
    take(editor, content, elsewhere="on")
    assert rows() == {"/shop": "https://shop.example/"}


def test_a_list_belongs_to_who_uploaded_it(editor: Client, boats: Any):
    key = upload(editor, "/a;/articles/boats/").context["key"]
    editor.force_login(cast.editor("other"))
    editor.post(UPLOAD, {"list": key}, follow=True)
    assert rows() == {}


def test_who_may_not_change_may_not_upload(client: Client):
    viewer = cast.account("vera", "Translator")
    viewer.user_permissions.add(*_permissions("view_oldaddress", "add_oldaddress"))
    client.force_login(viewer)
    assert client.get(LIST).status_code == 200
    assert client.get(UPLOAD).status_code == 403


def _permissions(*codenames: str) -> Any:
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=codenames)


def test_a_list_of_any_length_takes_as_many_queries(editor: Client, boats: Any):
    Page.objects.create(edition_id="en", slug="about", title="About")
    counts = []
    for name, length in (("a", 2), ("b", 3_000)):
        content = "".join(f"/{name}/{n}.html;/articles/boats/\n/{name}/{n}.php;/about/\n" for n in range(length))
        key = upload(editor, content).context["key"]
        with CaptureQueriesContext(connection) as queries:
            editor.post(UPLOAD, {"list": key})
        counts.append(len(queries))
    assert len(rows()) == 6_004
    assert counts[1] - counts[0] <= 1  # one batch more


def test_the_list_can_be_downloaded_and_uploaded_again(editor: Client, boats: Any):
    lead("/a,b.html")
    lead("/spring", "/", is_permanent=False)
    response = editor.get(f"{LIST}export/")
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert list(csv.reader(io.StringIO(content))) == [
        ["old", "new", "code"],
        ["/a,b.html", "/articles/boats/", "301"],
        ["/spring", "/", "302"],
    ]
    assert "As they are already: 2." in upload(editor, content).content.decode()


# --- Addresses of ours that change ---


def readdress(client: Client, kind: str, subject: Any, slug: str) -> Any:
    sent = {"name": subject.name, "slug": slug, "description": "", "position": "0"}
    return client.post(f"/admin/articles/{kind}/{subject.pk}/change/", sent, follow=True)


@pytest.mark.parametrize(("kind", "folder"), [("section", "sections"), ("topic", "topics")])
def test_a_section_s_or_topic_s_old_address_leads_to_the_new_one(chief: Client, boats: Any, kind: str, folder: str):
    subject = cast.section() if kind == "section" else cast.topic()
    first = f"/{folder}/{subject.slug}/"
    lead("/old.html", first)
    assert readdress(chief, kind, subject, "second").status_code == 200
    assert Client().get(f"/{folder}/second/").status_code == 200
    for rest in ("", "feed/", "feed/rss/", "feed/json/"):
        assert led(f"{first}{rest}") == f"/{folder}/second/{rest}"
    assert led("/old.html") == f"/{folder}/second/"
    subject.refresh_from_db()
    readdress(chief, kind, subject, "third")
    for path in (first, f"/{folder}/second/"):
        assert led(path) == f"/{folder}/third/"
    assert led("/old.html") == f"/{folder}/third/"


def test_an_address_that_is_taken_back_leads_nowhere(chief: Client, boats: Any):
    subject = cast.section()
    for slug in ("second", "society"):
        readdress(chief, "section", subject, slug)
        subject.refresh_from_db()
    assert Client().get("/sections/society/").status_code == 200
    assert led("/sections/second/") == "/sections/society/"
    assert not OldAddress.objects.filter(path="/sections/society").exists()


def test_an_editor_changes_no_section_s_address(editor: Client, boats: Any):
    subject = cast.section()
    assert readdress(editor, "section", subject, "second").status_code == 403
    subject.refresh_from_db()
    assert subject.slug == "society"


def test_an_address_of_another_section_is_refused(chief: Client, boats: Any):
    cast.section(slug="culture")
    page = readdress(chief, "section", cast.section(), "culture")
    assert "This edition already has a section at this address." in page.content.decode()
    assert not OldAddress.objects.exists()
