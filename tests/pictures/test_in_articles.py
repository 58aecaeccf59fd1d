"""Pictures in texts and above them: what publishing demands, what pages, cards and feeds show, what versions keep."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import actions, differences, rendering
from articles.cards import Card, front
from articles.models import Article, Picture, PictureText, Revision
from articles.text import policy_text
from newsroom.html import clean
from tests import cast
from tests.articles.test_admin import change_url, fields, press, text_of
from tests.cast import NOON

pytestmark = pytest.mark.django_db
ALT = "Three barges wait at the lock, the first with its lamp lit & a dog on its roof. " * 5


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(cast.editor())
    return client


def figure(picture: Picture, alt: str = "A lock", caption: str = "", focus: str = "") -> str:
    point = f' data-focus="{focus}"' if focus else ""
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return clean(f'<figure data-picture="{picture.key}"{point}><img alt="{alt}">{words}</figure>')


def illustrated(**more: Any) -> Article:
    """A finished draft with a lead picture and one in its text."""
    lead, inside = cast.ready_picture(title="The lock"), cast.ready_picture(title="The boats", credit="Jan Wit")
    body = f"<p>One.</p>{figure(inside, 'Two boats', 'As they <em>came</em>', '20 80')}<p>Two.</p>"
    words: dict[str, Any] = {
        "lead_picture": lead,
        "lead_alt": ALT.strip(),
        "lead_caption": "At noon",
        "slug": "boats",
        "body": body,
    }
    return cast.draft(**words | more)


def refused(article: Article) -> actions.CannotPublish:
    with pytest.raises(actions.CannotPublish) as refusal:
        actions.publish(article, by=None, at=NOON)
    return refusal.value


# --- What publishing demands ---


def test_publishing_demands_description_and_credit_of_every_picture_and_names_it():
    bare, lead = cast.ready_picture(title="The boats", credit=""), cast.ready_picture(title="The lock")
    article = cast.draft(lead_picture=lead, body=f"<p>a</p>{figure(bare, '')}")
    told = refused(article)
    assert told.missing == []
    assert told.pictures == [
        "Describe the picture “The lock” for those who do not see it.",
        "Describe the picture “The boats” for those who do not see it.",
        "Say who made the picture “The boats”: it needs a credit.",
    ]
    article.lead_alt, article.body = "A lock", f"<p>a</p>{figure(bare, 'Two boats')}"
    actions.save_draft(article, by=None, at=NOON)
    Picture.objects.filter(pk=bare.pk).update(credit="Jan Wit")
    assert actions.publish(article, by=None, at=NOON).live


def test_a_picture_that_is_not_ready_or_not_there_is_not_published():
    waiting, failed = cast.picture(title="The boats"), cast.picture(title="The fog")
    Picture.objects.filter(pk=failed.pk).update(status="failed", failure="damaged")
    gone = '<figure data-picture="aaaaaaaaaaaaaaaa"><img alt="A bridge"></figure>'
    article = cast.draft(lead_picture=waiting, lead_alt="x", body=f"<p>a</p>{figure(failed)}{gone}")
    assert refused(article).pictures == [
        "The picture “The boats” is still being prepared. Try again in a moment.",
        "The picture “The fog” could not be prepared. Choose another one in its place.",
        "The picture “A bridge” is not in the library. Choose another one in its place, or delete it.",
    ]


@pytest.mark.parametrize(
    ("right", "ends", "sentence"),
    [
        ("own", None, ""),
        ("unknown", None, "No right to show the picture “The lock” is on record."),
        ("refused", None, "The right to show the picture “The lock” was refused."),
        ("granted", date(2026, 3, 1), "Our right to show the picture “The lock” ended on 1 March 2026."),
        ("granted", date(2026, 3, 2), ""),
    ],
)
def test_publishing_warns_where_the_right_to_a_picture_is_missing(right: str, ends: date | None, sentence: str):
    lead = cast.ready_picture(title="The lock", right=right, right_ends_date=ends)
    warnings = actions.warnings_for_publication(cast.draft(lead_picture=lead, lead_alt="A lock"), NOON)
    assert [warning for warning in warnings if warning.startswith(sentence or "Nothing")] == [
        *([warnings[0]] if sentence else [])
    ]
    assert len(warnings) == bool(sentence)


# --- What readers see ---


def test_a_page_shows_pictures_with_size_credit_and_their_whole_description_by_three_queries(client: Client):
    article = actions.publish(illustrated(), by=None, at=NOON)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = client.get("/articles/boats/").content.decode()
    assert len(captured) <= 3
    lead, inside = re.findall(r"<picture>.*?</picture>", page)
    assert 'type="image/avif"' in lead
    assert 'fetchpriority="high"' in lead
    assert "loading" not in lead
    assert 'loading="lazy"' in inside
    assert "focus-x-20 focus-y-80" in inside
    for picture, width in ((lead, 80), (inside, 80)):
        assert re.search(
            rf'<img src="/media/pictures/[a-z2-7]{{16}}/{width}.jpg" srcset="[^"]+ {width}w" sizes="', picture
        )
        assert re.search(r'width="80" height="\d+"', picture)
    assert f'alt="{ALT.strip().replace("&", "&amp;")}"' in page
    assert "At noon" in page
    assert "Ruth Calder</span>" in page
    assert "Jan Wit</span>" in page
    body = re.split(r'e-content"[^>]*>', page)[1].split("</div>\n")[0]
    assert policy_text(body) == policy_text(article.body) == "One. As they came Two."
    assert ' style="' not in page


def test_a_picture_without_a_caption_has_its_credit_as_furniture():
    picture = cast.ready_picture(credit="Jan Wit", source_url="https://archive.example/7")
    article = actions.publish(cast.draft(body=f"<p>a</p>{figure(picture)}<p>b</p>"), by=None, at=NOON)
    assert article.live
    page = rendering.render(article.live.body, article.live.pictures)
    assert '<figcaption data-furniture=""><span' in page
    assert '<a href="https://archive.example/7" rel="noopener">Jan Wit</a>' in page
    assert policy_text(page) == "a b"


def test_a_later_change_in_the_library_changes_no_published_page_until_it_is_published(client: Client):
    article = actions.publish(illustrated(), by=None, at=NOON)
    picture = Picture.objects.get(title="The lock")
    picture.credit, picture.focus_x = "Somebody else", 10
    actions.describe_picture(picture, words={})
    assert "Somebody else" not in client.get("/articles/boats/").content.decode()
    article = actions.amend(article, change=actions.Change("typo"), by=None, at=NOON + timedelta(hours=1))
    assert "Somebody else" in client.get("/articles/boats/").content.decode()
    with pytest.raises(actions.NothingToPublish):
        actions.amend(article, change=actions.Change("typo"), by=None, at=NOON + timedelta(hours=2))


def test_what_the_library_changed_is_told_before_it_is_published_and_among_the_versions(client: Client):
    client.force_login(cast.editor())
    article = actions.publish(illustrated(), by=None, at=NOON)
    Picture.objects.filter(title="The lock").update(credit="Somebody else", focus_x=10)
    page = client.get(f"/admin/articles/article/{article.pk}/amend/").content.decode()
    assert "The words are the same." not in page
    assert re.search(r"Credit of a picture:\s+<del>Ruth Calder</del><ins>Somebody else</ins>", page)
    assert "Another point stays in sight in the picture by:" in page
    actions.amend(article, change=actions.Change("typo"), by=None, at=NOON + timedelta(hours=1))
    page = client.get(f"/admin/articles/article/{article.pk}/versions/").content.decode()
    assert page.count("Credit of a picture:") == 1


def test_a_description_made_for_an_article_is_kept_where_the_library_has_none():
    lead, inside = cast.ready_picture(), cast.ready_picture()
    PictureText.objects.create(picture=lead, edition_id="en", alt="", caption="Kept")
    PictureText.objects.create(picture=inside, edition_id="uk", alt="Човни")
    article = cast.draft(lead_picture=lead, lead_alt="A lock", body=figure(inside, "Two boats"))
    article.lead_alt, article.body = "Another lock", figure(inside, "Three boats")
    actions.save_draft(article, by=None, at=NOON)
    assert sorted(PictureText.objects.values_list("picture", "edition", "alt", "caption")) == [
        (lead.pk, "en", "A lock", "Kept"),
        (inside.pk, "en", "Two boats", ""),
        (inside.pk, "uk", "Човни", ""),
    ]


def test_cards_show_the_lead_picture_with_its_whole_description(client: Client):
    actions.publish(illustrated(), by=None, at=NOON)
    for path in ("/", "/sections/society/", "/topics/rivers/", "/people/ruth-calder/"):
        page = client.get(path).content.decode()
        assert page.count("<picture>") == 1, path
        assert f'alt="{ALT.strip().replace("&", "&amp;")}"' in page
        assert "At noon" not in page


def test_lists_with_pictures_take_as_many_queries_however_many_there_are(client: Client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    actions.publish(illustrated(), by=None, at=NOON)
    before = queries()
    for number in range(4):
        actions.publish(illustrated(slug=f"boats-{number}"), by=None, at=NOON)
    assert queries() == before


def test_feeds_name_the_lead_picture(client: Client):
    actions.publish(illustrated(), by=None, at=NOON)
    key = Article.objects.get().lead_picture_id
    address = f"http://127.0.0.1:8000/media/pictures/{key}/80.jpg"
    atom = feedparser.parse(client.get("/feed/").content)
    assert not atom.bozo
    assert [link.href for link in atom.entries[0].links if link.rel == "enclosure"] == [address]
    rss = feedparser.parse(client.get("/feed/rss/").content)
    assert not rss.bozo
    assert rss.entries[0].media_content == [{"url": address, "type": "image/jpeg", "medium": "image"}]
    item = json.loads(client.get("/feed/json/").content)["items"][0]
    assert item["image"] == address
    assert "At noon" not in json.dumps(item)


def test_programs_are_told_of_the_lead_picture_and_its_credit(client: Client):
    article = actions.publish(illustrated(), by=None, at=NOON)
    page = client.get("/articles/boats/").content.decode()
    address = f"http://127.0.0.1:8000/media/pictures/{article.lead_picture_id}/80.jpg"
    assert f'<meta property="og:image" content="{address}">' in page
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    image = next(block for block in map(json.loads, blocks) if block["@type"] == "NewsArticle")["image"]
    image = image[0] if isinstance(image, list) else image
    assert (image["contentUrl"], image["creditText"], image["width"]) == (address, "Ruth Calder", 80)
    article.revisions.update(social_card="cards/x.jpg")
    page = client.get("/articles/boats/").content.decode()
    assert '<meta property="og:image" content="http://127.0.0.1:8000/media/cards/x.jpg">' in page
    assert '<meta property="og:image:width" content="1200">' in page


def test_a_front_page_is_set_around_the_picture_of_its_lead():
    def card(title: str, *, has_picture: bool = False, is_retracted: bool = False) -> Card:
        picture = {"widths": [400]} if has_picture else None
        return Card(title, "/", "", "", "", [], "", "", NOON, is_retracted, picture)

    def titles(*cards: Card) -> tuple[str, list[str], list[str]]:
        found = front(list(cards))
        assert found
        return found.lead.title, [one.title for one in found.second], [one.title for one in found.rest]

    words = [card(name) for name in "abcdefg"]
    pictures = [card(name, has_picture=True) for name in "uvwxyz"]
    assert titles(*pictures) == ("u", ["v", "w"], ["x", "y", "z"])
    assert titles(pictures[0], *words) == ("u", ["a", "b", "c", "d"], ["e", "f", "g"])
    assert titles(pictures[0], words[0], pictures[1], words[1], words[2]) == ("u", ["a", "v", "b"], ["c"])
    assert titles(*words) == ("a", ["b", "c", "d"], ["e", "f", "g"])
    assert titles(card("r", is_retracted=True), words[0]) == ("a", ["r"], [])
    assert front([]) is None


# --- Drafts and versions ---


def test_a_version_keeps_its_pictures_and_is_restored_with_them():
    article = actions.publish(illustrated(), by=None, at=NOON)
    first = article.live
    assert first
    kept = (article.lead_picture_id, article.lead_alt, article.lead_caption, article.body)
    article.lead_picture, article.lead_alt, article.lead_caption, article.body = None, "", "", "<p>Words.</p>"
    actions.save_draft(article, by=None, at=NOON)
    actions.restore_as_draft(article, revision=first, by=None, at=NOON)
    article = Article.objects.get(pk=article.pk)
    assert (article.lead_picture_id, article.lead_alt, article.lead_caption, article.body) == kept
    retracted = actions.retract(article, notice="Wrong.", by=None, at=NOON + timedelta(hours=1)).live
    assert retracted
    assert retracted.pictures == first.pictures
    assert retracted.lead == first.lead


def test_a_translation_has_the_lead_picture_and_describes_it_anew():
    article = illustrated(lead_focus="10 20")
    counterpart = actions.begin_translation(article, edition="uk", by=None, at=NOON)
    assert (counterpart.lead_picture_id, counterpart.lead_focus) == (article.lead_picture_id, "10 20")
    assert (counterpart.lead_alt, counterpart.lead_caption) == ("", "")


def test_a_comparison_says_in_words_what_became_of_the_pictures():
    lead, other, third = (cast.ready_picture(title=title) for title in ("One", "Two", "Three"))
    old = Revision(
        lead_picture=lead,
        lead_alt="A lock",
        lead_caption="Noon",
        body=f"{figure(other, 'Two boats')}{figure(third, 'Fog')}",
    )
    new = Revision(
        lead_picture=lead,
        lead_alt="A closed lock",
        lead_caption="Noon",
        body=f"{figure(other, 'Three boats')}{figure(lead, 'New')}",
    )
    said = [(str(one.label), [(p.kind, p.text) for p in one.pieces]) for one in differences.between(old, new).pictures]
    assert said == [
        ("Description of the lead picture:", [("same", "A "), ("added", "closed "), ("same", "lock")]),
        ("Description of a picture:", [("removed", "Two"), ("added", "Three"), ("same", " boats")]),
        ("Picture added:", [("added", "New")]),
        ("Picture removed:", [("removed", "Fog")]),
    ]
    old.body, new.body, new.lead_alt = figure(other), figure(other, focus="1 2"), "A lock"
    new.lead_focus = "3 4"
    labels = [str(one.label) for one in differences.between(old, new).pictures]
    assert labels == [
        "Another point stays in sight in the lead picture:",
        "Another point stays in sight in the picture:",
    ]
    new.lead_picture, old.body = None, new.body
    labels = [str(one.label) for one in differences.between(old, new).pictures]
    assert labels == ["Lead picture removed:"]
    assert [str(one.label) for one in differences.between(new, old).pictures] == ["Lead picture added:"]


# --- In the admin ---


def test_an_editor_chooses_a_lead_picture_previews_and_publishes_it(editor: Client):
    lead = cast.ready_picture(title="The lock")
    article = cast.draft(slug="boats")
    chosen = {"lead_picture": lead.key, "lead_alt": " A  lock ", "lead_caption": "Noon", "lead_focus": "30 70"}
    seen = press(editor, article, "_preview", **chosen).content.decode()
    assert 'alt="A lock"' in seen
    assert "focus-x-30 focus-y-70" in seen
    assert "Noon" in seen
    assert Article.objects.get().lead_picture is None
    without = {**chosen, "lead_alt": ""}
    assert "Describe the picture “The lock”" in text_of(press(editor, article, "_publish", **without))
    assert "Describe the picture “The lock”" in text_of(editor.get(change_url(article)))
    assert "Published." in text_of(press(editor, article, "_publish", **chosen))
    assert 'alt="A lock"' in Client().get("/articles/boats/").content.decode()
    changed = press(editor, article, "_amend", lead_alt="A closed lock")
    assert "Description of the lead picture:" in text_of(changed)


def test_what_is_no_picture_of_the_library_is_told_in_the_form_and_shown_as_missing_in_a_preview(editor: Client):
    article = cast.draft()
    told = press(editor, article, "_save", lead_picture="aaaaaaaaaaaaaaaa", title="Typed words")
    assert "This picture is not in the library. Choose another one, or none." in text_of(told)
    assert "Typed words" in told.content.decode()
    wrong = press(editor, article, "_save", lead_focus="101 x", title="Typed words")
    assert wrong.status_code == 200
    assert "Typed words" in wrong.content.decode()
    gone = '<p>a</p><figure data-picture="aaaaaaaaaaaaaaaa"><img alt="A bridge"></figure>'
    seen = press(editor, article, "_preview", body=gone).content.decode()
    assert "This picture is missing." in seen
    assert "<picture>" not in seen
    waiting = cast.picture()
    seen = press(editor, article, "_preview", body=figure(waiting), lead_picture=waiting.key).content.decode()
    assert seen.count("This picture is being prepared.") == 2


def test_the_second_of_two_editors_sees_whose_picture_is_whose(editor: Client):
    mine, theirs = cast.ready_picture(title="Mine"), cast.ready_picture(title="Theirs")
    article = cast.draft()
    opened = fields(editor, change_url(article))
    other = Client()
    other.force_login(cast.chief())
    press(other, article, "_save", lead_picture=theirs.key, lead_alt="Their lock")
    sent = {**opened, "lead_picture": mine.key, "lead_alt": "My lock", "_save": "1"}
    told = editor.post(change_url(article), sent)
    assert "Lead picture removed: Their lock" in text_of(told)
    assert "Lead picture added: My lock" in text_of(told)
    assert f'value="{mine.key}"' in told.content.decode()


def test_an_earlier_version_is_read_with_its_pictures(editor: Client):
    article = actions.publish(illustrated(), by=None, at=NOON)
    page = editor.get(change_url(article, "versions")).content.decode()
    assert page.count("<picture>") == 1
    assert "As they" in page


def test_a_credit_is_given_once_from_the_dialog_and_changed_in_the_library_only(client: Client):
    client.force_login(cast.translator_account())
    picture = cast.picture(credit="")
    address = "/admin/articles/picture/credit/"
    assert client.post(address, {"key": picture.key, "credit": " Jan  Wit "}).json()["credit"] == "Jan Wit"
    again = client.post(address, {"key": picture.key, "credit": "Me"})
    assert again.status_code == 400
    assert "already" in again.json()["error"]
    picture.refresh_from_db()
    assert picture.credit == "Jan Wit"
    stranger = Client()
    stranger.force_login(cast.account("pat"))
    assert stranger.post(address, {"key": picture.key, "credit": "Me"}).status_code in (302, 403)
