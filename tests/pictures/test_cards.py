"""The picture of an article on social networks: drawn by the queue when readers get something new to share."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from PIL import Image, ImageChops
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import actions, tasks
from articles.models import Article, Picture, Revision
from articles.pictures import card_drawing, cards, shown, social_card_url
from newsroom import facts
from newsroom.models import Edition, Fact
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def work() -> None:
    """What the queue would do."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("pk"):
        task = getattr(tasks, job.task_name.rsplit(".", 1)[-1])
        task(**job.args)
    with connection.cursor() as cursor:  # its models are read-only
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")


def card_of(article: Article) -> str:
    return social_card_url(cast.live(article))


def broken(*args: Any, **options: Any) -> None:
    raise OSError("gone")


def amended(article: Article, **changes: Any) -> Article:
    for name, value in changes.items():
        setattr(article, name, value)
    actions.save_draft(article, by=None, at=NOON)
    return actions.amend(article, change=actions.Change(Revision.KindOfChange.UPDATE), by=None, at=NOON)


def test_publishing_has_a_card_drawn_and_pages_are_told(client: Client):
    article = cast.published()
    assert card_of(article) == ""  # no address before there is a picture at it
    Fact.objects.all().delete()
    work()
    address = card_of(article)
    answer: Any = client.get(address)
    image = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert "immutable" in answer["Cache-Control"]
    assert Fact.objects.filter(name=f"article:{article.pk}").exists()


@pytest.mark.parametrize(
    "name", [f"pictures/{'x' * 300}/400.jpg", f"pictures/{'a' * 16}/{'4' * 300}.jpg", f"cards/{'x' * 300}.jpg"]
)
def test_a_name_longer_than_any_of_ours_is_not_found(client: Client, name: str):
    storages["public"].save(f"{name.rpartition('/')[0][:25]}/there.jpg", ContentFile(b""))  # so its folder is there
    assert client.get(f"/media/{name}").status_code == 404


def test_a_card_has_a_new_address_when_it_shows_anything_else_and_keeps_it_otherwise():
    article = cast.published()
    work()
    first = card_of(article)
    article = amended(article, standfirst="Other words.")
    assert card_of(article) == first  # at once, and with nothing to draw
    assert not ProcrastinateJob.objects.filter(status="todo").exists()
    article = amended(article, title="Another title")
    work()
    assert card_of(article) not in ("", first)
    Edition.objects.filter(pk="en").update(name="The Barge")
    tasks.draw_social_card(article.live_id)
    assert len({first, card_of(article), cards.card_of(cast.live(article)).name}) == 3


def test_no_draft_has_a_card_and_no_address_can_be_found_from_its_words():
    article = cast.draft()
    work()
    assert not Revision.objects.exists()
    twin = cast.draft(slug="twin")
    names = {cards.card_of(cast.live(actions.publish(each, by=None, at=NOON))).name for each in (article, twin)}
    assert len(names) == 2  # the same title, the same translator


def test_a_card_goes_with_an_article_that_is_taken_down_and_comes_back_with_it(client: Client):
    article = cast.published()
    work()
    address = card_of(article)
    article = actions.take_down(article, reason="It endangers somebody.", by=None, at=NOON + timedelta(days=1))
    work()
    assert card_of(article) == ""
    assert client.get(address).status_code == 404
    tasks.draw_social_card(article.live_id)
    assert card_of(article) == ""
    actions.put_back(article, by=None, at=NOON + timedelta(days=2))
    work()
    assert card_of(article) == address
    answer: Any = client.get(address)
    assert b"".join(answer.streaming_content)


def test_a_card_that_was_drawn_is_told_or_drawn_again(monkeypatch: pytest.MonkeyPatch):
    article = cast.published()
    with monkeypatch.context() as patched:
        patched.setattr(facts, "record", broken)
        with pytest.raises(OSError, match="gone"):
            tasks.draw_social_card(article.live_id)
    assert card_of(article) == ""
    Fact.objects.all().delete()
    work()
    assert Fact.objects.filter(name=f"article:{article.pk}").exists()


def test_a_card_whose_article_is_taken_down_while_it_is_drawn_is_dropped(monkeypatch: pytest.MonkeyPatch):
    article = cast.published()

    def draw_slowly(*args: Any) -> bytes:
        actions.take_down(article, reason="It endangers somebody.", by=None, at=NOON + timedelta(days=1))
        return b""

    monkeypatch.setattr(cards, "_drawn", draw_slowly)
    name = cards.card_of(cast.live(article)).name
    tasks.draw_social_card(article.live_id)
    assert card_of(article) == ""
    assert not storages["public"].exists(name)


def test_a_retracted_article_says_so_on_its_card():
    article = cast.published()
    work()
    first = card_of(article)
    actions.retract(article, notice="It was made up.", by=None, at=NOON + timedelta(days=1))
    work()
    assert card_of(article) not in ("", first)


def test_a_lead_picture_is_waited_for_and_shown_around_its_focal_point():
    article = cast.published()
    picture = cast.picture()
    Revision.objects.update(lead_picture=picture, pictures={picture.key: shown(picture)})
    with pytest.raises(cards.LeadNotReady):
        tasks.draw_social_card(article.live_id)
    tasks.make_renditions(picture.pk)
    tasks.draw_social_card(article.live_id)
    with_lead = card_of(article)
    assert with_lead
    Revision.objects.update(lead_focus="10 90")
    tasks.draw_social_card(article.live_id)
    assert card_of(article) != with_lead
    Picture.objects.update(status="failed", failure="damaged")
    storages["public"].delete(with_lead.removeprefix("/media/"))
    Revision.objects.update(lead_focus="", social_card="")
    tasks.draw_social_card(article.live_id)  # without it, rather than never
    assert card_of(article) == with_lead


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether anything but one colour stands in the box."""
    colours = image.crop(box).getcolors(1_000_000)
    return colours is None or len(colours) > 1


@pytest.mark.parametrize(
    "title",
    [
        "Короткий",
        "Ґудзик, їжак, єнот і ірис. " * 7,
        "Rechtsschutzversicherungsgesellschaftsangestelltenverband",
        "x" * 200,
        "שומר הסכר סופר סירות מאז 1998 (BBC News)",
        "حارس القفل",
        "",
    ],
)
def test_any_title_fits_within_the_card(title: str):
    photo = Image.new("RGB", (300, 900), "#408")
    for lead in (None, photo):
        drawn = card_drawing.draw(
            outlet="Перевіз " * 9, title=title, byline="Переклад: " + "Рут Колдер, " * 20, photo=lead
        )
        assert drawn.size == (1200, 630)
        turned = card_drawing.is_right_to_left(title)
        assert not ink(drawn, (0, 0, 1200, 40) if lead is None else ((520, 0, 1200, 40) if turned else (0, 0, 690, 40)))
        assert not ink(
            drawn, (0, 600, 1200, 630) if lead is None else ((520, 600, 1200, 630) if turned else (0, 600, 690, 630))
        )
        assert not ink(drawn, (1150, 0, 1200, 630) if lead is None or turned else (0, 0, 50, 630))


def test_every_ukrainian_letter_has_a_form_of_its_own():
    drawn = [
        card_drawing.draw(outlet="", title=letter * 3, byline="") for letter in "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’"
    ]
    same = [
        (a, b) for a in range(len(drawn)) for b in range(a) if not ImageChops.difference(drawn[a], drawn[b]).getbbox()
    ]
    assert same == []
