"""The words of the archive: sentences of the demonstration's stories with other words of the same ending in them.

So the grammar stays plausible and words are as unevenly frequent as in any language; names of people and places, made of
syllables and put into their cases, are what is rare. The same seed writes the same words.
"""

from __future__ import annotations

import html
import itertools
import random
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

STORIES = Path(__file__).resolve().parent.parent / "demo/stories"
POOL = 40_000  # sentences of a language that articles choose from
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-ЯҐЄІЇ])")
_WORD = re.compile(r"\w[\w’ʼ'-]*")
_TAG = re.compile(r"<[^>]+>")
ENDING, SHORTEST, REPLACED = 3, 5, 0.75


@dataclass(frozen=True, slots=True)
class Forms:
    """A name in the four cases that the sentences need; English has one."""

    nominative: str
    genitive: str
    dative: str
    instrumental: str

    @classmethod
    def of(cls, stem: str, endings: str) -> Forms:
        return cls(*(stem + ending.strip("-") for ending in endings.split()))


_UK_BEGINNINGS = "Бон Вер Гал Ган Дор Жит Зав Зін Кал Кор Лев Лоз Мар Мел Нед Ор Пав Пол Рад Руд Сав Сем Тим Тур Хар Чер Шев Юр Яс Щер"
_UK_MIDDLES = "ан ач ел ен ер ет иб ид ик ил им ин ир ож ок ол он оп ор от ош уб уд ук ун ур ущ юх"
_UK_STEMS = [first + second for first in _UK_BEGINNINGS.split() for second in _UK_MIDDLES.split()]
_UK_SURNAMES = [
    "-енко -енка -енкові -енком",
    "-ський -ського -ському -ським",
    "-ук -ука -укові -уком",
    "-ич -ича -ичеві -ичем",
]
_UK_PLACES = ["-івка -івки -івці -івкою", "-ів -ова -ову -овом", "-ине -иного -иному -иним", "-ичі -ичів -ичам -ичами"]
_UK_GIVEN = """Іван Івана Іванові Іваном|Петро Петра Петрові Петром|Тарас Тараса Тарасові Тарасом|Андрій Андрія Андрієві Андрієм
Ігор Ігоря Ігореві Ігорем|Степан Степана Степанові Степаном|Остап Остапа Остапові Остапом|Юрій Юрія Юрієві Юрієм
Лев Лева Левові Левом|Максим Максима Максимові Максимом|Микита Микити Микиті Микитою|Марко Марка Маркові Марком"""
_EN_BEGINNINGS = (
    "Al Ash Bar Beck Bram Cal Car Dun El Fen Gar Hal Hart Kel Lang Mar Nor Os Pen Rad Rus Sel Stan Thor Wal Wex Win"
)
_EN_MIDDLES = "a ber combe den der din el er ing is ling low mer ner o ring sen ster tin vers wick"
_EN_STEMS = [first + second for first in _EN_BEGINNINGS.split() for second in _EN_MIDDLES.split()]
_EN_SURNAMES = ["ley", "ford", "worth", "son", "ton", "by", "man", "field"]
_EN_GIVEN = "Anna Clara David Edith Frank Grace Henry Irene James Laura Martin Nora Oliver Peter Ruth Simon Thomas Vera"
_FRAMES = {
    "uk": """{person.nominative} розповів про це у {place.dative} ще {year} року.
Ми зустрілися з {person.instrumental} на околиці, де колись стояла пошта.
Листа для {person.genitive} у тому домі бережуть досі.
Тоді {person.dative} відповіли, що грошей на ремонт немає.
До {place.genitive} звідси {number} кілометрів, і дорогу розмило.
На мапі між {place.instrumental} і річкою позначено {number} дворів.
Пам’ятаєте, як називалося те місто до {year} року, питає {person.nominative}.
«Рукописи не горят», написав хтось російською на стіні біля вокзалу, і {person.nominative} це сфотографував.
У паспорті російською стояло: «выдан в городе», а далі чорнило розпливлося, каже {person.nominative}.
У теці лежав звіт компанії Baltic Freight Union за {year} рік і записка від {person.genitive}.""",
    "en": """{person.nominative} said so in {place.nominative} as early as {year}.
We met {person.nominative} on the edge of town, where the post office used to be.
A letter to {person.nominative} is still kept in that house.
They told {person.nominative} that there was no money for repairs.
It is {number} kilometres from here to {place.nominative}, and the road is washed out.
The map shows {number} houses between {place.nominative} and the river.
Does anyone remember what the town was called before {year}, asks {person.nominative}.
In the file lay a report of the Kharkiv tractor works for {year} and a note from {person.nominative}.""",
}


