"""Editions and the clock are settings: one more is made by `migrate`, one with articles cannot be taken away."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import Tags, run_checks
from django.test import Client

from newsroom import checks, installation
from newsroom.models import Block, Edition, Page, ReuseTerms
from tests import cast

pytestmark = pytest.mark.django_db


def test_an_edition_that_is_added_later_is_complete_after_migrate(client: Client):
    for model in (Block, ReuseTerms):
        model.objects.filter(edition="uk").delete()
    Edition.objects.filter(pk="uk").delete()
    installation.after_migrate(using="default")
    assert Edition.objects.get(pk="uk").language_name == "Українська"
    assert Block.objects.filter(edition="uk").count() == Block.objects.filter(edition="en").count()
    assert client.get("/uk/").status_code == 200


def test_an_edition_with_articles_cannot_be_taken_away(settings: Any):
    cast.draft(edition="uk")
    cast.draft("Another", edition="uk")
    assert run_checks(tags=[Tags.database], databases=["default"]) == []
    settings.EDITIONS = ["en"]
    (found,) = run_checks(tags=[Tags.database], databases=["default"])
    assert (found.id, found.msg) == ("articles.E001", "EDITIONS no longer names uk, and that edition has articles: 2.")
    assert "Write EDITIONS=en,uk again." in str(found.hint)
    with pytest.raises(SystemExit, match="EDITIONS no longer names uk"):
        checks.refuse_wrong_database()


def test_an_edition_without_articles_can_and_nothing_leads_there_any_more(client: Client, settings: Any):
    Page.objects.create(edition_id="uk", slug="about", title="Про нас")
    Page.objects.create(edition_id="en", slug="about", title="About us")
    settings.EDITIONS = ["en"]
    assert run_checks(tags=[Tags.database], databases=["default"]) == []
    for path in ("/", "/about/"):
        assert "Українська" not in client.get(path).content.decode()
    client.force_login(cast.editor())
    assert "edition=uk" not in client.get("/admin/").content.decode()
    assert 'value="uk"' not in client.get("/admin/newsroom/page/add/").content.decode()


def test_editors_see_by_which_clock_times_are(client: Client, settings: Any):
    settings.TIME_ZONE = "Europe/Kyiv"
    client.force_login(cast.editor())
    assert "the clock of Europe/Kyiv" in client.get("/admin/").content.decode()
    article = cast.draft()
    assert "By the clock of" in client.get(f"/admin/articles/article/{article.pk}/schedule/").content.decode()
