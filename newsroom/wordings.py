"""The wordings that a new installation begins with. Editors change them in the admin; nothing reads this file again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    blocks: dict[str, tuple[str, str]]  # place → heading, HTML
    rule: str
    terms: str


FIRST = {
    "en": Words(
        blocks={
            "appeal": (
                "You could close this page, or you could join us",
                (
                    "<p>Every story here was chosen, translated and checked by people, and paid for by readers. Because of our "
                    "patrons it stays open to everyone: no paywall, ever.</p>"
                    "<p>The price of a cup of coffee once a month is enough. A patron is a co-creator, too: patrons vote for the "
                    "topics that we cover next.</p>"
                ),
            ),
            "corrections": (
                "Suggest a correction or clarification",
                (
                    "<p>Have we got something wrong? Select the words in the text and report them, or use the form; you need no "
                    "account. An editor looks at every report, you can see what becomes of yours, and when a text changes we say "
                    "so on its page.</p>"
                ),
            ),
            "ad_notice": (
                "Do you use an ad blocker?",
                (
                    "<p>We endorse no product and live in part on advertising. If you can, let our pages show it; you can read "
                    "everything either way.</p>"
                ),
            ),
            "follow": ("Follow us", ""),
            "footer": ("", ""),
        },
        rule="You may quote any article with an active link to it and an extract of at most {limit} characters. "
        "Anything longer needs our written permission.",
        terms="<p>Quote us freely: give an active link to the article, and take no more than the number of characters that "
        "stands at the foot of every page. To reprint more, ask us first and wait for a written answer.</p>",
    ),
    "uk": Words(
        blocks={
            "appeal": (
                "Можна закрити цю сторінку, а можна долучитися",
                (
                    "<p>Кожну історію тут вибрали, переклали й перевірили люди, а оплатили читачі. Завдяки нашим патронам вона "
                    "відкрита для всіх: без платного доступу, завжди.</p>"
                    "<p>Досить ціни однієї чашки кави на місяць. А ще патрон — співтворець: патрони голосують за теми, про які ми "
                    "розповімо далі.</p>"
                ),
            ),
            "corrections": (
                "Запропонувати виправлення чи уточнення",
                (
                    "<p>Ми десь помилилися? Виділіть ці слова в тексті й повідомте про них або скористайтеся формою; обліковий "
                    "запис не потрібен. Редактор розглядає кожне повідомлення, ви бачите, що з ним буде, а коли текст "
                    "змінюється, ми пишемо про це на його сторінці.</p>"
                ),
            ),
            "ad_notice": (
                "Користуєтеся блокувальником реклами?",
                (
                    "<p>Ми не радимо жодного товару й частково живемо з реклами. Якщо можете, дозвольте нашим сторінкам її "
                    "показувати; читати можна все в будь-якому разі.</p>"
                ),
            ),
            "follow": ("Стежте за нами", ""),
            "footer": ("", ""),
        },
        rule="Будь-яку статтю можна цитувати з активним посиланням на неї та уривком не довшим за {limit} знаків. "
        "На довше потрібен наш письмовий дозвіл.",
        terms="<p>Цитуйте нас вільно: дайте активне посилання на статтю й візьміть не більше знаків, ніж зазначено внизу "
        "кожної сторінки. Щоб передрукувати більше, спершу запитайте нас і дочекайтеся письмової відповіді.</p>",
    ),
}
