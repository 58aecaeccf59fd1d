"""Which addresses can be pages, and which a page may be given."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from newsroom.models import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("edition", ["", "uk/"])
@pytest.mark.parametrize("rest", ["%00", "a%00b", "a/%00", "About", "a//b", "a%0A", "a_b", "-/%D1%97", "a.b"])
def test_what_no_page_can_have_as_its_address_is_not_found(client: Client, edition: str, rest: str):
    assert client.get(f"/{edition}{rest}/").status_code == 404


@pytest.mark.parametrize("edition", ["en", "uk"])
def test_a_page_under_another_is_found(client: Client, edition: str):
    page = Page.objects.create(edition_id=edition, slug="support/other-ways", title="Other ways")
    assert client.get(page.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("edition", ["en", "uk"])
@pytest.mark.parametrize(
    "slug", ["translators", "reuse", "feed", "feed/rss", "contact/write", "sections/x", "people/x/feed"]
)
def test_an_address_that_something_else_has_is_refused_beside_the_field(edition: str, slug: str):
    with pytest.raises(ValidationError) as refused:
        Page(edition_id=edition, slug=slug, title="Hidden").full_clean()
    (sentence,) = refused.value.message_dict["slug"]
    assert "nobody would see the page" in sentence


@pytest.mark.parametrize("slug", ["uk", "uk/about", "admin", "admin/x", "accounts/login", "healthz"])
def test_the_first_edition_leaves_the_addresses_beside_the_editions_alone(slug: str):
    with pytest.raises(ValidationError) as refused:
        Page(edition_id="en", slug=slug, title="Hidden").full_clean()
    assert list(refused.value.message_dict) == ["slug"]


@pytest.mark.parametrize(
    ("edition", "slug"), [("en", "about"), ("uk", "about"), ("en", "sections"), ("en", "contact"), ("uk", "admin/x")]
)
def test_a_free_address_is_accepted(edition: str, slug: str):
    Page(edition_id=edition, slug=slug, title="Shown").full_clean()


def test_a_wrong_address_is_told_once():
    with pytest.raises(ValidationError) as refused:
        Page(edition_id="en", slug="About Us", title="Wrong").full_clean()
    assert len(refused.value.message_dict["slug"]) == 1
