"""Share links: plain anchors that ask nothing of anybody until a reader follows one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ShareLink:
    name: str
    label: str
    url: str


def share_links(url: str, title: str) -> list[ShareLink]:
    """Where an article can be passed on; `url` is its full address."""
    link, words, both = quote(url, safe=""), quote(title, safe=""), quote(f"{title} {url}", safe="")
    return [
        ShareLink("telegram", "Telegram", f"https://t.me/share/url?url={link}&text={words}"),
        ShareLink("whatsapp", "WhatsApp", f"https://wa.me/?text={both}"),
        ShareLink("facebook", "Facebook", f"https://www.facebook.com/sharer/sharer.php?u={link}"),
        ShareLink("x", "X", f"https://x.com/intent/post?url={link}&text={words}"),
        ShareLink("email", _("E-mail"), f"mailto:?subject={words}&body={link}"),
    ]
