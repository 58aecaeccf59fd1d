"""Scenes in rooms."""

from __future__ import annotations

import math

from PIL import Image

from demo.pictures.brush import (
    BRICK,
    CREAM,
    DUSK,
    HEIGHT,
    INK,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    PLUM,
    RED,
    RUST,
    SAGE,
    SAND,
    SEA,
    SLATE,
    WIDTH,
    Canvas,
    Point,
    arc,
    ellipse,
    person,
    rectangle,
)


def kitchen_court() -> Image.Image:
    """A kitchen table under a lamp, two empty chairs, papers and a tape measure."""
    x: float
    y: float
    canvas = Canvas(11, "#3b3f3c", "#2a2422")
    wall = rectangle(0, 0, WIDTH, 640)
    canvas.shape(wall, "#5d6456")
    canvas.shade(wall, "#2d322d", "up", 0.95)
    for x in range(0, WIDTH, 84):
        canvas.shade(rectangle(x, 420, 80, 220), "#7d8570", "up", 0.4)
    canvas.box(150, 110, 260, 290, NIGHT)
    canvas.shade(rectangle(150, 110, 260, 290), DUSK, "down", 1.0)
    canvas.disc(350, 180, 26, CREAM)
    for bar in (rectangle(272, 110, 14, 290), rectangle(150, 246, 260, 12)):
        canvas.shape(bar, CREAM)
    for edge in (
        rectangle(136, 96, 288, 16),
        rectangle(136, 398, 288, 22),
        rectangle(136, 96, 16, 320),
        rectangle(408, 96, 16, 320),
    ):
        canvas.shape(edge, CREAM)
    canvas.box(1050, 150, 330, 18, "#8b6b4a")
    for number, (x, tall, colour) in enumerate(
        (
            (1070, 74, RED),
            (1112, 92, SEA),
            (1150, 66, OCHRE),
            (1188, 88, BRICK),
            (1226, 80, SAGE),
            (1264, 70, CREAM),
            (1306, 94, PLUM),
        )
    ):
        canvas.box(x, 150 - tall, 34 - number % 2 * 6, tall, colour)
        canvas.shade(rectangle(x, 150 - tall, 34 - number % 2 * 6, tall), INK, "left", 0.5)
    cone = [(690, 250), (810, 250), (1370, 800), (130, 800)]
    canvas.shade(cone, "#f3cf7f", "up", 0.75)
    for x, towards in ((190, 1), (1310, -1)):
        _chair(canvas, x, towards)
    table = [(250, 690), (1250, 690), (1400, 800), (100, 800)]
    canvas.shape(table, "#b9773f")
    canvas.shade(table, "#f2cf86", "centre", 0.9)
    canvas.box(100, 800, 1300, 34, "#6d4023")
    for x in (170, 1270):
        canvas.box(x, 834, 56, 170, "#5a341d")
        canvas.shade(rectangle(x, 834, 56, 170), INK, "left", 0.7)
    for x, y, lean in ((520, 708, 30), (640, 728, -14), (850, 712, 18)):
        sheet: list[Point] = [(x, y), (x + 150, y - lean * 0.2), (x + 174 + lean, y + 56), (x + lean, y + 60)]
        canvas.shape([(px + 5, py + 7) for px, py in sheet], "#7a4a26")
        canvas.shape(sheet, PAPER)
        for row in range(4):
            canvas.line([(x + 22 + row * 5, y + 12 + row * 11), (x + 120 + row * 6, y + 9 + row * 11)], SLATE, 2.4)
    canvas.disc(380, 742, 42, RED, 26)
    canvas.disc(380, 732, 42, "#d4553c", 26)
    canvas.disc(380, 732, 13, BRICK, 8)
    tape: list[Point] = [(418, 738), (520, 786), (700, 776), (870, 792), (1010, 778)]
    canvas.line(tape, "#f0c54f", 13)
    for number in range(24):
        x, y = _along(tape, number / 24)
        canvas.line([(x, y - 5), (x, y + (4 if number % 4 else 7))], INK, 2)
    for x in (1060, 1150):
        canvas.shape([(x, 694), (x + 52, 694), (x + 44, 764), (x + 8, 764)], "#dfe4dc")
        canvas.shape([(x + 4, 716), (x + 48, 716), (x + 43, 760), (x + 9, 760)], RUST)
        canvas.shade([(x, 694), (x + 52, 694), (x + 44, 764), (x + 8, 764)], PAPER, "right", 0.5)
    canvas.line([(750, 0), (750, 150)], INK, 6)
    shade: list[Point] = [(700, 150), (800, 150), (880, 256), (620, 256)]
    canvas.shape(shade, RED)
    canvas.shade(shade, BRICK, "left", 0.9)
    canvas.disc(750, 256, 62, "#fff1c4", 20)
    canvas.glow(750, 280, 300, "#fbe3a0", 0.5)
    return canvas.done()


