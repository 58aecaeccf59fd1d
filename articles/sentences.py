"""Which sentence of a text a change has changed, for people to be shown it in short."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.differences import lines
from articles.text import policy_text

LONGEST = 1_000  # characters; what is longer is a passage rather than a sentence
_MOST = 2  # sentences that one became, or that became one
_END = re.compile(r"[.!?…。！？؟]+[»”“\"’')\]]*\s+(?=[«„“\"'‘(\[—–-]?\s?[^\W_])")
#: After these a full stop ends no sentence, whatever follows.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«„“\"])(?:[^\W\d_]|Mrs?|Ms|Dr|St|Prof|Rev|Hon|Fr|Sen|Rep|Gov|Pres|No|vs|cf|al|Inc|Ltd|Co|e\.g|i\.e"
    r"|Gen|Col|Maj|Capt|Cpt|Lt|Sgt|Cpl|Pvt|Adm|Cmdr|Brig|Pte|Jr|Sr|Mt|Ave|Blvd"
    r"|ген|полк|підполк|кап|лейт|серж|адм|рядов|мол|зав|заст|нач|канд|чл|кор|укр|рос|англ|нім|див|рис|табл|смт"
    r"|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|ім|вул|просп|пл|обл|бул|буд|проф|акад|доц|напр|тис|млн|млрд|грн|коп|рр|ст|гр|св|о)\.$"
)


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """The one place that a change has changed, as sentences; `before` is empty where one came, `after` where one went.

    `after` stands at [start, end) of the new policy text.
    """

    before: str
    after: str
    start: int | None = None
    end: int | None = None


def sentences(text: str) -> list[str]:
    """The sentences of one line of text, which together are that line."""
    starts = beginnings(text)
    found = [text[start:end].rstrip() for start, end in itertools.pairwise([0, *starts])]
    last = text[starts[-1] if starts else 0 :]
    return [*found, last] if last else found


def beginnings(text: str) -> list[int]:
    """Where a sentence of one line of text begins after another one."""
    found: list[int] = []
    for match in _END.finditer(text):
        sentence = text[found[-1] if found else 0 : match.end()].rstrip()
        follows_small_letter = text[match.end() : match.end() + 9].lstrip("«„“\"'‘([—–- ")[:1].islower()
        if not follows_small_letter and not _ABBREVIATED.search(sentence):
            found.append(match.end())
    return found


def changed_sentence(old: str, new: str) -> ChangedSentence | None:
    """What became of the one sentence in which two bodies of stored HTML differ; None where they differ otherwise."""
    text = policy_text(new)
    found = _changed(list(_placed(old, policy_text(old))), list(_placed(new, text)))
    if found and found.after and text[found.start : found.end] != found.after:
        return ChangedSentence(found.before, found.after)
    return found


def changed_sentence_of_line(old: str, new: str) -> ChangedSentence | None:
    """The same of two lines of plain text, without a place."""
    found = _changed([(each, 0) for each in sentences(old)], [(each, 0) for each in sentences(new)])
    return ChangedSentence(found.before, found.after) if found else None


def _changed(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> ChangedSentence | None:
    matcher = SequenceMatcher(None, [text for text, _at in before], [text for text, _at in after], autojunk=False)
    changes = [codes for codes in matcher.get_opcodes() if codes[0] != "equal"]
    if len(changes) != 1:
        return None
    _tag, i1, i2, j1, j2 = changes[0]
    gone, come = " ".join(text for text, _at in before[i1:i2]), " ".join(text for text, _at in after[j1:j2])
    if min(i2 - i1, j2 - j1) > 1 or max(i2 - i1, j2 - j1) > _MOST or max(len(gone), len(come)) > LONGEST:
        return None
    if j1 == j2:
        return ChangedSentence(gone, "")
    return ChangedSentence(gone, come, after[j1][1], after[j2 - 1][1] + len(after[j2 - 1][0]))


def _placed(body: str, text: str) -> Iterator[tuple[str, int]]:
    """Each sentence with its place in the policy text: none reaches from one paragraph into the next."""
    at = 0
    for line in lines(body):
        for sentence in sentences(line):
            at = max(at, text.find(sentence, at))
            yield sentence, at
            at += len(sentence)
