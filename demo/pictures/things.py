"""Things seen from near, and a town of paper."""

from __future__ import annotations

from PIL import Image

from demo.pictures.brush import (
    BRICK,
    CREAM,
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
    rectangle,
    ridge,
)


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
    x: float
    y: float
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
