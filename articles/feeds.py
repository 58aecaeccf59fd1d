"""Atom, RSS and JSON feeds: of an edition, a section, a topic, a person. Extracts only."""

from __future__ import annotations

import json
from datetime import datetime
from typing import IO, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import feedgenerator, timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.excerpts import opening
from articles.models import Article, Contributor, Revision, Section, Topic
from articles.pictures import markup
from newsroom.editions import EditionRequest, absolute
from newsroom.surfaces import Shows, surface

LENGTH = 30  # articles in a feed


class JSONFeed(feedgenerator.SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org)."""

    def write(self, outfile: IO[Any], encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "description": self.feed["description"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "_rights": {"usage_info": self.feed["license"], "max_excerpt": self.feed["limit"]},
            "items": [
                {
                    "id": item["unique_id"],
                    "url": item["link"],
                    "title": item["title"],
                    "content_html": item["description"],
                    "date_published": item["pubdate"].isoformat(),
                    "date_modified": item["updateddate"].isoformat(),
                    "authors": [{"name": name} for name in item["names"]],
                    "tags": item["categories"],
                    "language": self.feed["language"],
                    **({"image": item["picture"]["url"]} if item["picture"] else {}),
                }
                for item in self.items
            ],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False, indent=1))


class AtomFeed(feedgenerator.Atom1Feed):
    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "license", "href": self.feed["license"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["names"][1:]:
            handler.startElement("contributor", {})
            handler.addQuickElement("name", name)
            handler.endElement("contributor")
        if picture := item["picture"]:
            link = {"rel": "enclosure", "type": "image/jpeg", "href": picture["url"], "title": picture["alt"]}
            handler.addQuickElement("link", "", link)


class RSSFeed(feedgenerator.Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"author_name": None, "author_email": None})
        for name in item["names"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("dc:rights", self.feed["feed_copyright"])
        if picture := item["picture"]:  # not an enclosure: that asks for the length of the file
            handler.startElement("media:content", {"url": picture["url"], "type": "image/jpeg", "medium": "image"})
            handler.addQuickElement("media:description", picture["alt"])
            handler.addQuickElement("media:credit", picture["credit"])
            handler.endElement("media:content")


FORMATS: dict[str, type[feedgenerator.SyndicationFeed]] = {"atom": AtomFeed, "rss": RSSFeed, "json": JSONFeed}


CONTENT_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@surface(Shows.EXTRACT)
def feed(request: EditionRequest, of: str = "", slug: str = "", form: str = "atom") -> HttpResponse:
    """The newest articles of an edition, or of one of its sections, topics or people, as `form`."""
    at = timezone.now()
    edition = request.edition
    articles, title, path = _subject(request, of, slug, at)
    made = begun(request, form, title=title, description=edition.tagline or edition.name, path=path)
    newest = articles.public(at).newest_first().with_texts()[:LENGTH]
    for article in newest.prefetch_related("topics"):
        _add(made, article, at, edition.policy["limit"])
    return answer(made, form)


def begun(
    request: EditionRequest, form: str, *, title: str, description: str, path: str
) -> feedgenerator.SyndicationFeed:
    """An empty feed of the edition as `form`; `path` is the page that lists the same."""
    policy, code = request.edition.policy, request.edition_code
    return FORMATS[form](
        title=title,
        link=absolute(path),
        description=description,
        language=code,
        feed_url=absolute(request.path),
        feed_copyright=f"© {policy['holder']}",
        feed_guid=absolute(path),
        license=absolute(reverse("site:reuse", current_app=code)),
        limit=policy["limit"],
    )


def answer(made: feedgenerator.SyndicationFeed, form: str) -> HttpResponse:
    response = HttpResponse(made.writeString("utf-8"), content_type=CONTENT_TYPES[form])
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # a reader's page at another site may load it
    return response


def _subject(request: EditionRequest, of: str, slug: str, at: datetime) -> tuple[Any, str, str]:
    """Which articles, under which title, and the page that lists the same."""
    code, name = request.edition_code, request.edition.name
    if of == "section" or of == "topic":
        model: Any = Section if of == "section" else Topic
        found = get_object_or_404(model, edition=code, slug=slug)
        return found.articles.all(), f"{name}: {found.name}", found.get_absolute_url()
    if of == "person":
        person: Any = get_object_or_404(Contributor.objects.named_in(code).public(at), slug=slug)
        articles = Article.objects.in_edition(code).credited_to(person, at)
        return articles, f"{name}: {person.shown_name}", reverse("site:person", args=[slug], current_app=code)
    if of:
        raise Http404
    return Article.objects.in_edition(code), name, reverse("site:home", current_app=code)


def as_paragraphs(parts: list[str]) -> str:
    """Plain texts as the HTML of a feed: nothing of a body's own markup goes out."""
    return "".join(f"<p>{escape(part)}</p>" for part in parts)


def _add(made: feedgenerator.SyndicationFeed, article: Article, at: datetime, limit: int) -> None:
    revision = article.current(at)
    assert revision  # noqa: S101  (public articles have one)
    own_limit = article.reuse_policy.limit if article.reuse_policy else limit
    parts = [part for part in opening(revision.standfirst, revision.text, own_limit) if part]
    names = [credit["name"] for credit in revision.credits]
    made.add_item(
        title=_("Retracted: %(title)s") % {"title": revision.title} if article.retracted_at else revision.title,
        link=absolute(article.get_absolute_url()),
        description=as_paragraphs(parts),
        unique_id=article.key.urn,
        unique_id_is_permalink=False,
        author_name=names[0] if names else None,
        names=names,
        pubdate=article.published_at,
        updateddate=revision.modified_at,
        categories=[topic.name for topic in article.topics.all()],
        picture=_picture(revision),
    )


def _picture(revision: Revision) -> dict[str, str] | None:
    """The lead picture: its description and credit are no part of the text, and its caption stays on the page."""
    lead = revision.lead
    if not lead or not lead["widths"]:
        return None
    return {"url": absolute(markup.jpeg(lead, 1200).url), "alt": lead["alt"], "credit": lead["credit"]}