class Words:
    """Everything that the archive says in one language."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self.random = random.Random(f"{seed} {language}")
        self.people = self._people()
        self.places = self._places()
        self.frames = _FRAMES[language].splitlines()
        told = _stories(language)
        self.others = self._others(told)
        self.pool = [self._rewritten(self.random.choice(told)) for _number in range(POOL)]
        titles = [sentence.rstrip(".!?") for sentence in self.pool if 25 < len(sentence) < 75]
        self.titles = sorted(set(titles))

    def title(self) -> str:
        """A headline: now and then one that names somebody."""
        title = self.random.choice(self.titles)
        if self.random.random() < 0.4:
            place = self.random.choice(self.places)
            title = f"{place.nominative}: {title[0].lower()}{title[1:]}"
        return title

    def standfirst(self) -> str:
        return " ".join([self.rare(), *self.random.choices(self.pool, k=self.random.randint(1, 2))])[:900]

    def paragraphs(self) -> list[str]:
        """Between about 600 and 900 words; one sentence in ten says something that few others say."""
        wanted, found = self.random.randint(600, 900), []
        while wanted > 0:
            sentences = self.random.choices(self.pool, k=self.random.randint(2, 5))
            if self.random.random() < 0.4:
                sentences.insert(self.random.randrange(len(sentences)), self.rare())
            found.append(" ".join(sentences))
            wanted -= found[-1].count(" ") + 1
        return found

    def rare(self) -> str:
        chosen = self.random
        return chosen.choice(self.frames).format(
            person=chosen.choice(self.people),
            place=chosen.choice(self.places),
            year=chosen.randint(1900, 2026),
            number=chosen.randint(3, 9_999),
        )

    def _people(self) -> list[Forms]:
        if self.language == "uk":
            given = [Forms.of("", forms) for line in _UK_GIVEN.splitlines() for forms in line.split("|")]
            surnames = [Forms.of(stem, endings) for stem in _UK_STEMS for endings in _UK_SURNAMES]
            return [
                Forms(*(f"{getattr(first, case)} {getattr(last, case)}" for case in Forms.__slots__))
                for first, last in zip(itertools.cycle(given), surnames, strict=False)
            ]
        names = [stem + ending for stem in _EN_STEMS for ending in _EN_SURNAMES]
        return [
            Forms(*[f"{first} {last}"] * 4)
            for first, last in zip(itertools.cycle(_EN_GIVEN.split()), names, strict=False)
        ]

    def _places(self) -> list[Forms]:
        if self.language == "uk":
            return [Forms.of(f"{stem}", endings) for stem in _UK_STEMS for endings in _UK_PLACES]
        return [
            Forms(*[f"{stem}{ending}"] * 4) for stem in _EN_STEMS for ending in ("bridge", "haven", "mouth", "stead")
        ]

    def _others(self, told: list[str]) -> dict[str, tuple[list[str], list[float]]]:
        """Words by their ending, each ending with the running sum of how often its words are wanted (Zipf)."""
        words = sorted({word for sentence in told for word in _WORD.findall(sentence) if _may_change(word)})
        self.random.shuffle(words)
        groups: dict[str, list[str]] = defaultdict(list)
        weights: dict[str, list[float]] = defaultdict(list)
        for rank, word in enumerate(words):
            groups[word[-ENDING:]].append(word)
            weights[word[-ENDING:]].append(1 / (rank + 5))
        return {ending: (group, list(itertools.accumulate(weights[ending]))) for ending, group in groups.items()}

    def _rewritten(self, sentence: str) -> str:
        def other(match: re.Match[str]) -> str:
            word = match[0]
            if not _may_change(word) or self.random.random() > REPLACED:
                return word
            group, weights = self.others[word[-ENDING:]]
            return self.random.choices(group, cum_weights=weights)[0]

        return _WORD.sub(other, sentence)


def _may_change(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word.islower()


def _stories(language: str) -> list[str]:
    """The sentences of the demonstration's stories, without what HTML would have to write as a reference."""
    found = []
    for path in sorted(STORIES.glob("*.toml")):
        body = tomllib.loads(path.read_text())[language]["body"]
        for paragraph in _PARAGRAPH.findall(body):
            text = " ".join(html.unescape(_TAG.sub("", paragraph)).split())
            found += [sentence for sentence in _SENTENCE.split(text) if sentence and not set(sentence) & set('&<>"')]
    return found
