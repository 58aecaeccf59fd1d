"""The walk: an editor writes and publishes a translated article, readers find it, a change is published with a notice."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from articles.text import policy_length
from newsroom.models import User
from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, username: str) -> None:
    page.goto("/admin/")
    page.get_by_label("User name or e-mail address").fill(username)
    page.get_by_label("Password", exact=True).fill("a long test password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile(r"/admin/$"))


def enter(page: Page, user: User) -> None:
    """Be signed in, where how one signs in is not what is tried."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "domain": "localhost", "path": "/"}])


def choose(page: Page, field: str, words: str) -> None:
    """Choose in a list that is searched by typing."""
    page.locator(f"#id_{field} ~ .select2").click()
    page.keyboard.type(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def write(page: Page) -> None:
    """A text with two quotations, a footnote and a link."""
    text = page.locator(".ProseMirror[contenteditable=true]").first
    tool = page.get_by_role("group", name="Formatting")
    text.click()
    page.keyboard.type("The keeper of the lock at Oderberg counts boats")
    tool.get_by_role("button", name="Footnote").click()
    page.keyboard.type("Barges and canoes alike.")
    text.locator("p", has_text="counts boats").click()
    page.keyboard.press("End")
    page.keyboard.type(", and has since 1998.")
    page.keyboard.press("Enter")
    for quotation in ("Nobody asked me to stop.", "Nobody asked me to begin."):
        tool.get_by_role("button", name="Quotation").click()
        page.keyboard.type(quotation)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.type("He says it twice.")
        page.keyboard.press("Enter")
    page.keyboard.type("More is in the register")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.wait_for_function("document.getSelection().toString() === 'register'")
    tool.get_by_role("button", name="Link", exact=True).click()
    page.get_by_role("dialog").get_by_role("textbox").first.fill("https://register.example/boats")
    page.keyboard.press("Enter")


@pytest.fixture
def outlet(db: Any) -> None:
    cast.editor()
    cast.section()
    cast.topic()
    cast.source()
    cast.contributor("Ruth Calder")


def test_from_the_first_word_to_the_correction(page: Page, outlet: None, live_server: Any):
    sign_in(page, "edith")
    page.get_by_role("link", name="New article · English").click()
    page.get_by_label("Title").fill("The lock keeper")
    page.get_by_label("Standfirst").fill("He counts every boat, and nobody reads his numbers.")
    write(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Name a new original…").click()
    original = opened.value
    original.get_by_label("Title").fill("Der Schleusenwärter")
    original.get_by_label("Author").fill("Jannes Witthöft")
    original.get_by_label("Link", exact=True).fill("die-schleuse.example/waerter")
    original.get_by_label("Language").fill("de")
    choose(original, "source", "Die Schleuse")
    original.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-original")).to_contain_text("Der Schleusenwärter")
    choose(page, "credits-0-contributor", "Ruth Calder")
    page.get_by_label("Section").select_option("Society")
    choose(page, "topics", "Rivers")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    preview = opened.value
    expect(preview.get_by_role("heading", name="The lock keeper", level=1)).to_be_visible()
    expect(preview.locator(".e-content blockquote")).to_have_count(2)
    preview.close()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Readers see nothing of it before it is published.")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published.")).to_be_visible()

    reader = page.context.browser.new_context(base_url=live_server.url).new_page()  # type: ignore[union-attr]
    for address in ("/", "/sections/society/", "/topics/rivers/", "/people/ruth-calder/"):
        reader.goto(address)
        expect(reader.get_by_role("link", name="The lock keeper")).to_be_visible()
    reader.get_by_role("link", name="The lock keeper").click()
    expect(reader.get_by_text("Translated by:").first).to_be_visible()
    expect(reader.get_by_text("Der Schleusenwärter")).to_be_visible()
    text = reader.locator(".e-content")
    expect(text.locator("blockquote")).to_have_count(2)
    expect(text.get_by_role("link", name="register")).to_have_attribute("href", "https://register.example/boats")
    text.get_by_role("link", name="Note 1", exact=True).click()
    expect(text.locator("#note-1")).to_be_in_viewport()
    feed = feedparser.parse(reader.request.get("/feed/").body())
    assert [entry.title for entry in feed.entries] == ["The lock keeper"]
    assert 0 < policy_length(feed.entries[0].summary) <= 500

    body = page.locator(".ProseMirror[contenteditable=true]").first
    body.get_by_text("since 1998").dblclick()
    body.evaluate("element => element.editor.commands.setContent(element.editor.getHTML().replace('1998', '1989'))")
    page.get_by_role("button", name="Publish changes…").click()
    expect(page.get_by_role("deletion")).to_have_text("1998")
    page.get_by_label("Correction: something was wrong").check()
    page.get_by_label("Notice").fill("An earlier version said that he began in 1998. It was in 1989.")
    page.get_by_role("button", name="Publish changes").click()
    expect(page.get_by_text("The changes are public.")).to_be_visible()

    reader.reload()
    expect(text).to_contain_text("1989")
    expect(reader.get_by_text("It was in 1989.")).to_be_visible()
    page.get_by_role("link", name="Versions").click()
    expect(page.get_by_role("heading", name="Version 1: first publication")).to_be_visible()
    page.get_by_text("Read this version in full").last.click()
    expect(page.get_by_text("and has since 1998.").last).to_be_visible()
