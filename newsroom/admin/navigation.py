from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _


def stylesheet(request: HttpRequest) -> str:
    return static("css/admin.css")


def script(request: HttpRequest) -> str:
    return static("js/admin.js")


def icon(request: HttpRequest) -> str:
    return static("img/icon.svg")


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The side bar: what editors do every day first, what is set up once last; only what they may see."""
    groups = [
        (
            "",
            [
                (_("Today"), "home", "admin:index", ""),
                (_("Articles"), "article", "admin:articles_article_changelist", "articles.view_article"),
                (_("Assignments"), "assignment", "admin:articles_assignment_changelist", "articles.view_assignment"),
                (_("Corrections"), "rate_review", "admin:corrections_report_changelist", "corrections.decide_report"),
                (_("Letters"), "mail", "admin:newsroom_letter_changelist", "newsroom.view_letter"),
                (_("Reads"), "bar_chart", "admin:articles_readcount_changelist", "articles.view_readcount"),
            ],
        ),
        (
            _("What articles are made of"),
            [
                (_("Pictures"), "photo_library", "admin:articles_picture_changelist", "articles.view_picture"),
                (_("Originals"), "menu_book", "admin:articles_original_changelist", "articles.view_original"),
                (_("Sources"), "newspaper", "admin:articles_source_changelist", "articles.view_source"),
                (_("Contributors"), "group", "admin:articles_contributor_changelist", "articles.view_contributor"),
                (_("Sections"), "category", "admin:articles_section_changelist", "articles.view_section"),
                (_("Topics"), "tag", "admin:articles_topic_changelist", "articles.view_topic"),
            ],
        ),
        (
            _("The outlet"),
            [
                (_("Pages"), "description", "admin:newsroom_page_changelist", "newsroom.view_page"),
                (_("Old addresses"), "alt_route", "admin:newsroom_oldaddress_changelist", "newsroom.view_oldaddress"),
                (_("Editions and wordings"), "translate", "admin:newsroom_edition_changelist", "newsroom.view_edition"),
                (_("Mails"), "drafts", "admin:newsroom_mailtext_changelist", "newsroom.change_mailtext"),
                (
                    _("Ready answers"),
                    "quickreply",
                    "admin:corrections_readyanswer_changelist",
                    "corrections.view_readyanswer",
                ),
                (_("Rules for corrections"), "rule", "admin:corrections_rules_changelist", "corrections.view_rules"),
                (_("Outlet"), "apartment", "admin:newsroom_outlet_changelist", "newsroom.view_outlet"),
                (_("Funders"), "volunteer_activism", "admin:newsroom_funder_changelist", "newsroom.view_funder"),
                (_("Reuse policy"), "copyright", "admin:newsroom_reusepolicy_changelist", "newsroom.view_reusepolicy"),
                (_("Accounts"), "person", "admin:newsroom_user_changelist", "newsroom.view_user"),
                (_("Invitations"), "mail_lock", "admin:newsroom_invitation_changelist", "newsroom.view_invitation"),
            ],
        ),
    ]
    return [
        {
            "title": title,
            "separator": bool(title),
            "items": [
                {"title": name, "icon": icon, "link": reverse(link)}
                for name, icon, link, permission in items
                if not permission or request.user.has_perm(permission)
            ],
        }
        for title, items in groups
        if any(not permission or request.user.has_perm(permission) for *_rest, permission in items)
    ]


def own_account(request: HttpRequest) -> str:
    return reverse("account")
