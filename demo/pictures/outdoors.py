"""Scenes under the sky."""

from __future__ import annotations

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
    SKY,
    SLATE,
    WIDTH,
    Canvas,
    arc,
    ellipse,
    person,
    rectangle,
    ridge,
)


def salt_marsh() -> Image.Image:
    """A marsh at low water, a row of tiles, and somebody on his knees."""
    x: float
    y: float
    canvas = Canvas(1, "#e9d3ab", "#dd9c74")
    canvas.disc(1090, 330, 92, "#f6e7c6")
    canvas.glow(1090, 330, 430, "#f8e6bd", 0.8)
    canvas.shape(ridge(canvas.random, 398, 12, 160), SLATE)
    canvas.shade(ridge(canvas.random, 398, 12, 160), "#8d93a0", "down", 0.9)
    for number in range(11):
        x, wide = 90 + number * 52 + canvas.random.randint(-9, 9), canvas.random.randint(28, 44)
        canvas.shape([(x, 398), (x, 372), (x + wide / 2, 352), (x + wide, 372), (x + wide, 398)], "#7c4a44")
        canvas.shade(rectangle(x, 352, wide, 46), INK, "left", 0.5)
    sea = rectangle(0, 398, WIDTH, 90)
    canvas.shape(sea, "#8fa9a8")
    canvas.shade(sea, "#f0cf9d", "up", 0.8)
    for y, colour in ((470, SAGE), (560, "#7e8a58"), (680, MOSS), (820, "#4a5638")):
        bank = ridge(canvas.random, y, 16, 210)
        canvas.shape(bank, colour)
        canvas.shade(bank, "#39442c", "down", 0.62)
    creek = [(930, 480), (1010, 482), (1000, 540), (860, 620), (960, 720), (1250, 830), (1330, 1000), (820, 1000)]
    creek += [(870, 880), (700, 740), (640, 640), (780, 560)]
    canvas.shape(creek, "#c8a98c")
    canvas.shade(creek, "#6d8a90", "down", 0.95)
    canvas.shade(creek, "#f3d7a8", "up", 0.55)
    for number in range(7):  # the tiles, larger as they come nearer
        near = (number / 6) ** 1.4
        x, y, size = 380 - 300 * near, 640 + 290 * near, 12 + 47 * near
        tile = [
            (x, y),
            (x + size * 1.7, y - size * 0.12),
            (x + size * 1.95, y + size * 0.5),
            (x + size * 0.1, y + size * 0.62),
        ]
        canvas.shape([(px + 5 * near, py + 12 * near) for px, py in tile], "#2b331f")
        canvas.shape(tile, PAPER)
        canvas.shade(tile, MIST, "right", 0.7)
    _kneeling(canvas, 470, 770)
    for _ in range(260):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(860, HEIGHT + 20)
        lean, tall = canvas.random.uniform(-16, 16), canvas.random.uniform(26, 84)
        canvas.line([(x, y), (x + lean, y - tall)], canvas.random.choice([PINE, MOSS, "#26321f", OCHRE]), 2.4)
    return canvas.done()


def _kneeling(canvas: Canvas, x: float, y: float) -> None:
    canvas.shape(ellipse(x + 25, y + 8, 150, 20), "#2b331f")
    canvas.shape([(x - 70, y), (x + 60, y), (x + 72, y - 50), (x - 60, y - 74)], NIGHT)
    back = [(x - 66, y - 56), (x - 78, y - 150), (x - 10, y - 214), (x + 66, y - 176), (x + 58, y - 46)]
    canvas.shape(back, RED)
    canvas.shade(back, BRICK, "left", 0.9)
    canvas.shade(back, "#e2855f", "up", 0.3)
    arm = [(x + 48, y - 168), (x + 126, y - 96), (x + 112, y - 72), (x + 22, y - 122)]
    canvas.shape(arm, BRICK)
    canvas.disc(x + 122, y - 82, 13, ROSE)
    canvas.line([(x + 122, y - 150), (x + 122, y + 4)], PAPER, 4)
    canvas.disc(x + 52, y - 222, 38, ROSE)
    canvas.shape(arc(x + 48, y - 230, 42, 150, 350), "#d9d4c6")
    canvas.shade(ellipse(x + 52, y - 222, 38, 38), PLUM, "left", 0.5)


