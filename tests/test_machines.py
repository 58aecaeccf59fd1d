"""What programs read about the site: sitemaps, news, robots.txt, security.txt, structured data, Open Graph."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from PIL import Image

from articles import actions
from articles.models import Article, Revision
from newsroom import sitemaps
from newsroom.models import Edition, FollowLink, Funder, FunderAcknowledgement, Outlet, Page, ReusePolicy
from tests import cast, schemas
from tests.cast import NOON

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
LATER = NOON + timedelta(days=1)
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def pair() -> dict[str, Article]:
    """One story in both editions."""
    english = cast.published("The lock keeper", slug="lock-keeper")
    ukrainian = cast.draft("Доглядач шлюзу", edition="uk", slug="dohliadach", original=english.original)
    ukrainian.family = english.family
    ukrainian.save()
    return {"en": english, "uk": actions.publish(ukrainian, by=None, at=NOON)}


def amend(article: Article, kind: str, at: datetime, notice: str = "") -> None:
    article.refresh_from_db()
    article.body = article.body + f"<p>More at {at}.</p>"
    actions.save_draft(article, by=None, at=at)
    place = Revision.NoticePlace.FOOT if notice else ""
    actions.amend(article, change=actions.Change(kind, notice, place), by=None, at=at)


# --- Sitemaps ---


def fetched(client: Client, path: str, schema: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    tree = etree.fromstring(response.content)
    schemas.check(tree, schema)
    return tree


def listed(client: Client) -> dict[str, Any]:
    """Every address of every part → its element."""
    parts = fetched(client, "/sitemap.xml", "sitemap-index").xpath("//s:loc/text()", namespaces=NAMES)
    assert all(part.startswith(f"{SITE}/") for part in parts)
    found: dict[str, Any] = {}
    for part in parts:
        for url in fetched(client, part.removeprefix(SITE), "sitemap").xpath("//s:url", namespaces=NAMES):
            address = url.findtext("s:loc", namespaces=NAMES)
            assert address not in found
            found[address] = url
    return found


def changed(client: Client, address: str) -> str:
    return str(listed(client)[address].findtext("s:lastmod", namespaces=NAMES))


def test_every_address_of_the_sitemaps_is_a_page_that_may_be_listed(client: Client, pair: Any):
    Page.objects.create(edition_id="en", slug="support/other-ways", title="Other ways")
    found = listed(client)
    assert set(found) == {
        f"{SITE}{edition}{path}"
        for edition, slug in (("", "lock-keeper"), ("/uk", "dohliadach"))
        for path in (
            "/",
            "/translators/",
            "/reuse/",
            "/corrections/",
            "/sections/society/",
            "/topics/rivers/",
            "/people/ruth-calder/",
            f"/articles/{slug}/",
        )
    } | {f"{SITE}/support/other-ways/"}
    for address in found:
        response = client.get(address.removeprefix(SITE))
        assert response.status_code == 200
        assert "noindex" not in response.get("X-Robots-Tag", "")
        page = response.content.decode()
        assert "noindex" not in page
        assert f'<link rel="canonical" href="{address}">' in page
        in_head = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page))
        links = found[address].findall("x:link", namespaces=NAMES)
        assert {link.get("hreflang"): link.get("href") for link in links} == in_head


def test_nothing_that_readers_cannot_open_is_in_a_sitemap(client: Client, pair: Any):
    cast.section(slug="empty")
    cast.topic(slug="empty")
    cast.contributor("Nobody Yet")
    cast.draft("A secret", slug="secret")
    hidden = cast.draft("Later", slug="later")
    at = timezone.now()
    actions.schedule(hidden, by=None, goes_live_at=at + timedelta(days=1), at=at)
    gone = cast.published("Gone", slug="gone")
    actions.take_down(gone, reason="It endangers somebody.", by=None, at=LATER)
    found = " ".join(listed(client))
    for slug in ("empty", "nobody-yet", "secret", "later", "gone"):
        assert slug not in found


def test_a_change_that_readers_are_told_of_is_a_reason_to_come_back_and_a_typo_is_none(
    client: Client, pair: dict[str, Article]
):
    address = f"{SITE}/articles/lock-keeper/"
    assert changed(client, address) == "2026-03-02T12:00:00+00:00"
    amend(pair["en"], Revision.KindOfChange.TYPO, LATER)
    assert changed(client, address) == "2026-03-02T12:00:00+00:00"
    amend(pair["en"], Revision.KindOfChange.CORRECTION, LATER + timedelta(days=1), "He began in 1997.")
    assert changed(client, address) == "2026-03-04T12:00:00+00:00"
    index = fetched(client, "/sitemap.xml", "sitemap-index")
    last = index.xpath("//s:sitemap[contains(s:loc, 'articles')]/s:lastmod/text()", namespaces=NAMES)
    assert last == ["2026-03-04T12:00:00+00:00"]


def test_a_scheduled_change_is_dated_when_it_comes(client: Client, pair: dict[str, Article]):
    article, at = pair["en"], timezone.now() - timedelta(hours=1)
    article.title = "A title to come"
    actions.save_draft(article, by=None, at=at)
    change = actions.Change(Revision.KindOfChange.UPDATE)
    address = f"{SITE}/articles/lock-keeper/"
    actions.schedule(article, by=None, goes_live_at=at + timedelta(hours=2), at=at, change=change)
    assert changed(client, address).startswith("2026-03-02")
    actions.schedule(article, by=None, goes_live_at=at + timedelta(minutes=1), at=at, change=change)
    assert changed(client, address).startswith(at.date().isoformat())


def test_a_retracted_article_stays_listed_so_that_its_retraction_is_found(client: Client, pair: dict[str, Article]):
    actions.retract(pair["en"], notice="Its author made him up.", by=None, at=LATER)
    assert changed(client, f"{SITE}/articles/lock-keeper/") == "2026-03-03T12:00:00+00:00"


def test_an_archive_is_divided_and_a_new_article_changes_the_last_part_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sitemaps, "SIZE", 3)
    articles = [cast.published(f"Story {number}") for number in range(8)]
    numbers = sorted({article.pk // 3 + 1 for article in articles})
    before = {number: client.get(f"/sitemap-articles-{number}.xml").content for number in numbers[:-1]}
    assert len(before) >= 2
    assert len([address for address in listed(client) if "/articles/" in address]) == 8
    cast.published("Story 8")
    assert {number: client.get(f"/sitemap-articles-{number}.xml").content for number in numbers[:-1]} == before


@pytest.mark.parametrize(
    "path", ["/sitemap-articles-0.xml", "/sitemap-articles-99999.xml", "/sitemap-none-1.xml", "/uk/sitemap.xml",
             "/uk/robots.txt", "/uk/news-sitemap.xml", f"/sitemap-articles-{10**30}.xml"]
)  # fmt: skip
def test_there_is_no_other_part(client: Client, pair: Any, path: str):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/sitemap.xml", "/news-sitemap.xml", "{articles}", "/sitemap-people-1.xml"])
def test_a_sitemap_takes_as_many_queries_whatever_it_lists(client: Client, path: str):
    counts = []
    for number in range(3):
        article = cast.published(f"Story {number}", translator=cast.contributor(f"P {number}"), at=timezone.now())
        asked = path.format(articles=f"/sitemap-articles-{article.pk // sitemaps.SIZE + 1}.xml")
        asked = asked.replace("people-1", f"people-{cast.contributor('P 0').pk // sitemaps.SIZE + 1}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(asked).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 6


# --- News ---


def news(client: Client) -> list[Any]:
    return list(fetched(client, "/news-sitemap.xml", "news-sitemap"))


def test_news_are_the_sound_articles_of_two_days_with_their_edition_s_name(client: Client):
    at = timezone.now()
    assert news(client) == []
    Edition.objects.filter(code="uk").update(name="Пором & син")
    cast.published("Old", at=at - timedelta(days=2, minutes=1))
    cast.published("Fresh & new", slug="fresh", at=at - timedelta(days=1, hours=23))
    cast.published("Свіже", slug="svizhe", edition="uk", at=at)
    wrong = cast.published("Wrong", at=at - timedelta(hours=3))
    actions.retract(wrong, notice="Made up.", by=None, at=at)
    titles = [url.findtext("{*}news/{*}title") for url in news(client)]
    assert titles == ["Свіже", "Fresh & new"]
    newest = news(client)[0]
    assert newest.findtext("{*}loc") == f"{SITE}/uk/articles/svizhe/"
    assert newest.findtext("{*}news/{*}publication/{*}name") == "Пором & син"
    assert newest.findtext("{*}news/{*}publication/{*}language") == "uk"
    assert newest.findtext("{*}news/{*}publication_date") == at.astimezone(UTC).isoformat(timespec="seconds")


def test_news_end_where_search_engines_stop_reading(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("articles.sitemaps.NEWS", 2)
    for number in range(3):
        cast.published(f"Story {number}", at=timezone.now())
    assert len(news(client)) == 2


# --- robots.txt, security.txt ---


def test_robots_are_kept_from_what_has_no_end_and_told_where_the_sitemaps_are(client: Client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /accounts/\nDisallow: /search/\nDisallow: /uk/search/\nAllow: /\n\n"
        f"Sitemap: {SITE}/sitemap.xml\nSitemap: {SITE}/news-sitemap.xml\n"
    )


def test_whoever_finds_a_weakness_learns_whom_to_tell(client: Client):
    assert client.get("/.well-known/security.txt").status_code == 404
    client.force_login(cast.chief())
    sent = {"name": "The Ferry", "security": "security@the-ferry.example"}
    assert client.post("/admin/newsroom/outlet/1/change/", sent).status_code == 302
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=100) < expires - timezone.now() < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:security@the-ferry.example",
        "Preferred-Languages": "en, uk",
        "Canonical": f"{SITE}/.well-known/security.txt",
    }


def test_the_outlet_s_form_says_what_is_missing_while_nobody_is_named(client: Client):
    client.force_login(cast.chief())
    assert "there is no such file" in client.get("/admin/newsroom/outlet/1/change/").content.decode()


# --- Structured data ---


def blocks(client: Client, path: str) -> dict[str, Any]:
    """The page's blocks by type."""
    page = client.get(path).content.decode()
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)]
    assert all(block["@context"] == "https://schema.org" for block in found)
    said: dict[str, Any] = {}
    for block in found:  # what is said of one thing in several blocks belongs together
        said[block["@type"]] = said.get(block["@type"], {}) | block
    return said


