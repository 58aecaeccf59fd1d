"""What a social card looks like: a sheet of paper with the outlet's name, the title and who translated it.

Beside them stands the lead picture, cropped around its focal point; without one the sheet is the outlet's red. Right-to-left titles turn the
whole sheet around.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

SIZE = WIDTH, HEIGHT = 1200, 630
_EDGE = 60
_PHOTO = 500  # pixels of the width that the lead picture takes
_TITLE, _OUTLET, _BYLINE = range(100, 33, -2), range(36, 23, -1), range(30, 23, -1)  # sizes, the largest that fits
_WHOLE_WORDS = 44  # the size down to which the title is made smaller rather than a word broken
_LEADING = 1.14

_FONTS = Path(__file__).with_name("fonts")
_BOLD, _PLAIN = "SourceSerif4_600SemiBold.ttf", "SourceSerif4_400Regular.ttf"
_OTHER_SCRIPTS = {"HEBREW": "NotoSerifHebrew-Bold.ttf", "ARABIC": "NotoNaskhArabic-Bold.ttf"}
#: In a line that runs to the left: what those fonts lack, such as numbers, names in Latin letters, punctuation.
_FOREIGN = re.compile(r"([^\s\u0590-\u08ff]+(?:\s+[^\s\u0590-\u08ff]+)*)")


@dataclass(frozen=True, slots=True)
class Colours:
    """Of a ground and what is written on it; those of static/css/tokens.css."""

    ground: str
    title: str
    outlet: str
    byline: str
    rule: str
    line: str


_PAPER = Colours("#fcfaf5", title="#1b1a17", outlet="#9b2c1d", byline="#5c564c", rule="#1b1a17", line="#d8d1c3")
_RED = Colours("#9b2c1d", title="#fcfaf5", outlet="#fcfaf5", byline="#f6dcd2", rule="#fcfaf5", line="#bb6a5c")


def draw(
    *, outlet: str, title: str, byline: str, mark: str = "", photo: Image.Image | None = None, focus: str = ""
) -> Image.Image:
    """The card. `focus` is "x y" in percent of `photo`; `mark` is a word above the title."""
    colours = _PAPER if photo else _RED
    sheet = Image.new("RGB", SIZE, colours.ground)
    is_turned = is_right_to_left(title)
    left, right = _EDGE, WIDTH - _EDGE
    if photo:
        x, y = (int(part) / 100 for part in (focus or "50 50").split())
        cropped = ImageOps.fit(photo.convert("RGB"), (_PHOTO, HEIGHT), Image.Resampling.LANCZOS, centering=(x, y))
        sheet.paste(cropped, (0 if is_turned else WIDTH - _PHOTO, 0))
        left, right = (_PHOTO + _EDGE, right) if is_turned else (left, WIDTH - _PHOTO - _EDGE)
    _Sheet(ImageDraw.Draw(sheet), left, right, is_turned, colours).write(outlet, title, byline, mark)
    return sheet


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is of a script that runs to the left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


@dataclass(frozen=True, slots=True)
class _Pen:
    """A face in a size, which may take letters of other scripts from other faces."""

    file: str
    size: int

    def runs(self, line: str) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """The parts of a line in the order in which they are read, each with its font."""
        parts = [part for part in _FOREIGN.split(line) if part] if is_right_to_left(line) else [line]
        return [(part, _font(_OTHER_SCRIPTS.get(_script(part), self.file), self.size)) for part in parts]

    def length(self, line: str) -> float:
        return sum(font.getlength(part) for part, font in self.runs(line))

    def wrapped(self, text: str, width: float) -> list[str]:
        """Lines no longer than `width`; a word that is longer alone is broken."""
        lines: list[str] = []
        for word in text.split():
            if lines and self.length(f"{lines[-1]} {word}") <= width:
                lines[-1] += f" {word}"
                continue
            while len(word) > 1 and (length := self.length(word)) > width:
                fits = max(1, min(len(word) - 1, int(len(word) * width / length)))
                while fits > 1 and self.length(word[:fits]) > width:
                    fits -= 1
                lines.append(word[:fits])
                word = word[fits:]
            lines.append(word)
        return lines

    def balanced(self, text: str, width: int) -> list[str]:
        """As many lines as needed, about equally long."""
        count, narrow, wide = len(self.wrapped(text, width)), width // 2, width
        while wide - narrow > 8:
            middle = (narrow + wide) // 2
            is_longer = len(self.wrapped(text, middle)) > count or self.breaks(text, middle)
            narrow, wide = (middle, wide) if is_longer else (narrow, middle)
        return self.wrapped(text, wide)

    def breaks(self, text: str, width: float) -> bool:
        return any(self.length(word) > width for word in text.split())


def _script(text: str) -> str:
    names = (unicodedata.name(letter, "") for letter in text if letter.isalpha())
    return next((script for name in names for script in _OTHER_SCRIPTS if name.startswith(script)), "")


@lru_cache(maxsize=256)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / file), size)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The part of the card that is written on, from `left` to `right`."""

    canvas: ImageDraw.ImageDraw
    left: int
    right: int
    is_turned: bool
    colours: Colours

    @property
    def width(self) -> int:
        return self.right - self.left

    def write(self, outlet: str, title: str, byline: str, mark: str) -> None:
        top, bottom = _EDGE + 96, HEIGHT - _EDGE
        self.canvas.rectangle((self.left, _EDGE - 6, self.right, _EDGE - 1), fill=self.colours.rule)
        self.lines(*self.fitted(outlet, _BOLD, _OUTLET, 44), self.colours.outlet, _EDGE + 16)
        self.canvas.line((self.left, _EDGE + 72, self.right, _EDGE + 72), fill=self.colours.line, width=2)
        if byline:
            pen, lines = self.fitted(byline, _PLAIN, _BYLINE, 74)
            height = self.height(pen, lines)
            self.lines(pen, lines, self.colours.byline, bottom - height)
            bottom -= height + 24
        if mark:
            self.lines(_Pen(_BOLD, 30), [mark.upper()], self.colours.outlet, top)
            top += 48
        pen, lines = self.fitted(title, _BOLD, _TITLE, bottom - top)
        if not self.is_photo_card:  # nothing stands beside the title: it takes the middle of its room
            top += (bottom - top - self.height(pen, lines)) // 2
        self.lines(pen, lines, self.colours.title, top)

    @property
    def is_photo_card(self) -> bool:
        return self.colours is _PAPER

    @staticmethod
    def height(pen: _Pen, lines: list[str]) -> int:
        return round(len(lines) * pen.size * _LEADING)

    def lines(self, pen: _Pen, lines: list[str], colour: str, top: float) -> None:
        baseline = top + pen.size * 0.93
        for line in lines:
            place: float = self.right if self.is_turned else self.left
            for part, font in pen.runs(line):
                self.canvas.text((place, baseline), part, colour, font, anchor="rs" if self.is_turned else "ls")
                place += font.getlength(part) * (-1 if self.is_turned else 1)
            baseline += pen.size * _LEADING

    def fitted(self, text: str, face: str, sizes: range, height: int) -> tuple[_Pen, list[str]]:
        """The largest size in which the text fits, and its lines; in the smallest, what does not fit is cut off."""
        for size in sizes:
            pen = _Pen(face, size)
            if size > _WHOLE_WORDS and pen.breaks(text, self.width):
                continue
            lines = pen.wrapped(text, self.width)
            if self.height(pen, lines) <= height:
                return pen, lines if pen.breaks(text, self.width) else pen.balanced(text, self.width)
        kept = lines[: max(1, int(height / (pen.size * _LEADING)))]
        last = kept[-1]
        while last and pen.length(f"{last}…") > self.width:
            last = last[:-1]
        return pen, [*kept[:-1], f"{last.rstrip()}…"]
