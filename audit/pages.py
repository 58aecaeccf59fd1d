"""Every kind of page that the site has. A test fails when an address is missing here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page of the demonstration. `is_timed`: it is one of those that Lighthouse visits."""

    kind: str
    path: str
    status: int = 200
    is_indexed: bool = True
    is_timed: bool = False


PUBLIC = [
    Page("home", "/", is_timed=True),
    Page("home, older", "/?before=8"),
    Page("section", "/sections/environment/", is_timed=True),
    Page("topic", "/topics/archives/", is_timed=True),
    Page("article", "/articles/salt-marsh/", is_timed=True),
    Page("article with notes", "/articles/archive-of-doors/", is_timed=True),
    Page("article, corrected", "/articles/night-school/"),
    Page("article, retracted", "/articles/the-last-lift-operator/"),
    Page("history", "/articles/night-school/history/", is_indexed=False),
    Page("history, since a version", "/articles/night-school/history/?v=1", is_indexed=False),
    Page("corrections", "/corrections/", is_timed=True),
    Page("corrections, narrowed", "/corrections/?kind=retraction"),
    Page("correction", "/corrections/1/"),
    Page("person", "/people/ruth-calder/", is_timed=True),
    Page("translators", "/translators/", is_timed=True),
    Page("page", "/about/", is_timed=True),
    Page("reuse", "/reuse/", is_timed=True),
    Page("search", "/search/?q=river", is_indexed=False, is_timed=True),
    Page("search, nothing asked", "/search/", is_indexed=False),
    Page("search, nothing found", "/search/?q=qqqqqq", is_indexed=False),
    Page("letter form", "/contact/write/", is_indexed=False, is_timed=True),
    Page("letter sent", "/contact/written/", is_indexed=False),
    Page("report form", "/articles/salt-marsh/report/", is_indexed=False, is_timed=True),
    Page("report form, Ukrainian", "/uk/articles/arkhiv-dverei/report/", is_indexed=False),
    Page("home, Ukrainian", "/uk/", is_timed=True),
    Page("article, Ukrainian", "/uk/articles/arkhiv-dverei/", is_timed=True),
    Page("history, Ukrainian", "/uk/articles/druha-nochi/history/", is_indexed=False),
    Page("corrections, Ukrainian", "/uk/corrections/"),
    Page("person, Ukrainian", "/uk/people/ruth-calder/"),
    Page("search, Ukrainian", "/uk/search/?q=%D0%B4%D0%B2%D0%B5%D1%80%D1%96", is_indexed=False),
    Page("letter form, Ukrainian", "/uk/contact/write/", is_indexed=False),
]
ACCOUNTS = [
    Page("sign-in", "/accounts/login/", is_indexed=False),
    Page("password reset", "/accounts/password/reset/", is_indexed=False),
    Page("password reset, sent", "/accounts/password/reset/done/", is_indexed=False),
    Page("no sign-up", "/accounts/signup/", is_indexed=False),
]
#: What somebody who has signed in does with their own account.
SIGNED_IN = [
    Page("account", "/accounts/", is_indexed=False),
    Page("second factor", "/accounts/2fa/", is_indexed=False),
    Page("second factor, app", "/accounts/2fa/totp/activate/", is_indexed=False),
    Page("second factor, passkey", "/accounts/2fa/webauthn/add/", is_indexed=False),
    Page("password", "/accounts/password/change/", is_indexed=False),
    Page("sessions", "/accounts/sessions/", is_indexed=False),
    Page("sign-out", "/accounts/logout/", is_indexed=False),
]
ERRORS = [
    Page("not found", "/no-such-page/", status=404),
    Page("not found, Ukrainian", "/uk/no-such-page/", status=404),
    Page("taken down", "/articles/well-diggers/", status=410),
]
#: What is not read by people: feeds first.
FEEDS = [
    f"{of}{form}"
    for of in ("/", "/sections/environment/", "/topics/archives/", "/people/ruth-calder/", "/corrections/", "/uk/")
    for form in ("feed/", "feed/rss/", "feed/json/")
]
#: Those that they name are visited too.
SITEMAPS = ["/sitemap.xml", "/news-sitemap.xml"]
#: Where editors work, as `chief` sees it.
ADMIN = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/add/?edition=en",
    "/admin/articles/original/",
    "/admin/articles/contributor/",
    "/admin/articles/readcount/",
    "/admin/newsroom/page/",
    "/admin/newsroom/edition/en/change/",
]
EVERY = PUBLIC + ACCOUNTS + ERRORS