@pytest.fixture
def furnished() -> None:
    Outlet.objects.update(legal_name="Ferry Press NGO")
    Edition.objects.filter(code="en").update(name="The Ferry")
    ReusePolicy.objects.filter(is_default=True).update(holder="Ferry Press")
    funder = Funder.objects.create(name="Brackenquay Fund", url="https://brackenquay.example")
    FunderAcknowledgement.objects.create(funder=funder, edition_id="en", text="Supported by the Fund.")
    FollowLink.objects.create(edition_id="en", label="Telegram", url="https://t.example/ferry")
    for slug in ("corrections-policy", "masthead", "about"):
        Page.objects.create(edition_id="en", slug=slug, title=slug)


def test_an_article_says_of_itself_what_it_is(client: Client, furnished: None):
    original = cast.original(url="https://die-schleuse.example/story", published_date="2026-02-01")
    article = cast.published(slug="boats", original=original)
    amend(article, Revision.KindOfChange.TYPO, LATER)
    publisher = {
        "@type": "NewsMediaOrganization",
        "@id": f"{SITE}/#outlet",
        "name": "The Ferry",
        "legalName": "Ferry Press NGO",
        "url": f"{SITE}/",
        "logo": {"@type": "ImageObject", "url": f"{SITE}/icon.png", "width": 512, "height": 512},
        "sameAs": ["https://t.example/ferry"],
        "correctionsPolicy": f"{SITE}/corrections-policy/",
        "masthead": f"{SITE}/masthead/",
    }
    source = {"@type": "NewsMediaOrganization", "name": "Die Schleuse", "url": "https://die-schleuse.example"}
    found = blocks(client, "/articles/boats/")
    assert found["NewsArticle"] == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"{SITE}/articles/boats/#article",
        "url": f"{SITE}/articles/boats/",
        "mainEntityOfPage": f"{SITE}/articles/boats/",
        "headline": "The lock keeper",
        "description": "He counts every boat, and nobody reads his numbers.",
        "inLanguage": "en",
        "datePublished": "2026-03-02T12:00:00+00:00",
        "dateModified": "2026-03-02T12:00:00+00:00",
        "author": [{"@type": "Person", "name": "Jannes Witthöft"}],
        "translator": {"@type": "Person", "name": "Ruth Calder", "url": f"{SITE}/people/ruth-calder/"},
        "translationOfWork": {
            "@type": "NewsArticle",
            "@id": "https://die-schleuse.example/story",
            "url": "https://die-schleuse.example/story",
            "headline": "Der Schleusenwärter",
            "inLanguage": "de",
            "datePublished": "2026-02-01",
            "author": {"@type": "Person", "name": "Jannes Witthöft"},
            "publisher": source,
        },
        "articleSection": "Society",
        "keywords": ["Rivers"],
        "publisher": publisher,
        "funder": {"@type": "Organization", "name": "Brackenquay Fund", "url": "https://brackenquay.example"},
        "isAccessibleForFree": True,
        "copyrightHolder": {"@type": "Organization", "name": "Ferry Press"},
        "copyrightYear": 2026,
        "copyrightNotice": "© 2026 Ferry Press (translation)",
        "creditText": "The Ferry",
        "license": f"{SITE}/reuse/",
        "usageInfo": f"{SITE}/reuse/",
        "acquireLicensePage": f"{SITE}/reuse/",
    }
    steps = [(step["name"], step["item"]) for step in found["BreadcrumbList"]["itemListElement"]]
    assert steps == [
        ("The Ferry", f"{SITE}/"),
        ("Society", f"{SITE}/sections/society/"),
        ("The lock keeper", f"{SITE}/articles/boats/"),
    ]


