"""Scenes in rooms, and things seen from near."""

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
    ROSE,
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
    ridge,
)


def kitchen_court() -> Image.Image:
    """A kitchen table under a lamp, two empty chairs, papers and a tape measure."""
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


def scale() -> Image.Image:
    """A loaf on one side of a balance that hangs too high, weights on the other."""
    canvas = Canvas(13, "#dca24c", "#c27f2e")
    canvas.disc(750, 520, 430, "#e9bb6c")
    canvas.shade(ellipse(750, 520, 430, 430), "#f6dda0", "up", 0.8)
    table = rectangle(0, 850, WIDTH, 150)
    canvas.shape(table, BRICK)
    canvas.shade(table, INK, "down", 0.6)
    canvas.shape([(560, 850), (940, 850), (890, 796), (610, 796)], NIGHT)
    canvas.shape([(728, 800), (772, 800), (762, 260), (738, 260)], NIGHT)
    canvas.shade([(728, 800), (772, 800), (762, 260), (738, 260)], SLATE, "right", 0.8)
    canvas.line([(330, 236), (1170, 344)], NIGHT, 22)
    canvas.disc(750, 290, 40, NIGHT)
    canvas.disc(750, 290, 17, OCHRE)
    for x, y, deep in ((330, 236, 560), (1170, 344, 690)):
        for side in (-170, 170):
            canvas.line([(x, y), (x + side, deep)], NIGHT, 4)
        pan = arc(x, deep, 190, 0, 180, 62)
        canvas.shape(pan, "#39434d")
        canvas.shade(pan, MIST, "up", 0.7)
        canvas.disc(x, deep, 190, SLATE, 22)
    loaf = [*arc(330, 548, 158, 180, 360, 128), (488, 562), (172, 562)]
    canvas.shape(loaf, "#b5672d")
    canvas.shade(loaf, "#6d3518", "down", 0.9)
    canvas.shade(loaf, "#f2cb85", "up", 0.75)
    for x in (240, 320, 400):
        cut = arc(x, 500, 46, 200, 320, 70)
        canvas.line(cut, "#f6dfae", 11)
        canvas.line([(px + 5, py + 7) for px, py in cut], "#7c421d", 4)
    for x, wide, tall in ((1060, 110, 150), (1186, 84, 112), (1280, 56, 76)):
        weight = rectangle(x, 686 - tall, wide, tall)
        canvas.shape(weight, "#2a323a")
        canvas.shade(weight, SLATE, "right", 0.9)
        canvas.box(x + wide * 0.3, 686 - tall - 18, wide * 0.4, 20, "#2a323a")
    return canvas.done()


def loaves() -> Image.Image:
    """Sixty loaves in rows, each a little lighter in colour than the one before."""
    canvas = Canvas(14, CREAM, SAND)
    for row in range(6):
        for number in range(10):
            part = (row * 10 + number) / 59
            x, y = 96 + number * 145, 122 + row * 160
            size = 58 - 13 * part
            tone = tuple(int(a + (b - a) * part) for a, b in ((150, 222), (78, 170), (36, 104)))
            colour = "#{:02x}{:02x}{:02x}".format(*tone)
            canvas.disc(x + 7, y + 11, size, "#bfa377", size * 0.74)
            crust = ellipse(x, y, size, size * 0.74)
            canvas.shape(crust, colour)
            canvas.shade(crust, "#5b2c14", "down", 0.7)
            canvas.shade(crust, CREAM, "up", 0.4)
            for cut in (-0.4, 0, 0.4):
                canvas.line(
                    [(x + size * (cut - 0.12), y + size * 0.26), (x + size * (cut + 0.12), y - size * 0.32)],
                    "#f3dcae",
                    5,
                )
    return canvas.done()


def night_class() -> Image.Image:
    """A lit classroom in a dark market hall, a clock at two."""
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