def _chair(canvas: Canvas, x: float, towards: int) -> None:
    back = [(x - 66, 470), (x + 66, 470), (x + 74, 860), (x - 74, 860)]
    for leg in (x - 66, x + 48):
        canvas.box(leg, 470, 18, 530, "#38241a")
    for y in (480, 560, 640):
        canvas.box(x - 60, y, 120, 34, "#5b3a26")
        canvas.shade(rectangle(x - 60, y, 120, 34), OCHRE, "right" if towards == 1 else "left", 0.8)
    canvas.shade(back, INK, "down", 0.2)


def _along(points: list[Point], part: float) -> Point:
    place = part * (len(points) - 1)
    index = min(int(place), len(points) - 2)
    (x1, y1), (x2, y2) = points[index], points[index + 1]
    return x1 + (x2 - x1) * (place - index), y1 + (y2 - y1) * (place - index)


def doors() -> Image.Image:
    """A hall of doors that stand free, light in bars on the floor, the red one ajar."""
    x: float
    y: float
    canvas = Canvas(12, "#d8cdb4", "#a58e6e")
    floor = [(0, 640), (WIDTH, 640), (WIDTH, HEIGHT), (0, HEIGHT)]
    canvas.shape(floor, "#9b7a58")
    canvas.shade(floor, "#4b3527", "down", 0.7)
    for x in (120, 420, 720, 1020, 1320):
        canvas.shape([*arc(x, 170, 84, 180, 360), (x + 84, 470), (x - 84, 470)], "#f6ecd0")
        canvas.shade([*arc(x, 170, 84, 180, 360), (x + 84, 470), (x - 84, 470)], MIST, "up", 0.7)
        canvas.line([(x, 90), (x, 470)], "#7d6b52", 7)
        for y in (200, 290, 380):
            canvas.line([(x - 84, y), (x + 84, y)], "#7d6b52", 5)
        light = [(x + 10, 660), (x + 150, 660), (x + 420, 1000), (x + 170, 1000)]
        canvas.shade(light, "#f7e2b0", "up", 0.75)
    colours = [SEA, SAGE, OCHRE, BRICK, PINE, SAND, PLUM, SLATE, RUST, MOSS, CREAM, DUSK]
    for row, (base, tall, count) in enumerate(((690, 250, 12), (770, 330, 9), (900, 440, 6))):
        step = WIDTH / count
        for number in range(count + 1):
            x = number * step - step * 0.4 + canvas.random.uniform(-12, 12) + row * 30
            if row == 2 and 620 < x + tall * 0.22 < 900:
                continue
            _door(canvas, x, base, tall, colours[(number * 5 + row * 3) % len(colours)])
    canvas.shade(rectangle(560, 380, 420, 600), "#fbe7b4", "centre", 0.55)
    _door(canvas, 640, 950, 520, RED)
    gap: list[Point] = [(640 + 226, 430), (640 + 296, 396), (640 + 296, 990), (640 + 226, 950)]
    canvas.shape(gap, BRICK)
    canvas.shade(gap, INK, "left", 0.6)
    return canvas.done()


def _door(canvas: Canvas, x: float, base: float, tall: float, colour: str) -> None:
    wide = tall * 0.44
    shadow = [
        (x + wide, base - tall * 0.1),
        (x + wide + tall * 0.3, base + tall * 0.06),
        (x + tall * 0.2, base + tall * 0.08),
        (x, base),
    ]
    canvas.shape(shadow, "#4b3829")
    slab = rectangle(x, base - tall, wide, tall)
    canvas.shape(slab, colour)
    canvas.shade(slab, INK, "left", 0.55)
    edge, kind = wide * 0.16, canvas.random.randint(0, 3)
    panels = {
        0: [(0.06, 0.4), (0.54, 0.4)],
        1: [(0.06, 0.24), (0.35, 0.24), (0.64, 0.3)],
        2: [(0.08, 0.84)],
        3: [(0.07, 0.2), (0.32, 0.6)],
    }[kind]
    for top, height in panels:
        panel = rectangle(x + edge, base - tall + top * tall, wide - 2 * edge, height * tall)
        canvas.shade(panel, INK, "up", 0.5)
        canvas.shade(panel, PAPER, "down", 0.3)
        outline = [*panel, panel[0]]
        canvas.line(outline, INK, max(tall * 0.005, 1.4))
    canvas.disc(x + wide * 0.87, base - tall * 0.46, tall * 0.016, "#f0cf8a")