def test_a_change_that_readers_are_told_of_is_dated(client: Client):
    article = cast.published(slug="boats")
    amend(article, Revision.KindOfChange.CORRECTION, LATER, "He began in 1997.")
    assert blocks(client, "/articles/boats/")["NewsArticle"]["dateModified"] == "2026-03-03T12:00:00+00:00"


def test_our_own_text_is_by_our_own_author_or_by_the_outlet(client: Client):
    article = cast.draft(slug="boats", kind=Article.Kind.OWN)
    Article.objects.filter(pk=article.pk).update(original=None)
    article.refresh_from_db()
    article.credits.update(role="author")
    actions.publish(article, by=None, at=NOON)
    found = blocks(client, "/articles/boats/")["NewsArticle"]
    assert found["author"] == [{"@type": "Person", "name": "Ruth Calder", "url": f"{SITE}/people/ruth-calder/"}]
    assert not {"translator", "translationOfWork"} & set(found)
    assert "translation" not in found["copyrightNotice"]
    nobody = cast.draft("By all of us", slug="all", kind=Article.Kind.OWN, original=None)
    Article.objects.filter(pk=nobody.pk).update(original=None)
    nobody.refresh_from_db()
    nobody.credits.all().delete()
    actions.publish(nobody, by=None, at=NOON)
    assert blocks(client, "/articles/all/")["NewsArticle"]["author"][0]["@type"] == "NewsMediaOrganization"


