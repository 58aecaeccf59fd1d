"""What readers who reported are told by mail, and the first words of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from newsroom import mail_texts

RECEIVED = "corrections.received"
QUESTION = "corrections.question"
APPLIED = "corrections.applied"
ALREADY_FIXED = "corrections.already_fixed"
DECLINED = "corrections.declined"
SEVERAL = "corrections.several"

_COMMON = {
    "outlet": _("the name of the outlet"),
    "article": _("the title of the article"),
    "words": _("the words that the reader chose, or what the reader wrote"),
    "suggestion": _("what the reader suggested instead"),
    "name": _("the reader’s name, if one was given"),
    "link": _("the reader’s private page about this report"),
}


def declare() -> None:
    """Make these mails known to the house, in the order in which a reader meets them."""
    mail_texts.declare(RECEIVED, _("To a reader: your report has arrived"), _COMMON, _RECEIVED)
    question = _COMMON | {"question": _("what the editor asks")}
    mail_texts.declare(QUESTION, _("To a reader: we have a question"), question, _QUESTION)
    applied = _COMMON | {
        "answer": _("what the editor wrote to the reader, if anything"),
        "correction": _("the address of the entry in the log of corrections"),
        "page": _("the address of the article"),
    }
    mail_texts.declare(APPLIED, _("To a reader: we have corrected it"), applied, _APPLIED)
    fixed = _COMMON | {"answer": applied["answer"], "page": applied["page"]}
    mail_texts.declare(ALREADY_FIXED, _("To a reader: it was corrected already"), fixed, _ALREADY_FIXED)
    declined = _COMMON | {"answer": _("why nothing was changed")}
    mail_texts.declare(DECLINED, _("To a reader: we have not changed it"), declined, _DECLINED)
    several = {
        "outlet": _COMMON["outlet"],
        "outcomes": _("what became of each report, one under the other"),
    }
    mail_texts.declare(SEVERAL, _("To a reader: what became of several reports"), several, _SEVERAL)


_RECEIVED = {
    "en": (
        "We have your report on “{article}”",
        (
            "Hello {name},\n\n"
            "thank you for reading so closely. What you reported on “{article}” has reached us:\n\n"
            "“{words}”\n\n"
            "An editor will look at it. Here you can see what becomes of it; the link is for you alone:\n\n"
            "{link}\n\n"
            "{outlet}\n"
        ),
    ),
    "uk": (
        "Ми отримали ваше повідомлення про статтю «{article}»",
        (
            "Вітаємо, {name}!\n\n"
            "Дякуємо, що читаєте так уважно. Ваше повідомлення про статтю «{article}» у нас:\n\n"
            "«{words}»\n\n"
            "Його розгляне редактор. Що з ним сталося, видно за посиланням; воно тільки для вас:\n\n"
            "{link}\n\n"
            "{outlet}\n"
        ),
    ),
}
_QUESTION = {
    "en": (
        "A question about your report on “{article}”",
        (
            "Hello {name},\n\n"
            "you reported these words in “{article}”:\n\n"
            "“{words}”\n\n"
            "Before we decide, an editor would like to know:\n\n"
            "{question}\n\n"
            "Please answer on your private page, where we both see everything in one place:\n\n"
            "{link}\n\n"
            "{outlet}\n"
        ),
    ),
    "uk": (
        "Запитання щодо вашого повідомлення про статтю «{article}»",
        (
            "Вітаємо, {name}!\n\n"
            "Ви повідомили про ці слова у статті «{article}»:\n\n"
            "«{words}»\n\n"
            "Перш ніж вирішити, редактор хоче запитати:\n\n"
            "{question}\n\n"
            "Відповісти можна на вашій особистій сторінці, де все зібрано разом:\n\n"
            "{link}\n\n"
            "{outlet}\n"
        ),
    ),
}
_APPLIED = {
    "en": (
        "Corrected, thanks to you: “{article}”",
        (
            "Hello {name},\n\n"
            "you were right, and “{article}” now says so. You had reported:\n\n"
            "“{words}”\n\n"
            "{answer}\n\n"
            "The article: {page}\n"
            "What changed: {correction}\n"
            "Your report: {link}\n\n"
            "Thank you.\n"
            "{outlet}\n"
        ),
    ),
    "uk": (
        "Виправлено завдяки вам: «{article}»",
        (
            "Вітаємо, {name}!\n\n"
            "Ви мали рацію, і статтю «{article}» вже виправлено. Ви повідомили про слова:\n\n"
            "«{words}»\n\n"
            "{answer}\n\n"
            "Стаття: {page}\n"
            "Що змінилося: {correction}\n"
            "Ваше повідомлення: {link}\n\n"
            "Дякуємо!\n"
            "{outlet}\n"
        ),
    ),
}
_ALREADY_FIXED = {
    "en": (
        "Already corrected: “{article}”",
        (
            "Hello {name},\n\n"
            "you were right about these words in “{article}”:\n\n"
            "“{words}”\n\n"
            "They had been corrected before we came to your report, so the article is right by now.\n\n"
            "{answer}\n\n"
            "The article: {page}\n"
            "Your report: {link}\n\n"
            "Thank you.\n"
            "{outlet}\n"
        ),
    ),
    "uk": (
        "Уже виправлено: «{article}»",
        (
            "Вітаємо, {name}!\n\n"
            "Ви мали рацію щодо цих слів у статті «{article}»:\n\n"
            "«{words}»\n\n"
            "Їх виправили ще до того, як ми дійшли до вашого повідомлення, тож тепер у статті все правильно.\n\n"
            "{answer}\n\n"
            "Стаття: {page}\n"
            "Ваше повідомлення: {link}\n\n"
            "Дякуємо!\n"
            "{outlet}\n"
        ),
    ),
}
_DECLINED = {
    "en": (
        "About your report on “{article}”",
        (
            "Hello {name},\n\n"
            "thank you for writing to us about these words in “{article}”:\n\n"
            "“{words}”\n\n"
            "We have looked at them and left them as they are.\n\n"
            "{answer}\n\n"
            "Your report: {link}\n\n"
            "{outlet}\n"
        ),
    ),
    "uk": (
        "Щодо вашого повідомлення про статтю «{article}»",
        (
            "Вітаємо, {name}!\n\n"
            "Дякуємо, що написали нам про ці слова у статті «{article}»:\n\n"
            "«{words}»\n\n"
            "Ми уважно їх переглянули й залишили без змін.\n\n"
            "{answer}\n\n"
            "Ваше повідомлення: {link}\n\n"
            "{outlet}\n"
        ),
    ),
}
_SEVERAL = {
    "en": (
        "What became of your reports",
        "Hello,\n\nthank you for reading so closely. We have looked at what you reported:\n\n{outcomes}\n\n{outlet}\n",
    ),
    "uk": (
        "Що сталося з вашими повідомленнями",
        "Вітаємо!\n\nДякуємо, що читаєте так уважно. Ми розглянули ваші повідомлення:\n\n{outcomes}\n\n{outlet}\n",
    ),
}
