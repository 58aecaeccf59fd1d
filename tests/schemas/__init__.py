"""Our own grammars of the XML that the site writes, for tests and the audit: what sitemaps.org and Google ask of it."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

_FOLDER = Path(__file__).parent


def check(tree: etree._Element, name: str) -> None:
    """Fail where `tree` is not what the grammar `name` describes: "sitemap", "sitemap-index" or "news-sitemap"."""
    grammar = etree.RelaxNG(etree.parse(_FOLDER / f"{name}.rng"))
    assert grammar.validate(tree), grammar.error_log.last_error
