"""The walk of one who is invited: an account, an app with codes, a passkey, and signing in with each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from newsroom import actions, installation
from tests import cast
from tests.browser.test_admin_accessibility import COLOURS, EVERYTHING, violations
from tests.browser.test_walk import enter, sign_in
from tests.people.doors import PASSWORD, code, with_app
from tests.people.test_invitations import NAME, invitation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def key(page: Page) -> Iterator[None]:
    """A security key in the browser that answers by itself."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    wire.send("WebAuthn.disable")


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"/$"))


def test_from_the_invitation_to_signing_in_with_a_passkey_alone(page: Page, key: None, settings: Any):
    settings.SECOND_FACTOR = "publishers"
    settings.ALLOWED_HOSTS = ["localhost"]
    cache.clear()
    link = invitation(installation.EDITOR).link()
    page.goto(link.removeprefix(settings.SITE_URL))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Welcome, {NAME}")
    assert violations(page) == []
    page.get_by_label("User name").fill("ines")
    page.get_by_label("Your e-mail address").fill("ines@outlet.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()

    # The role can publish, so a second factor comes before the admin.
    expect(page).to_have_url(re.compile(r"/accounts/2fa/$"))
    assert violations(page) == []
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".secret").inner_text()
    assert page.locator(".qr").evaluate("image => image.complete && image.naturalWidth > 0")
    assert violations(page) == []
    page.get_by_label("Code from the app").fill(code(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert violations(page) == []
    page.get_by_role("link", name="Go on").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))

    page.goto("/accounts/2fa/webauthn/add/")
    assert violations(page) == []
    page.get_by_role("button", name="Set up").click()
    expect(page).to_have_url(re.compile(r"/accounts/2fa/$"))
    page.goto("/accounts/2fa/webauthn/")
    assert violations(page) == []
    sign_out(page)

    page.goto("/admin/articles/article/")
    assert violations(page) == []
    page.get_by_label("User name or e-mail address").fill("ines")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    assert violations(page) == []
    page.get_by_role("button", name="Use my passkey").click()
    expect(page).to_have_url(re.compile(r"/admin/articles/article/$"))
    sign_out(page)

    page.goto("/admin/")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))


def test_a_passkey_that_is_refused_is_told_in_a_sentence(page: Page, settings: Any):
    settings.ALLOWED_HOSTS = ["localhost"]
    page.goto("/accounts/login/")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_where_a_chief_looks_after_people(page: Page, settings: Any, scheme: Any):
    settings.IS_MAIL_SET_UP = False
    edith = with_app(cast.editor())
    page.emulate_media(color_scheme=scheme)
    enter(page, cast.chief())
    rules = COLOURS if scheme == "dark" else EVERYTHING
    here = f"/admin/newsroom/user/{edith.pk}"
    paths = ["/admin/newsroom/user/", "/admin/newsroom/invitation/", "/admin/mail/", "/accounts/"]
    paths += [f"{here}/{step}/" for step in ("change", "role", "reset-password", "remove-second-factor", "disable")]
    troubles = {}
    for path in paths:
        page.goto(path)
        troubles[path] = violations(page, rules)
    page.goto("/admin/newsroom/invitation/add/")
    troubles["invite"] = violations(page, rules)
    page.get_by_label("The person’s name").fill("Ines Marlow")
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_label("Link", exact=True)).to_have_value(re.compile("/accounts/invitations/"))
    troubles["link"] = violations(page, rules)
    assert {path: trouble for path, trouble in troubles.items() if trouble} == {}


def test_what_was_typed_when_the_session_had_ended_is_sent_again_after_signing_in(browser: Browser, live_server: Any):
    page = browser.new_page(base_url=live_server.url)  # one that lets a refused form be
    clara = cast.chief()
    sign_in(page, "clara")
    page.goto("/admin/newsroom/invitation/add/")
    page.get_by_label("The person’s name").fill("Ines Marlow")
    actions.end_sessions(clara, by=None, at=timezone.now())
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_text("You are signed out, so nothing was saved.")).to_be_visible()
    assert violations(page) == []
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in, in a new window").click()
    window = opened.value
    window.get_by_label("User name or e-mail address").fill("clara")
    window.get_by_label("Password", exact=True).fill(PASSWORD)
    window.get_by_role("button", name="Sign in", exact=True).click()
    expect(window).to_have_url(re.compile(r"/admin/$"))
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="The link for Ines Marlow")).to_be_visible()
    page.close()
