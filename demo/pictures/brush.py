"""What the demonstration's illustrations are drawn with: flat shapes in the house's colours, shaded in grain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1500, 1000  # of the sheet that is drawn on
_SIZE = (1200, 800)  # of the picture, in pixels
_FINE = 1.6  # and it is drawn so many times as large as the sheet, for smooth edges
Point = tuple[float, float]

PAPER, CREAM, SAND, OCHRE = "#fcfaf5", "#f1e4c8", "#dcbd8c", "#c8902f"
RED, BRICK, RUST = "#b23a26", "#8a2c1e", "#c86a3c"
INK, NIGHT, DUSK, SLATE = "#1b1a17", "#1a2430", "#37405a", "#566476"
SEA, MIST, SKY = "#3d6472", "#a9bcba", "#cfd8cf"
MOSS, SAGE, PINE = "#5d6b45", "#93a07a", "#2f4238"
ROSE, PLUM = "#d99b84", "#5e3c4c"


class Canvas:
    """A picture of WIDTH × HEIGHT in the making; places are in its pixels, the same seed draws the same picture."""

    def __init__(self, seed: int, top: str, bottom: str) -> None:
        self.random = Random(seed)  # noqa: S311
        size = (round(WIDTH * _FINE), round(HEIGHT * _FINE))
        self.grain = Image.frombytes("L", size, self.random.randbytes(size[0] * size[1]))
        self.image = Image.new("RGB", size, top)
        self.shade([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], bottom, "down")

    # --- Shapes ---

    def shape(self, points: Sequence[Point], colour: str) -> None:
        ImageDraw.Draw(self.image).polygon([(x * _FINE, y * _FINE) for x, y in points], fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.shape(rectangle(x, y, width, height), colour)

    def disc(self, x: float, y: float, radius: float, colour: str, height: float | None = None) -> None:
        self.shape(ellipse(x, y, radius, height or radius), colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        scaled = [(x * _FINE, y * _FINE) for x, y in points]
        ImageDraw.Draw(self.image).line(scaled, fill=colour, width=round(width * _FINE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)

    # --- Light ---

    def shade(self, points: Sequence[Point], colour: str, towards: str, strength: float = 1.0) -> None:
        """Grain of `colour` over a shape, thicker towards "down", "up", "left", "right" or its "edge"."""
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon([(x * _FINE, y * _FINE) for x, y in points], fill=255)
        seen = mask.getbbox()
        if not seen:
            return
        left, top = (round(min(axis) * _FINE) for axis in zip(*points, strict=True))
        right, bottom = (round(max(axis) * _FINE) for axis in zip(*points, strict=True))
        slope = _slope(towards, (right - left + 1, bottom - top + 1))
        part = slope.crop((seen[0] - left, seen[1] - top, seen[2] - left, seen[3] - top))
        part = part.point(lambda value: int(value * strength))
        dots = ImageChops.subtract(part, self.grain.crop(seen)).point(lambda value: 255 if value else 0)
        self.image.paste(colour, seen, ImageChops.multiply(dots, mask.crop(seen)))

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 0.8) -> None:
        """Light in grain, round a point."""
        self.shade(ellipse(x, y, radius, radius), colour, "centre", strength)

    def done(self) -> Image.Image:
        small = self.image.resize(_SIZE, Image.Resampling.BOX)
        return small.filter(ImageFilter.UnsharpMask(1.2, 40, 2))


def _slope(towards: str, size: tuple[int, int]) -> Image.Image:
    if towards in ("centre", "edge"):
        slope = Image.radial_gradient("L").point(lambda value: min(round(value * 1.42), 255))  # 255 at the rim
        slope = ImageChops.invert(slope) if towards == "centre" else slope
        return slope.resize(size)
    turn = {"down": 0, "right": 90, "up": 180, "left": 270}[towards]
    return Image.linear_gradient("L").rotate(turn).resize(size)


# --- Outlines ---


def rectangle(x: float, y: float, width: float, height: float) -> list[Point]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def ellipse(x: float, y: float, width: float, height: float) -> list[Point]:
    """Round the point (x, y); `width` and `height` are its radii."""
    turns = [math.tau * step / 72 for step in range(72)]
    return [(x + width * math.cos(turn), y + height * math.sin(turn)) for turn in turns]


def ridge(random: Random, y: float, height: float, step: float = 90, bottom: float = HEIGHT) -> list[Point]:
    """A hilly outline across the picture, down to `bottom`."""
    heights = [random.uniform(-height, height) for _ in range(int(WIDTH / step) + 4)]
    top: list[Point] = []
    for x in range(0, WIDTH + 10, 10):
        place = x / step
        index, part = int(place), place - int(place)
        ease = (1 - math.cos(part * math.pi)) / 2
        top.append((x, y + heights[index] * (1 - ease) + heights[index + 1] * ease))
    return [*top, (WIDTH, bottom), (0, bottom)]


def arc(x: float, y: float, radius: float, start: float, end: float, height: float | None = None) -> list[Point]:
    """Part of an ellipse, from one angle to another in degrees, clockwise from the right."""
    steps = max(int(abs(end - start) / 4), 2)
    turns = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + radius * math.cos(turn), y + (height or radius) * math.sin(turn)) for turn in turns]


def person(canvas: Canvas, x: float, y: float, size: float, coat: str, skin: str = ROSE, hair: str = INK) -> None:
    """Somebody who stands at (x, y), seen from afar; `size` is their height."""
    wide = size * 0.21
    body = [(x - wide * 0.62, y - size * 0.78), (x + wide * 0.62, y - size * 0.78), (x + wide, y), (x - wide, y)]
    canvas.shape(body, coat)
    canvas.disc(x, y - size * 0.78, wide * 0.62, coat)
    canvas.shade(body, INK, "left", 0.45)
    canvas.disc(x, y - size * 0.93, size * 0.085, skin)
    canvas.shape(arc(x, y - size * 0.945, size * 0.095, 180, 360), hair)
