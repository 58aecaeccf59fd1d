"""From a mail to the report that it makes; where no article is found, to a letter, so that nothing is lost."""

from __future__ import annotations

import re
import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import ngettext

from articles.anchors import CONTEXT
from articles.models import Article
from corrections import actions
from corrections.mail_in.automatic import why_refused
from corrections.mail_in.finding import Named, quoting, without_own_links
from corrections.mail_in.proposals import Found, Proposal, place, proposals
from corrections.mail_in.reading import Mail, parse, read
from corrections.models import Report
from newsroom import limits
from newsroom.actions import receive_letter
from newsroom.editions import default_edition
from newsroom.models import Letter

LONGEST_COMMENT = 2_000
_CYRILLIC = re.compile(r"[А-ЯҐЄІЇа-яґєії]")


@transaction.atomic
def receive(raw: bytes, *, at: datetime) -> str:
    """Keep what a mail says, once however often it is delivered; a sentence of what became of it.

    Raises NoMail for what nobody can answer, limits.TooMany, and what a database raises that is away.
    """
    message = parse(raw)
    if reason := why_refused(message):
        return reason
    mail = read(message)
    if _is_known(mail):
        return "The mail was taken before."
    limits.take_place("report by mail", limits.REPORTS, sender=mail.sender.lower(), at=at)
    named = Named(f"{mail.subject}\n{mail.text}", mail.links, at)
    proposed = proposals(mail.text)
    try:
        with transaction.atomic():
            if named.report and mail.own:
                return _answer(named.report, mail, at)
            article, found = _meant(mail, named, proposed, at)
            if article:
                return _report(article, found, mail, at)
    except actions.CorrectionError:
        pass  # such as an article that was taken down: a person reads it
    _letter(mail, named.edition or _likely_edition(mail), at)
    return "The mail names no article for certain. It is kept as a letter."


def _is_known(mail: Mail) -> bool:
    keys = [mail.key, _letter_key(mail)]
    return Report.objects.filter(key__in=keys).exists() or Letter.objects.filter(key__in=keys).exists()


def _meant(mail: Mail, named: Named, proposed: list[Proposal], at: datetime) -> tuple[Article | None, Found | None]:
    """The article that a mail is about, and the place in it, as far as they are certain."""
    if not named.articles:
        lines = without_own_links(mail.own).splitlines()
        article = quoting([*(proposal.words for proposal in proposed), *(line.strip(" >") for line in lines)], at)
        return article, _place(article, proposed, at) if article else None
    for article in named.articles:
        if found := _place(article, proposed, at):
            return article, found
    return (named.articles[0] if len(named.articles) == 1 else None), None


def _place(article: Article, proposed: list[Proposal], at: datetime) -> Found | None:
    revision = article.current(at)
    return place(revision.text, proposed) if revision else None


def _report(article: Article, found: Found | None, mail: Mail, at: datetime) -> str:
    revision = article.current(at)
    assert revision  # noqa: S101  (a constraint: published articles have one)
    text, start, end = revision.text, found.start if found else 0, found.end if found else 0
    comment = _comment(mail, article.edition_id)
    if len(comment) > LONGEST_COMMENT:
        _letter(mail, article.edition_id, at)
        comment = f"{comment[: LONGEST_COMMENT - 1].rstrip()}…"
    actions.report(
        article,
        revision=revision,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start] if found else "",
        suffix=text[end : end + CONTEXT] if found else "",
        near=start if found else None,
        suggestion=found.suggestion if found else "",
        comment=comment,
        kind="",
        email=mail.sender,
        name=mail.name[:100],
        may_be_thanked=False,
        channel=Report.Channel.MAIL,
        key=mail.key,
        at=at,
    )
    return f"The mail is a report on “{article}”."


def _answer(report: Report, mail: Mail, at: datetime) -> str:
    text = mail.own[:LONGEST_COMMENT]
    # The same mail twice is one answer, but the same words may answer the next question as well.
    if report.question() or not report.messages.filter(is_from_reader=True, text=text).exists():
        actions.answer(report, text=text, at=at)
    return f"The mail answers a question on “{report.article}”."


def _comment(mail: Mail, edition: str) -> str:
    words = "\n\n".join(filter(None, (without_own_links(part).strip() for part in (mail.subject, mail.own))))
    return "\n\n".join(filter(None, (words, _about_files(mail, edition))))


def _about_files(mail: Mail, edition: str) -> str:
    """What editors are told of files that hung on a mail."""
    if not mail.attachments:
        return ""
    with translation.override(edition):
        return ngettext(
            "[%(n)s file came with this mail and was not kept.]",
            "[%(n)s files came with this mail and were not kept.]",
            mail.attachments,
        ) % {"n": mail.attachments}


def _letter(mail: Mail, edition: str, at: datetime) -> None:
    receive_letter(
        key=_letter_key(mail),
        edition=edition,
        to=Letter.To.CORRECTIONS,
        name=mail.name[:200],
        email=mail.sender,
        about=mail.subject[:500],
        text="\n\n".join(filter(None, (mail.text, _about_files(mail, edition)))),
        at=at,
    )


def _letter_key(mail: Mail) -> uuid.UUID:
    return uuid.uuid5(mail.key, "letter")


def _likely_edition(mail: Mail) -> str:
    """The edition whose readers write as this mail does."""
    letters = len(re.findall(r"[^\W\d_]", mail.text))
    is_cyrillic = len(_CYRILLIC.findall(mail.text)) * 2 > letters
    return "uk" if is_cyrillic and "uk" in settings.EDITIONS else default_edition()
