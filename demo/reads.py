"""Readers of the demonstration: lines of a web server's log as two months would have left them, counted as any log is."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from articles import actions
from articles.models import Article

_DAYS = 75
_BROWSERS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
]
_REFERRERS = {
    "-": 40,
    "https://www.google.com/": 24,
    "https://t.me/": 12,
    "https://duckduckgo.com/": 8,
    "https://social.example/@theferry": 6,
    "https://die-schleuse.example/blog/": 5,
    "https://www.bbc.co.uk/news": 3,
}


def count_reads(articles: Iterable[Article], *, at: datetime) -> None:
    """Give each article the readers of its first weeks: many in the beginning, fewer with each day."""
    chance = random.Random("The Ferry")  # noqa: S311  (the same readers every time)
    lines = []
    for number, article in enumerate(articles):
        assert article.published_at  # noqa: S101
        for day in range(min((at - article.published_at).days + 1, _DAYS)):
            readers = int((34 - 2 * number % 17) * 0.86**day + chance.random() * 5) + 1
            for _reader in range(readers):
                moment = article.published_at + timedelta(days=day, seconds=chance.randrange(80_000))
                if moment < at:
                    (referrer,) = chance.choices(list(_REFERRERS), list(_REFERRERS.values()))
                    lines.append((moment, article.get_absolute_url(), referrer, chance.choice(_BROWSERS)))
    log = "".join(
        f'203.0.113.{number % 250} - - [{moment:%d/%b/%Y:%H:%M:%S %z}] "GET {path} HTTP/2.0" 200 9000 "{referrer}" '
        f'"{browser}"\n'
        for number, (moment, path, referrer, browser) in enumerate(sorted(lines))
    )
    actions.count_reads(io.BytesIO(log.encode()), at=at)