def night_class() -> Image.Image:
    """A lit classroom in a dark market hall, a clock at two."""
    x: float
    y: float
    canvas = Canvas(15, "#10161d", "#1d2430")
    for x in range(-80, WIDTH + 200, 230):
        canvas.line([(x, 0), (x + 150, 210)], "#2c3642", 9)
        canvas.line([(x + 300, 0), (x + 150, 210)], "#2c3642", 9)
    canvas.box(0, 206, WIDTH, 16, "#303b48")
    floor = [(0, 760), (WIDTH, 760), (WIDTH, HEIGHT), (0, HEIGHT)]
    canvas.shape(floor, "#232a33")
    room = rectangle(400, 300, 700, 470)
    canvas.shade([(400, 770), (1100, 770), (1420, 1000), (80, 1000)], "#e7b75b", "up", 0.85)
    canvas.glow(750, 520, 620, "#d89a44", 0.35)
    canvas.shape(room, "#f2cd7c")
    canvas.shade(room, "#d18f3f", "up", 0.4)
    canvas.box(470, 350, 470, 210, "#274238")
    canvas.shade(rectangle(470, 350, 470, 210), PINE, "left", 0.9)
    canvas.line([(520, 520), (520, 390), (520, 520), (880, 520)], CREAM, 4)
    canvas.line(
        [(520 + x, 516 - 100 * math.sin(x / 360 * math.pi) ** 2 - x * 0.05) for x in range(0, 350, 10)], "#f0b9a4", 5
    )
    for x, y, wide in ((560, 384, 90), (560, 404, 60), (790, 384, 110)):
        canvas.line([(x, y), (x + wide, y)], "#b9c6b4", 4)
    canvas.box(462, 558, 486, 12, "#8b5a2d")
    canvas.disc(1022, 408, 58, PAPER)
    canvas.disc(1022, 408, 5, INK)
    for angle, long, wide in ((-90, 44, 5), (-30, 30, 7)):
        turn = math.radians(angle)
        canvas.line([(1022, 408), (1022 + long * math.cos(turn), 408 + long * math.sin(turn))], INK, wide)
    for hour in range(12):
        turn = math.tau * hour / 12
        canvas.disc(1022 + 48 * math.cos(turn), 408 + 48 * math.sin(turn), 3, RED)
    person(canvas, 1000, 770, 250, RED, hair="#6d4a2c")
    for row, (y, count) in enumerate(((790, 6), (856, 7), (936, 8))):
        for number in range(count):
            x = 750 + (number - (count - 1) / 2) * (122 + row * 20)
            size = 46 + row * 10
            coat = [SLATE, PLUM, SEA, MOSS, BRICK, DUSK, RUST][(number * 2 + row) % 7]
            canvas.shape(
                [*arc(x, y, size * 1.15, 180, 360, size), (x + size * 1.2, y + 110), (x - size * 1.2, y + 110)], coat
            )
            canvas.shade(
                [*arc(x, y, size * 1.15, 180, 360, size), (x + size * 1.2, y + 110), (x - size * 1.2, y + 110)],
                INK,
                "down",
                0.8,
            )
            canvas.disc(x, y - size * 1.1, size * 0.6, canvas.random.choice([INK, "#4b3222", "#c9a878", "#7c7468"]))
            canvas.shade(ellipse(x, y - size * 1.1, size * 0.6, size * 0.6), "#f2cd7c", "up", 0.55)
    for x in (40, 190, 1180, 1330):
        for crate in range(3 if x in (40, 1330) else 2):
            y = 770 - crate * 92
            canvas.box(x, y - 92, 140, 86, "#4a3a2a")
            for slat in range(3):
                canvas.box(x, y - 90 + slat * 29, 140, 22, "#6b5135")
            canvas.shade(rectangle(x, y - 92, 140, 86), "#10161d", "left" if x > 700 else "right", 0.25)
            canvas.shade(rectangle(x, y - 92, 140, 86), "#10161d", "right" if x > 700 else "left", 0.9)
    return canvas.done()
