"""The answers that editors find ready from the first migration on. Nothing here touches what somebody has written."""

from __future__ import annotations

from typing import Any

from corrections.models import ReadyAnswer, Rules
from newsroom.models import Edition

#: Edition → what editors see, what the reader is told; in the order of their use.
FIRST = {
    "en": [
        (
            "It is right as it stands",
            "Thank you for looking so closely. We have checked these words, and they are right as they stand.",
        ),
        (
            "That is an opinion",
            (
                "Thank you, that is an opinion, and we are glad that you told us. We change a text where a fact, the "
                "translation or the language is wrong; what to think of it we leave to our readers."
            ),
        ),
        (
            "The original says so",
            "Thank you. The original says it in this way, and a translation has to keep to it.",
        ),
        (
            "A matter of style",
            "Thank you. Both are possible here, and we prefer the one that stands there.",
        ),
        (
            "These are somebody’s own words",
            "Thank you. These are the words of somebody whom we quote, and we leave a quotation as it was said.",
        ),
        (
            "We cannot confirm it",
            "Thank you. We could not confirm this. If you know a source, please report it again and name it.",
        ),
    ],
    "uk": [
        (
            "Тут усе правильно",
            "Дякуємо за уважність. Ми перевірили ці слова: тут усе правильно.",
        ),
        (
            "Це думка",
            (
                "Дякуємо, це думка, і добре, що ви нею поділилися. Ми змінюємо текст, якщо помилка у фактах, перекладі чи "
                "мові, а як до нього ставитися, вирішують читачі."
            ),
        ),
        (
            "Так в оригіналі",
            "Дякуємо. Саме так сказано в оригіналі, і переклад має його триматися.",
        ),
        (
            "Справа стилю",
            "Дякуємо. Тут можна сказати і так, і так; ми обрали те, що написано.",
        ),
        (
            "Це пряма мова",
            "Дякуємо. Це слова людини, яку ми цитуємо, а цитату ми лишаємо такою, як її сказано.",
        ),
        (
            "Не змогли підтвердити",
            "Дякуємо. Підтвердити це нам не вдалося. Якщо знаєте джерело, повідомте нас іще раз і назвіть його.",
        ),
    ],
}


def after_migrate(**kwargs: Any) -> None:
    lay_foundations()


def lay_foundations() -> None:
    """Give every edition its first ready answers, once. Editions are made by the house, which migrates before."""
    rules = Rules.current()
    for edition in Edition.objects.in_use():
        if edition.pk in rules.answered_editions:
            continue
        answers = FIRST.get(edition.pk, FIRST["en"])
        ReadyAnswer.objects.bulk_create(
            ReadyAnswer(edition=edition, label=label, text=text, position=position)
            for position, (label, text) in enumerate(answers)
        )
        rules.answered_editions.append(edition.pk)
        rules.save(update_fields=["answered_editions"])
