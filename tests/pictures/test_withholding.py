"""An article that is taken down takes its pictures with it, unless another one shows them in public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client

from articles import actions
from articles.models import Article, Picture
from articles.pictures import rendition_name
from tests import cast
from tests.pictures.test_cards import work

pytestmark = pytest.mark.django_db
LATER = cast.NOON + timedelta(days=1)


def published_with(picture: Picture, title: str) -> Article:
    return cast.published(title, lead_picture=picture, lead_alt="A river")


def is_public(picture: Picture) -> bool:
    names = [rendition_name(picture.key, picture.widths[0], ending) for ending in ("jpg", "avif")]
    are_there = {storages["public"].exists(name) for name in names}
    assert len(are_there) == 1
    return are_there.pop()


def test_pictures_go_with_an_article_that_is_taken_down_and_come_back_with_it(client: Client):
    picture = cast.picture()
    work()
    article = published_with(picture, "It endangers somebody")
    work()
    actions.take_down(article, reason="It endangers somebody.", by=None, at=LATER)
    work()
    assert not is_public(picture)
    call_command("make_pictures_again", "--failed")
    work()
    assert not is_public(picture)
    with pytest.raises(actions.CannotPublish, match="The river"):
        published_with(picture, "Another text")
    client.force_login(cast.editor())
    assert "removed with an article that was taken down" in client.get("/admin/articles/picture/").content.decode()
    actions.put_back(article, by=None, at=LATER)
    work()
    assert is_public(picture)


def test_pictures_that_another_article_shows_in_public_stay():
    picture = cast.picture()
    work()
    first, second = published_with(picture, "First"), published_with(picture, "Second")
    actions.take_down(first, reason="It endangers somebody.", by=None, at=LATER)
    work()
    assert is_public(picture)
    actions.take_down(second, reason="It too.", by=None, at=LATER)
    work()
    assert not is_public(picture)