def test_two_translators_are_two_and_an_original_without_author_is_its_outlet_s(client: Client):
    article = cast.draft(slug="boats", original=cast.original(author=""))
    article.credits.create(contributor=cast.contributor("Second Hand"), role="translator", position=1)
    actions.publish(article, by=None, at=NOON)
    found = blocks(client, "/articles/boats/")["NewsArticle"]
    assert [person["name"] for person in found["translator"]] == ["Ruth Calder", "Second Hand"]
    assert found["author"][0]["name"] == "Die Schleuse"


def test_an_article_s_own_policy_holds_in_its_data(client: Client):
    strict = ReusePolicy.objects.create(name="Strict", limit=20, holder="X", first_year=2026, contact="a@b.example")
    cast.published(slug="boats", reuse_policy=strict)
    found = blocks(client, "/articles/boats/")["NewsArticle"]
    assert found["copyrightHolder"]["name"] == "X"
    assert len(found["description"]) <= 20
    page = client.get("/articles/boats/").content.decode()
    assert '<meta name="robots" content="max-snippet:20, ' in page
    assert len(meta(page)["og:description"]) <= 20


def test_a_retraction_is_told_with_the_title_everywhere(client: Client):
    article = cast.published(slug="boats")
    actions.retract(article, notice="Its author made him up.", by=None, at=LATER)
    page = client.get("/articles/boats/").content.decode()
    assert "<title>Retracted: The lock keeper" in page
    assert meta(page)["og:title"] == "Retracted: The lock keeper"
    assert blocks(client, "/articles/boats/")["NewsArticle"]["headline"] == "Retracted: The lock keeper"
    assert "noindex" not in page


