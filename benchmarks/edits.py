"""Texts made up and edited as editors edit, with the truth of where every letter went.

Each letter knows its place in the first version, so that the truth is no guess. A copy of a sentence is not the
sentence: of two that are alike, the one that was there is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from articles.text import policy_text
from benchmarks.histories import SIZES, Case, Change, moved, parts, tokens_of
from benchmarks.words import Words
from newsroom.html import escape

Letters = list[tuple[str, int]]  # each with its place in the first version; -1 for what is new
Paragraphs = list[list[Letters]]  # of sentences, each with a space at its end

TEXTS, EACH = 300, 8
_OTHER_SCRIPTS = {
    "ja": "昨日、{a}の市議会は{b}を閉鎖することを決定した。|{a}の住民は{b}の計画に反対している。|{n}年に{b}で何が起きたのか、誰も覚えていない。|しかし{a}では{n}人が毎日{b}を渡る。|新しい{b}は来年{a}に完成する予定だ。",
    "ar": "قرر مجلس {a} أمس إغلاق {b} إلى الأبد. |يعارض سكان {a} خطة {b} منذ عام {n}. |لا أحد يتذكر ما حدث في {b} قبل {n}. |لكن {n} شخصًا يعبرون {b} في {a} كل يوم. |سيكتمل {b} الجديد في {a} العام المقبل. ",
    "he": "אתמול החליטה מועצת {a} לסגור את {b} לצמיתות. |תושבי {a} מתנגדים לתוכנית של {b} מאז {n}. |איש אינו זוכר מה קרה ב{b} לפני {n}. |אבל {n} איש עוברים ב{b} של {a} בכל יום. |{b} החדש ב{a} יושלם בשנה הבאה. ",
    "emoji": "The council of {a} closed {b} 🚧 for good. |People in {a} 👩‍👩‍👧 do not want the plan for {b} 👎🏽. |Nobody knows what came of {b} 🤷🏾‍♀️ before {n}. |But {n} people 🚶 cross {b} in {a} every day 🌉. |The new {b} ✨ in {a} will be ready next year. ",
}
_NAMES = {
    "ja": (["東京", "大阪", "札幌", "長崎", "仙台", "広島"], ["橋", "学校", "図書館", "病院", "劇場", "公園"]),
    "ar": (["القاهرة", "دمشق", "بيروت", "تونس", "الرباط"], ["الجسر", "المدرسة", "المكتبة", "المستشفى", "المسرح"]),
    "he": (["חיפה", "ירושלים", "עכו", "צפת", "יפו"], ["הגשר", "הספרייה", "התיאטרון", "הפארק", "המוזיאון"]),
    "emoji": (
        ["Weidach", "Halerford", "Ashby", "Norden", "Calder"],
        ["the bridge", "the school", "the old mill", "the park"],
    ),
}


def changes(seed: int = 4) -> Iterator[Change]:
    """As many changed texts in each of English and Ukrainian, and a tenth of them in every other script."""
    for language in ("en", "uk", *_OTHER_SCRIPTS):
        say = Words(language, seed).pool.__getitem__ if language in ("en", "uk") else None
        count = TEXTS if say else TEXTS // 10
        for number in range(count):
            random = Random(f"{seed} {language} {number}")
            yield _change(f"{language} {number}", random, _Sentences(language, random, say))


class _Sentences:
    """Says one sentence after the other."""

    def __init__(self, language: str, random: Random, say: Callable[[int], str] | None) -> None:
        self.language, self.random, self.say = language, random, say

    def __call__(self) -> str:
        if self.say:
            sentence = self.say(self.random.randrange(20_000))
            return sentence.rstrip() + " "
        first, second = _NAMES[self.language]
        sentence = self.random.choice(_OTHER_SCRIPTS[self.language].split("|"))
        return sentence.format(
            a=self.random.choice(first), b=self.random.choice(second), n=self.random.randint(1900, 2026)
        )


def _change(title: str, random: Random, say: _Sentences) -> Change:
    texts = [[say() for _sentence in range(random.randint(2, 5))] for _paragraph in range(random.randint(4, 20))]
    _quote_some(texts, random)
    look_alike = random.randrange(len(texts))
    texts.insert(look_alike + random.randint(0, 1), [_nearly(text, random) for text in texts[look_alike]])
    for sentences in texts:
        sentences[-1] = sentences[-1].rstrip() + " "
    first: Paragraphs = []
    place = 0
    for sentences in texts:
        first.append([])
        for sentence in sentences:
            first[-1].append([(letter, place + number) for number, letter in enumerate(sentence)])
            place += len(sentence)
    second = [list(paragraph) for paragraph in first]
    for _edit in range(random.randint(1, 4)):
        random.choice(EDITS)(second, random, say, look_alike)
    second = [paragraph for paragraph in second if paragraph]
    old, new = _text(first), _text(second, random)
    return Change(title, old, new, list(_cases(old, new, _folded(first), _folded(second), random)))


def _text(paragraphs: Paragraphs, noise: Random | None = None) -> str:
    """The policy text of the body that an editor would save; with `noise`, as other programs write the same text."""
    return policy_text("".join(f"<p>{''.join(map(_written(noise), _letters(each)))}</p>" for each in paragraphs))


def _letters(paragraph: list[Letters]) -> list[str]:
    return [letter for sentence in paragraph for letter, _place in sentence]


def _written(noise: Random | None) -> Callable[[str], str]:
    def write(letter: str) -> str:
        chance = noise.random() if noise else 1.0
        if letter == " " and chance < 0.02:
            return "&nbsp;"
        if letter.isalpha() and letter.isascii() and chance < 0.02:
            return f"\u00ad{letter}" if chance < 0.01 else f"<strong>{letter}</strong>"
        return escape(letter)

    return write


def _folded(paragraphs: Paragraphs) -> Letters:
    """The letters of the policy text."""
    found: Letters = []
    for paragraph in paragraphs:
        for each in [*(each for sentence in paragraph for each in sentence), (" ", -1)]:
            if each[0] != " " or (found and found[-1][0] != " "):
                found.append(each)
    return found[:-1] if found and found[-1][0] == " " else found


def _cases(old: str, new: str, first: Letters, second: Letters, random: Random) -> Iterator[Case]:
    assert "".join(letter for letter, _place in first) == old
    assert "".join(letter for letter, _place in second) == new
    now = {place: number for number, (_letter, place) in enumerate(second) if place >= 0}
    went = {number: now[place] for number, (_letter, place) in enumerate(first) if place in now}
    tokens = tokens_of(old)
    for size, (least, most) in SIZES.items():
        for _each in range(EACH):
            count = min(len(tokens), random.randint(least, most))
            number = random.randrange(len(tokens) - count + 1)
            start, end = tokens[number][0], tokens[number + count - 1][1]
            if end - start > 300:
                continue
            pairs = [(place, went[place]) for place in range(start, end) if place in went]
            kept = [to for _place, to in pairs]
            # Of two copies amid the same words nobody can tell which is which.
            right = tuple(moved(old, new, start, end))
            if (
                len(kept) == end - start
                and kept[-1] - kept[0] == end - start - 1
                and _is_whole(old, start, end, new, kept)
            ):
                yield Case(size, start, end, "untouched", ((kept[0], kept[-1] + 1), *right))
                continue
            kind = "edited" if 2 * len(kept) >= end - start else "mostly gone" if kept else "gone"
            remains = {(min(to for _at, to in part), max(to for _at, to in part) + 1) for part in parts(pairs, 60)}
            yield Case(size, start, end, kind, right, tuple(remains))


def _is_whole(old: str, start: int, end: int, new: str, kept: list[int]) -> bool:
    """Whether the word did not grow at its edges."""
    last = kept[-1] + 1
    grew = new[kept[0] - 1 : kept[0]].isalnum() and not old[start - 1 : start].isalnum()
    return not grew and not (new[last : last + 1].isalnum() and not old[end : end + 1].isalnum())


def _quote_some(texts: list[list[str]], random: Random) -> None:
    for sentences in texts:
        number = random.randrange(len(sentences))
        words = sentences[number].split(" ")
        if len(words) > 5:
            words[1], words[3] = "“" + words[1], words[3] + "”"
            sentences[number] = " ".join(words)


def _nearly(sentence: str, random: Random) -> str:
    """The same sentence with one word of it another."""
    words = sentence.split(" ")
    words[random.randrange(max(1, len(words) - 2))] = random.choice(["other", "інший", "第二", "ثانية", "אחר"])
    return " ".join(words)


# --- What editors do ---


def _some(second: Paragraphs, random: Random) -> tuple[list[Letters], int] | None:
    paragraphs = [paragraph for paragraph in second if paragraph]
    if not paragraphs:
        return None
    paragraph = random.choice(paragraphs)
    return paragraph, random.randrange(len(paragraph))


def _new(text: str) -> Letters:
    return [(letter, -1) for letter in text]


def mistype(second: Paragraphs, random: Random, _say: _Sentences, _alike: int) -> None:
    """Or mend what was mistyped: a letter more, a letter less."""
    if chosen := _some(second, random):
        paragraph, number = chosen
        sentence = list(paragraph[number])
        place = random.randrange(len(sentence) - 1)
        if sentence[place][0].isalpha():
            sentence[place : place + 1] = random.choice([[], [sentence[place], (sentence[place][0], -1)]])
        paragraph[number] = sentence


def swap_word(second: Paragraphs, random: Random, say: _Sentences, _alike: int) -> None:
    if chosen := _some(second, random):
        paragraph, number = chosen
        sentence = paragraph[number]
        tokens = tokens_of("".join(letter for letter, _place in sentence))
        start, end = random.choice(tokens)
        other = random.choice(say().split() or ["x"])
        paragraph[number] = [*sentence[:start], *_new(other), *sentence[end:]]


def insert_sentence(second: Paragraphs, random: Random, say: _Sentences, _alike: int) -> None:
    if chosen := _some(second, random):
        chosen[0].insert(chosen[1], _new(say()))


def delete_sentence(second: Paragraphs, random: Random, _say: _Sentences, _alike: int) -> None:
    if chosen := _some(second, random):
        del chosen[0][chosen[1]]


def move_paragraph(second: Paragraphs, random: Random, _say: _Sentences, _alike: int) -> None:
    paragraph = second.pop(random.randrange(len(second)))
    second.insert(random.randint(0, len(second)), paragraph)


def delete_one_of_two_alike(second: Paragraphs, random: Random, _say: _Sentences, alike: int) -> None:
    if len(second) > alike + 1:
        del second[alike + random.randint(0, 1)]


def say_twice(second: Paragraphs, random: Random, _say: _Sentences, _alike: int) -> None:
    if chosen := _some(second, random):
        paragraph, number = chosen
        paragraph.insert(number + random.randint(0, 1), _new("".join(letter for letter, _place in paragraph[number])))


def other_quotation_marks(second: Paragraphs, _random: Random, _say: _Sentences, _alike: int) -> None:
    marks = {"“": "«", "”": "»"}
    for paragraph in second:
        for number, sentence in enumerate(paragraph):
            paragraph[number] = [
                (marks[letter], -1) if letter in marks else (letter, place) for letter, place in sentence
            ]


def other_headline(second: Paragraphs, _random: Random, say: _Sentences, _alike: int) -> None:
    if second:
        second[0] = [_new(say())]


def rewrite(second: Paragraphs, random: Random, say: _Sentences, _alike: int) -> None:
    if chosen := _some(second, random):
        chosen[0][chosen[1]] = _new(say())


EDITS = [
    *(mistype, swap_word, insert_sentence, delete_sentence, move_paragraph, delete_one_of_two_alike, say_twice),
    *(other_quotation_marks, other_headline, rewrite),
]