def scroll() -> Image.Image:
    """A town in the snow, and a road of printed lines through it, one of them red."""
    canvas = Canvas(16, "#8ea5b4", "#dfe2da")
    for y, colour in ((330, "#9db0ba"), (400, "#b9c6c8")):
        canvas.shape(ridge(canvas.random, y, 50, 260), colour)
    ground = ridge(canvas.random, 500, 20, 300)
    canvas.shape(ground, "#eef0ea")
    canvas.shade(ground, "#b8c6cb", "down", 0.7)
    paper: list[Point] = [
        (700, 440),
        (790, 440),
        (960, 560),
        (840, 700),
        (1130, 1000),
        (330, 1000),
        (640, 700),
        (740, 570),
    ]
    canvas.shape([(x + 14, y + 10) for x, y in paper], "#9aaab2")
    canvas.shape(paper, PAPER)
    for number in range(24):
        near = number / 23
        y = 460 + 520 * near**1.5
        left, right = _edges(paper, y)
        margin = (right - left) * 0.13
        red = number == 15
        long = right - margin if red else right - margin - (right - left) * canvas.random.choice([0, 0.1, 0.32, 0.5])
        canvas.line([(left + margin, y), (long, y)], RED if red else SLATE, 2 + near * (11 if red else 8))
    spots = (
        (90, 560, 120),
        (260, 520, 96),
        (430, 545, 104),
        (560, 500, 74),
        (960, 505, 84),
        (1090, 545, 110),
        (1270, 560, 130),
        (130, 760, 180),
        (1230, 790, 190),
        (400, 740, 140),
        (1010, 720, 120),
    )
    for number, (x, y, size) in enumerate(spots):
        wall = rectangle(x, y, size, size * 0.72)
        canvas.shape(wall, [BRICK, SEA, OCHRE, PLUM, RUST, PINE][number % 6])
        canvas.shade(wall, INK, "left", 0.55)
        roof: list[Point] = [(x - size * 0.1, y + 4), (x + size * 0.5, y - size * 0.46), (x + size * 1.1, y + 4)]
        canvas.shape(roof, PAPER)
        canvas.shade(roof, "#9fb4bf", "left", 0.8)
        lit = number not in (2, 5, 9)
        for window in (0.18, 0.56):
            canvas.box(x + size * window, y + size * 0.22, size * 0.24, size * 0.26, "#f6cf74" if lit else "#27323b")
        if lit:
            for puff in range(4):
                canvas.glow(
                    x + size * 0.8 + puff * 14, y - size * 0.5 - puff * 34, 22 + puff * 8, PAPER, 0.8 - puff * 0.15
                )
    for _ in range(420):
        canvas.disc(
            canvas.random.uniform(0, WIDTH), canvas.random.uniform(0, HEIGHT), canvas.random.uniform(1.4, 4.6), PAPER
        )
    return canvas.done()