def test_what_editors_write_cannot_leave_its_block(client: Client):
    evil = "</script><script>alert(1)</script><!--"
    cast.published(evil, slug="boats", standfirst=evil, original=cast.original(title=evil, author=evil))
    page = client.get("/articles/boats/").content.decode()
    assert "<script>alert" not in page
    assert blocks(client, "/articles/boats/")["NewsArticle"]["translationOfWork"]["headline"] == evil


def test_the_front_page_and_a_person_s_say_what_they_are(client: Client, furnished: None):
    cast.published(slug="boats", translator=cast.contributor("Ruth Calder", bio="Reads rivers."))
    site = blocks(client, "/")["WebSite"]
    assert (site["url"], site["publisher"]["@type"]) == (f"{SITE}/", "NewsMediaOrganization")
    assert site["publisher"]["funder"]["name"] == "Brackenquay Fund"
    person = blocks(client, "/people/ruth-calder/")["ProfilePage"]["mainEntity"]
    assert person == {
        "@type": "Person",
        "@id": f"{SITE}/people/ruth-calder/#person",
        "name": "Ruth Calder",
        "description": "Reads rivers.",
        "url": f"{SITE}/people/ruth-calder/",
    }


@pytest.mark.parametrize(
    ("path", "content_type", "size"),
    [("/favicon.ico", "image/x-icon", (48, 48)), ("/icon.png", "image/png", (512, 512))],
)
def test_programs_that_cannot_show_the_drawn_icon_get_it_as_a_picture(
    client: Client, path: str, content_type: str, size: tuple[int, int]
):
    response = client.get(path)
    assert response["Content-Type"] == content_type
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"  # feed readers show it in their pages
    assert response["Cache-Control"] == "public, max-age=86400"
    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == size  # type: ignore[attr-defined]


# --- Social networks ---


def meta(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page))


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("/", "website", "Newsroom"),
        ("/uk/", "website", "Newsroom"),
        ("/articles/lock-keeper/", "article", "The lock keeper"),
        ("/uk/articles/dohliadach/", "article", "Доглядач шлюзу"),
        ("/sections/society/", "website", "Society"),
        ("/topics/rivers/", "website", "Rivers"),
        ("/people/ruth-calder/", "profile", "Ruth Calder"),
        ("/translators/", "website", "Translators"),
        ("/about/", "website", "About us"),
        ("/reuse/", "website", "Reuse of our texts"),
    ],
)
def test_a_link_to_any_page_is_shown_with_its_words(client: Client, pair: Any, path: str, kind: str, title: str):
    for code in ("en", "uk"):
        Page.objects.create(edition_id=code, slug="about", title="About us")
    found = meta(client.get(path).content.decode())
    assert (found["og:type"], found["og:title"], found["og:url"]) == (kind, title, f"{SITE}{path}")
    here, other = ("uk_UA", "en_US") if path.startswith("/uk/") else ("en_US", "uk_UA")
    assert (found["og:locale"], found["og:locale:alternate"]) == (here, other)
    assert found["og:site_name"] == "Newsroom"
    assert found["twitter:card"] == "summary"  # a small picture beside the words
    assert (found["og:image"], found["og:image:alt"]) == (f"{SITE}/icon.png", "Newsroom")
    assert found["description"]


def test_an_article_is_shown_with_its_dates_and_a_few_of_its_words(client: Client):
    article = cast.published(slug="boats", standfirst="Many words. " * 60)
    found = meta(client.get("/articles/boats/").content.decode())
    assert found["article:published_time"] == "2026-03-02T12:00:00+00:00"
    assert "article:modified_time" not in found
    assert (found["article:section"], found["article:tag"]) == ("Society", "Rivers")
    assert len(found["og:description"]) <= 200
    amend(article, Revision.KindOfChange.UPDATE, LATER)
    found = meta(client.get("/articles/boats/").content.decode())
    assert found["article:modified_time"] == "2026-03-03T12:00:00+00:00"


def test_a_preview_tells_programs_nothing(client: Client):
    client.force_login(cast.editor())
    article = cast.published(slug="boats")
    from tests.articles.test_admin import change_url, fields

    url = change_url(article)
    page = client.post(url, {**fields(client, url), "_preview": "1"}).content.decode()
    assert "counts boats" in page
    assert "ld+json" not in page
    assert "og:" not in page