def border_choir() -> Image.Image:
    """Singers on both banks of a river, and the middle of the bridge closed."""
    x: float
    y: float
    canvas = Canvas(2, "#c9d3cf", "#efdcb8")
    for y, colour in ((330, "#a8b6ae"), (390, "#80937f"), (440, PINE)):
        hills = ridge(canvas.random, y, 36, 190)
        canvas.shape(hills, colour)
        canvas.shade(hills, CREAM, "up", 0.3)
    for x in range(10, WIDTH, 34):
        tall = canvas.random.uniform(46, 120)
        canvas.shape(
            [(x - 17, 470), (x, 470 - tall), (x + 17, 470)], canvas.random.choice([PINE, "#3c5244", "#26382f"])
        )
    river = rectangle(0, 470, WIDTH, 530)
    canvas.shape(river, SEA)
    canvas.shade(river, "#cdd9cf", "up", 0.85)
    for _ in range(130):
        x, y, wide = canvas.random.uniform(0, WIDTH), canvas.random.uniform(480, 990), canvas.random.uniform(30, 150)
        canvas.line([(x, y), (x + wide, y)], canvas.random.choice(["#86a4a6", "#2f5361", "#e6dcc0"]), 2)
    for towards in (1, -1):
        _bank(canvas, towards)
    return canvas.done()


def _bank(canvas: Canvas, towards: int) -> None:
    """One side: the bank, its half of the bridge and its singers; `towards` is 1 on the left, -1 on the right."""

    def at(x: float) -> float:
        return x if towards == 1 else WIDTH - x

    bridge = [(at(0), 560), (at(560), 530), (at(600), 546), (at(560), 566), (at(0), 610)]
    canvas.shape(bridge, "#4b3a35")
    canvas.shade(bridge, RUST, "up", 0.6)
    for x in (150, 330, 500):
        canvas.shape([(at(x), 560), (at(x + 40), 560), (at(x + 52), 760), (at(x - 12), 760)], "#3a3332")
        canvas.shade([(at(x), 560), (at(x + 40), 560), (at(x + 52), 760), (at(x - 12), 760)], SEA, "down", 0.8)
    for x in range(20, 560, 54):
        canvas.line([(at(x), 556 - x * 0.04), (at(x), 500 - x * 0.04)], INK, 4)
    canvas.line([(at(0), 506), (at(560), 480)], INK, 5)
    canvas.box(min(at(556), at(574)), 452, 18, 96, RED)
    canvas.shade(rectangle(min(at(556), at(574)), 452, 18, 96), PAPER, "up", 0.9)
    bank = [(at(0), 690), (at(300), 700), (at(520), 790), (at(600), 1000), (at(0), 1000)]
    canvas.shape(bank, MOSS)
    canvas.shade(bank, "#2c3822", "down", 0.8)
    canvas.shade(bank, OCHRE, "up", 0.3)
    coats = [RED, NIGHT, OCHRE, PLUM, CREAM, BRICK, SEA, RUST]
    for row, (y, size) in enumerate(((800, 150), (880, 172), (975, 196))):
        for number in range(4 - row % 2):
            x = 70 + number * 116 + row * 34
            coat = coats[(number * 3 + row * 2 + (towards < 0)) % len(coats)]
            person(canvas, at(x), y, size, coat, hair=canvas.random.choice([INK, "#5b3a22", "#cbb28a", "#8b8378"]))
            canvas.disc(at(x + 5), y - size * 0.905, size * 0.022, BRICK, size * 0.03)