def _edges(outline: list[Point], y: float) -> Point:
    """The leftmost and rightmost x of an outline at a height."""
    crossed = []
    for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if min(y1, y2) <= y < max(y1, y2):
            crossed.append(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    return min(crossed), max(crossed)


def peas() -> Image.Image:
    """A pea plant that climbs out of an old envelope."""
    canvas = Canvas(17, "#e8e2c8", "#cdd3ac")
    canvas.disc(980, 380, 300, "#f4eccd")
    canvas.shade(ellipse(980, 380, 300, 300), OCHRE, "down", 0.35)
    envelope: list[Point] = [(180, 560), (900, 520), (930, 900), (210, 940)]
    canvas.shape([(x + 16, y + 20) for x, y in envelope], "#a8ab84")
    canvas.shape(envelope, "#d9b98a")
    canvas.shade(envelope, RUST, "down", 0.45)
    flap: list[Point] = [(180, 560), (900, 520), (560, 740)]
    canvas.shape(flap, "#c79e6b")
    canvas.shade(flap, CREAM, "up", 0.5)
    for row, (start, end) in enumerate(((420, 700), (430, 640), (440, 720))):
        canvas.line([(start, 800 + row * 36), (end, 785 + row * 36)], "#6d4a2c", 5)
    canvas.box(780, 572, 84, 104, RED)
    canvas.shade(rectangle(780, 572, 84, 104), PAPER, "up", 0.5)
    canvas.disc(800, 660, 62, "#6d4a2c")
    canvas.disc(800, 660, 56, "#d0a875")
    stem: list[Point] = [
        (540, 640),
        (600, 500),
        (560, 380),
        (680, 250),
        (820, 240),
        (960, 150),
        (1130, 170),
        (1260, 90),
    ]
    canvas.line(stem, MOSS, 13)
    for x, y, size, turn in (
        (590, 470, 88, 1),
        (570, 360, 92, -1),
        (700, 236, 84, -1),
        (840, 250, 90, 1),
        (980, 140, 80, -1),
        (1140, 180, 88, 1),
    ):
        leaf = [*arc(x + turn * size * 0.8, y, size, 0, 360, size * 0.5)]
        canvas.shape(leaf, SAGE if turn == 1 else MOSS)
        canvas.shade(leaf, PINE, "down", 0.75)
    for x, y in ((760, 400), (1080, 330), (1270, 210)):
        _pod(canvas, x, y)
    for x, y in ((1020, 800), (1090, 860), (1160, 790), (1230, 870), (1310, 800), (1120, 930), (1380, 890)):
        canvas.disc(x + 8, y + 12, 36, "#a3a77d")
        canvas.disc(x, y, 36, "#8fa04e")
        canvas.shade(ellipse(x, y, 36, 36), PINE, "down", 0.7)
        canvas.disc(x - 11, y - 12, 8, "#dfe3b4")
    return canvas.done()


def _pod(canvas: Canvas, x: float, y: float) -> None:
    pod: list[Point] = [*arc(x, y, 170, 10, 170, 86), *arc(x, y, 168, 170, 10, 16)]
    canvas.line([(x, y - 90), (x - 60, y - 20), (x - 150, y + 10)], MOSS, 7)
    canvas.shape(pod, MOSS)
    canvas.shade(pod, PINE, "left", 0.7)
    for number in range(5):
        pea = ellipse(x - 96 + number * 48, y + 42 - abs(number - 2) * 7, 25, 25)
        canvas.shape(pea, "#a9b85f")
        canvas.shade(pea, MOSS, "down", 0.8)


def needle_and_tile() -> Image.Image:
    """A hand, a knitting needle in the mud, and the tile under it, cut through."""
    canvas = Canvas(18, "#e9d9b6", "#d8b98c")
    grass = ridge(canvas.random, 400, 8, 120)
    canvas.shape(grass, MOSS)
    for y, colour in ((430, "#77613f"), (520, "#66513a"), (620, "#584536"), (730, "#4a3a31"), (850, "#3d3029")):
        mud = ridge(canvas.random, y, 12, 180)
        canvas.shape(mud, colour)
        canvas.shade(mud, "#241b17", "down", 0.4)
    for _ in range(150):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(450, 960)
        canvas.line([(x, y), (x + canvas.random.uniform(20, 90), y)], canvas.random.choice(["#8d7650", "#332722"]), 3)
    for _ in range(190):
        x = canvas.random.uniform(0, WIDTH)
        canvas.line(
            [(x, 415), (x + canvas.random.uniform(-22, 22), 415 - canvas.random.uniform(30, 96))],
            canvas.random.choice([MOSS, SAGE, PINE, OCHRE]),
            4,
        )
    tile: list[Point] = rectangle(520, 800, 460, 54)
    canvas.shape(tile, PAPER)
    canvas.shade(tile, MIST, "down", 0.8)
    canvas.line([(750, 90), (750, 798)], "#c9d2d4", 11)
    canvas.line([(747, 90), (747, 798)], PAPER, 3)
    canvas.disc(750, 396, 28, RED, 13)
    for y in range(400, 800, 40):
        canvas.line([(850, y), (870 if y % 200 else 896, y)], CREAM, 4)
    canvas.line([(850, 400), (850, 798)], CREAM, 4)
    sleeve: list[Point] = [(1500, 0), (1500, 250), (1010, 300), (960, 150)]
    canvas.shape(sleeve, RED)
    canvas.shade(sleeve, BRICK, "down", 0.9)
    hand: list[Point] = [
        (1010, 296),
        (968, 150),
        (820, 150),
        (748, 196),
        (726, 240),
        (764, 268),
        (840, 250),
        (860, 300),
    ]
    canvas.shape(hand, ROSE)
    canvas.shade(hand, PLUM, "down", 0.4)
    for y in (176, 206, 232):
        canvas.line([(752, y + 10), (860, y)], "#b67a66", 4)
    canvas.disc(750, 96, 15, OCHRE)
    return canvas.done()
