"""`manage.py start_newsroom`: a real installation is ready to be written in, and nothing that somebody wrote is touched."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles.models import Section
from newsroom import installation
from newsroom.models import Block, Edition, Invitation, Outlet, Page, ReusePolicy, ReuseTerms
from tests import cast

pytestmark = pytest.mark.django_db
FLAGS = {"outlet": "The Barge", "edition": ["uk=Баржа"], "chief": "Clara Lock", "email": "clara@barge.example"}
PAGES = ["about", "contact", "masthead", "support", "support/other-ways", "corrections-policy", "privacy", "cookies"]


def begin(**changed: Any) -> str:
    out = StringIO()
    call_command("start_newsroom", ask=False, stdout=out, **FLAGS | changed)
    return out.getvalue()


def test_every_edition_gets_its_names_pages_and_a_section_and_the_chief_a_link(client: Client):
    said = begin()
    assert (Outlet.objects.get().name, Outlet.objects.get().contact) == ("The Barge", "clara@barge.example")
    assert dict(Edition.objects.values_list("code", "name")) == {"en": "The Barge", "uk": "Баржа"}
    assert ReusePolicy.objects.get().contact == "clara@barge.example"
    assert set(Section.objects.values_list("edition", "slug")) == {("en", "news"), ("uk", "news")}
    for prefix in ("", "/uk"):
        for slug in PAGES:
            page = client.get(f"{prefix}/{slug}/")
            assert page.status_code == 200
            assert "{" not in page.content.decode().split("<main")[1].split("</main")[0]
    assert "Clara Lock" in client.get("/masthead/").content.decode()
    assert 'href="/uk/corrections-policy/"' in client.get("/uk/about/").content.decode()
    assert "clara@barge.example" not in client.get("/contact/").content.decode()
    link = re.search(r"^  http://127\.0\.0\.1:8000(/accounts/invitations/\S+/)$", said, re.MULTILINE)
    assert link
    assert "Welcome, Clara Lock" in client.get(link[1]).content.decode()


def test_the_appeal_leads_to_a_page_that_says_how_to_become_a_patron(client: Client):
    begin()
    cast.published(slug="boats", edition="uk")
    page = client.get("/uk/articles/boats/").content.decode()
    assert '<a href="/uk/support/">' in page
    assert client.get("/uk/support/other-ways/").status_code == 200


def test_a_second_run_changes_nothing_and_gives_the_same_link():
    first = begin()
    Outlet.objects.update(contact="desk@barge.example")
    Page.objects.filter(slug="cookies").delete()
    Page.objects.filter(slug="about", edition="en").update(body="<p>Our own words.</p>")
    Block.objects.filter(place="appeal", edition="en").update(body="<p>Please.</p>")
    before = [
        list(model.objects.order_by("pk").values()) for model in (Outlet, Edition, Page, Block, ReusePolicy, Section)
    ]
    assert begin(outlet="Another", email="else@barge.example") == first
    after = [
        list(model.objects.order_by("pk").values()) for model in (Outlet, Edition, Page, Block, ReusePolicy, Section)
    ]
    assert after == before
    assert Invitation.objects.count() == 1


def test_an_edition_that_is_added_later_is_begun_with_what_is_known():
    begin()
    cast.chief()
    for model in (Page, Section, Block, ReuseTerms):
        model.objects.filter(edition="uk").delete()
    Edition.objects.filter(pk="uk").delete()
    installation.after_migrate(using="default")
    begin(outlet="", edition=[], chief="", email="")
    assert Edition.objects.get(pk="uk").name == "The Barge"
    assert "clara" in Page.objects.get(edition="uk", slug="masthead").body
    assert "The Barge" in Page.objects.get(edition="uk", slug="about").body
    assert "clara@barge.example" in Page.objects.get(edition="uk", slug="contact").body


def test_a_link_of_the_chief_that_grew_old_is_renewed():
    first = begin()
    Invitation.objects.update(expires_at=cast.NOON)
    second = begin(outlet="", edition=[], chief="", email="")
    assert Invitation.objects.get().name == "Clara Lock"
    assert first != second
    assert Invitation.objects.open(timezone.now()).exists()


def test_where_somebody_is_chief_nobody_is_invited():
    cast.chief()
    assert "Somebody is chief editor already" in begin()
    assert not Invitation.objects.exists()


def test_an_appeal_that_somebody_has_written_stays():
    Block.objects.filter(place="appeal", edition="en").update(body="<p>Please.</p>")
    begin()
    assert Block.objects.get(place="appeal", edition="en").body == "<p>Please.</p>"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"outlet": ""}, "A new installation needs --outlet."),
        ({"email": "nobody"}, "--email: nobody is no e-mail address."),
        ({"outlet": "x" * 101}, "A name has at most 100 characters"),
        ({"edition": ["de=Kahn"]}, "--edition names de, but EDITIONS does not."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_changed(changed: dict[str, Any], sentence: str):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        begin(**changed)
    assert Outlet.objects.get().name == "Newsroom"


def test_it_asks_for_what_was_not_given(monkeypatch: pytest.MonkeyPatch):
    answers = iter(["The Barge", "Clara Lock", "clara@barge.example", "", "", "rights@barge.example"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    call_command("start_newsroom", stdout=StringIO())
    assert (Outlet.objects.get().corrections, ReusePolicy.objects.get().contact) == (
        "clara@barge.example",
        "rights@barge.example",
    )


def test_it_says_what_a_site_in_earnest_still_lacks(settings: Any):
    assert "EMAIL_URL is not set" in begin()
    settings.IS_MAIL_SET_UP, settings.SITE_URL = True, "https://news.example"
    said = begin()
    assert "EMAIL_URL" not in said
    assert "SITE_URL" not in said