def ferry() -> Image.Image:
    """A white ferry between two shores, one in the evening and one an hour behind."""
    x: float
    y: float
    canvas = Canvas(3, "#efd9b0", "#d98f6b")
    night = [(0, 0), (720, 0), (520, 560), (0, 560)]
    canvas.shade(night, DUSK, "left", 1.0)
    canvas.disc(240, 190, 62, CREAM)
    canvas.disc(266, 176, 56, "#4a5068")
    canvas.disc(1210, 330, 84, "#f7e6bf")
    canvas.glow(1210, 330, 360, "#fbe9c0", 0.7)
    left = [(0, 330), (180, 300), (330, 380), (470, 480), (560, 560), (0, 560)]
    right = [(1500, 350), (1360, 320), (1240, 420), (1120, 500), (1020, 560), (1500, 560)]
    canvas.shape(left, "#2c3550")
    canvas.shade(left, PLUM, "right", 0.7)
    canvas.shape(right, "#8b4a3b")
    canvas.shade(right, "#e2a478", "left", 0.8)
    for x, y in ((70, 470), (130, 500), (210, 462), (270, 508), (320, 490), (160, 430)):
        canvas.box(x, y, 12, 16, "#f4c96b")
    for x, y in ((1290, 470), (1350, 500), (1400, 450), (1240, 516), (1440, 490)):
        canvas.box(x, y, 34, 30, PAPER)
        canvas.shade(rectangle(x, y, 34, 30), RUST, "right", 0.6)
    sea = rectangle(0, 556, WIDTH, 444)
    canvas.shape(sea, "#44687a")
    canvas.shade(rectangle(0, 556, 760, 444), NIGHT, "left", 0.9)
    canvas.shade(rectangle(700, 556, 800, 444), "#e7a67c", "right", 0.55)
    for _ in range(150):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(570, 1000)
        wide = canvas.random.uniform(20, 60) * (1 + (y - 560) / 200)
        colour = canvas.random.choice(
            ["#2c4757", "#6f8f99", "#f0cf9f"] if x > 700 else ["#22313f", "#4b6277", "#8b93a8"]
        )
        canvas.line([(x, y), (x + wide, y)], colour, 2 + (y - 560) / 160)
    hull = [(440, 640), (1120, 640), (1060, 742), (520, 742)]
    canvas.shape([(470, 742), (1100, 742), (1010, 812), (560, 812)], "#25394a")
    canvas.shape(hull, PAPER)
    canvas.shape([(470, 690), (1092, 690), (1060, 742), (520, 742)], RED)
    canvas.shade(hull, SLATE, "left", 0.6)
    for x, y, wide, tall in ((540, 560, 470, 80), (600, 492, 350, 68), (660, 438, 150, 54)):
        canvas.box(x, y, wide, tall, PAPER)
        canvas.shade(rectangle(x, y, wide, tall), SLATE, "left", 0.55)
        for window in range(int(x + 18), int(x + wide - 24), 44):
            canvas.box(window, y + 20, 26, min(tall - 38, 26), "#2f4556")
            canvas.shade(rectangle(window, y + 20, 26, min(tall - 38, 26)), "#f4c96b", "left", 0.8)
    funnel = [(850, 492), (940, 492), (930, 380), (862, 380)]
    canvas.shape(funnel, RED)
    canvas.shade(funnel, BRICK, "left", 0.9)
    canvas.box(862, 402, 68, 20, PAPER)
    for number in range(7):
        canvas.glow(890 - number * 62, 350 - number * 26, 46 + number * 16, "#d9cdb8", 0.62 - number * 0.06)
    for x, y in ((300, 420), (380, 350), (1150, 250)):
        canvas.line(arc(x - 22, y, 24, 200, 330), PAPER, 4)
        canvas.line(arc(x + 22, y, 24, 210, 340), PAPER, 4)
    return canvas.done()


