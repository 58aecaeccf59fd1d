"""The mails to a reader, in the language of the article's edition and in the editors' words."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import override

from articles.models import Article
from corrections import mails
from corrections.models import Message, Report
from newsroom import editions, mail, mail_texts
from newsroom.models import Outlet

_OUTCOMES = {
    Report.Status.APPLIED: mails.APPLIED,
    Report.Status.ALREADY_FIXED: mails.ALREADY_FIXED,
    Report.Status.DECLINED: mails.DECLINED,
}


def receipt(report: Report) -> EmailMessage:
    return _mail(mails.RECEIVED, report)


def question(asked: Message) -> EmailMessage:
    return _mail(mails.QUESTION, asked.report, question=asked.text)


def outcome(reports: Sequence[Report]) -> EmailMessage:
    """What became of reports of one address in one edition: of the same words it says so once, of others line by line."""
    first, edition = reports[0], reports[0].article.edition_id
    different = list({(each.article_id, each.quote, each.status, each.answer): each for each in reports}.values())
    if len(different) == 1:
        correction = editions.absolute(first.correction.get_absolute_url()) if first.correction else ""
        page = editions.absolute(first.article.get_absolute_url())
        name = _OUTCOMES[Report.Status(first.status)]
        return _mail(name, first, answer=first.answer, page=page, correction=correction)
    subject, body = mail_texts.render(
        mails.SEVERAL, edition, outcomes="\n\n".join(_in_lines(report) for report in different)
    )
    return _message(subject, body, first.email)


def _in_lines(report: Report) -> str:
    with override(report.article.edition_id):
        state = str(report.get_status_display())
    lines = [f"{_words(report)}", f"{_title(report.article)} – {state}", report.answer, _link(report)]
    return "\n".join(line for line in lines if line)


def _mail(name: str, report: Report, **values: str) -> EmailMessage:
    common = {
        "article": _title(report.article),
        "words": _words(report),
        "suggestion": report.suggestion,
        "name": report.name,
        "link": _link(report),
    }
    subject, body = mail_texts.render(name, report.article.edition_id, **common, **values)
    return _message(subject, body, report.email)


def _message(subject: str, body: str, to: str) -> EmailMessage:
    """What the reader answers goes where corrections go: it may be read there by `receive_mail`."""
    corrections = Outlet.objects.values_list("corrections", flat=True).get(pk=1)
    return mail.message(subject=subject, body=body, to=[to], reply_to=[corrections] if corrections else [])


def _title(article: Article) -> str:
    """As readers see it: the working copy's title is the editors' own affair."""
    public = article.current(timezone.now())
    return public.title if public else str(article)


def _words(report: Report) -> str:
    return report.quote or report.comment or report.suggestion


def _link(report: Report) -> str:
    return editions.absolute(report.get_absolute_url())