def lift() -> Image.Image:
    """Houses in a heap above a port, and the lit cabin of a lift between them."""
    canvas = Canvas(4, "#e8d0a4", "#d69a78")
    colours = [RUST, SAND, "#c97f62", "#e3c79a", BRICK, "#b98a6a", ROSE, OCHRE]
    for row in range(7):
        y = 190 + row * 118
        x = -60 + canvas.random.uniform(0, 60)
        while x < WIDTH:
            wide, tall = canvas.random.uniform(110, 190), canvas.random.uniform(170, 280)
            house = rectangle(x, y - tall + 160, wide, tall + 200)
            canvas.shape(house, canvas.random.choice(colours))
            canvas.shade(house, PLUM, "left", 0.62)
            canvas.shape(
                [(x - 8, y - tall + 162), (x + wide / 2, y - tall + 128), (x + wide + 8, y - tall + 162)], "#8c4634"
            )
            for window in range(int(x + 18), int(x + wide - 26), 40):
                for floor in range(int(y - tall + 186), int(y + 130), 58):
                    lit = canvas.random.random() < 0.13
                    canvas.box(window, floor, 18, 30, "#f6cf74" if lit else "#4f5f56")
            x += wide - 6
    shaft = rectangle(690, 70, 150, 930)
    canvas.shape(shaft, "#d9d6cb")
    canvas.shade(shaft, SLATE, "left", 0.85)
    for y in range(90, 1000, 64):
        canvas.line([(696, y), (834, y + 52)], SLATE, 5)
        canvas.line([(834, y), (696, y + 52)], SLATE, 5)
    canvas.box(690, 64, 9, 936, NIGHT)
    canvas.box(831, 64, 9, 936, NIGHT)
    canvas.shape([(660, 74), (765, 12), (870, 74)], BRICK)
    canvas.glow(765, 480, 330, "#f7d98c", 0.6)
    canvas.box(668, 372, 194, 224, NIGHT)
    canvas.box(684, 392, 162, 184, "#f8dc92")
    canvas.shade(rectangle(684, 392, 162, 184), OCHRE, "down", 0.7)
    person(canvas, 745, 576, 150, NIGHT, hair="#8b8378")
    canvas.line([(800, 576), (800, 500), (826, 500)], BRICK, 7)
    canvas.box(668, 576, 194, 20, BRICK)
    canvas.box(668, 372, 194, 20, BRICK)
    return canvas.done()


def battery_village() -> Image.Image:
    """A village at night, dark but for seven windows."""
    canvas = Canvas(5, NIGHT, DUSK)
    for _ in range(230):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(0, 480) ** 1.02
        canvas.disc(x, y, canvas.random.choice([1, 1.3, 1.8, 2.6]), canvas.random.choice([CREAM, SKY, "#8f9bb0"]))
    for y, colour in ((470, "#2b3550"), (560, "#222c40")):
        canvas.shape(ridge(canvas.random, y, 60, 260), colour)
    houses: list[tuple[float, float, float]] = []
    for row in range(5):
        for number in range(9 - row % 2):
            houses.append(
                (60 + number * 172 + row % 2 * 80 + canvas.random.uniform(-24, 24), 600 + row * 88, 96 + row * 12)
            )
    lit = {8, 12, 20, 23, 29, 34, 39}
    for number, (x, y, size) in enumerate(houses):
        wall = rectangle(x, y, size, size * 0.8)
        canvas.shape(wall, "#323c52" if number % 3 else "#3b4459")
        canvas.shade(wall, NIGHT, "left", 0.8)
        canvas.shape([(x - 10, y + 2), (x + size * 0.5, y - size * 0.42), (x + size + 10, y + 2)], "#171f2a")
        if number in lit:
            canvas.glow(x + size * 0.5, y + size * 0.4, size * 1.5, "#f4bd55", 0.55)
        window = rectangle(x + size * 0.36, y + size * 0.24, size * 0.26, size * 0.3)
        canvas.shape(window, "#ffd983" if number in lit else "#18202b")
    return canvas.done()
