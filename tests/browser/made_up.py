"""HTML made up at random: what an import, a word processor or a hand might bring, well formed or not."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_WORDS = [
    *[
        "a",
        "word ",
        "",
        " ",
        "  ",
        "\n",
        "&nbsp;",
        "é",
        "ї",
        "e\u0301",
        "\u0301",
        "\u0338",
        "😀",
        "007",
        "\u00ad",
        "\u200b",
        "\ufeff",
    ],
    *[
        "\u2028",
        "\u3000",
        "&amp;",
        "&lt;b&gt;",
        "&#1;",
        "&#x85;",
        "&#xfffe;",
        "https://a.example ",
        "**x** ",
        '"q" ',
        "'",
    ],
]
_MARKS = [
    *["strong", "em", "s", "sub", "sup", "b", "i", "del", "cite", "u", "a", 'span style="font-weight:bold"'],
    *['a href="https://a.example/?a=1&amp;b"', 'a href="/p" title="007"', 'a href="#x" hreflang="de" title="true"'],
    *['a href="mailto:a@b.example"', 'a href="https://a.example/e\u0301"', 'time datetime="2026-01-01"'],
]
_SPANS = ["", "", ' colspan="2"', ' rowspan="2"', ' rowspan="3" colspan="2"', ' scope="col"', ' style="width: 3px"']
_SOURCES = ["", " lang=uk", ' cite="https://a.example/1" lang="pt-BR"', ' cite="/x"', " data-translation"]
_LISTS = ["ul", "ol", 'ol start="4"', "ol start=0", "ol type=a"]


def body(random: Random) -> str:
    """Some blocks, of which any may hold others."""
    return "".join(_block(random, 4) for _ in range(random.randint(1, 4)))


def _line(random: Random, depth: int) -> str:
    parts = []
    for _ in range(random.randint(0, 4)):
        chance = random.random()
        if chance < 0.5 or depth == 0:
            parts.append(random.choice(_WORDS))
        elif chance < 0.66:
            parts.append(random.choice(["<br>", "<sup data-footnote>1</sup>"]))
        else:
            mark = random.choice(_MARKS)
            parts.append(f"<{mark}>{_line(random, depth - 1)}</{mark.split()[0]}>")
    return "".join(parts)


def _flow(random: Random, depth: int) -> str:
    return "".join(_block(random, depth) for _ in range(random.randint(0, 3)))


def _block(random: Random, depth: int) -> str:
    return random.choice(_BLOCKS if depth > 0 else [_paragraph])(random, depth)


def _paragraph(random: Random, _depth: int) -> str:
    return f"<p>{_line(random, 3)}</p>"


def _heading(random: Random, _depth: int) -> str:
    level = random.randint(1, 6)
    return f"<h{level}>{_line(random, 2)}</h{level}>"


def _quotation(random: Random, depth: int) -> str:
    return f"<blockquote{random.choice(_SOURCES)}>{_flow(random, depth - 1)}</blockquote>"


def _list(random: Random, depth: int) -> str:
    tag = random.choice(_LISTS)
    items = (random.choice([_item, _item, _block])(random, depth - 1) for _ in range(random.randint(0, 3)))
    return f"<{tag}>{''.join(items)}</{tag.split()[0]}>"


def _item(random: Random, depth: int) -> str:
    return f"<li>{random.choice([_line, _flow])(random, depth)}</li>"


def _table(random: Random, depth: int) -> str:
    rows = ("".join(_cell(random, depth) for _ in range(random.randint(0, 3))) for _ in range(random.randint(0, 3)))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}{random.choice(['', '', 'loose'])}</table>"


def _cell(random: Random, depth: int) -> str:
    tag = random.choice(["td", "td", "th"])
    return f"<{tag}{random.choice(_SPANS)}>{random.choice([_line, _flow])(random, depth - 1)}</{tag}>"


def _post(random: Random, _depth: int) -> str:
    caption = f"<cite>{_line(random, 1)}</cite> {_line(random, 0)}<a href=https://a.example/1>{_line(random, 1)}</a> "
    day = f"<time datetime={random.choice(['2026-01-01', '2026-13-01', 'x'])}>{_line(random, 1)}</time>"
    parts = [
        f"<blockquote{random.choice(_SOURCES)}>{_flow(random, 1)}</blockquote>",
        random.choice(["", f"<blockquote data-translation>{_flow(random, 1)}</blockquote>"]),
        random.choice(["", f"<figcaption>{_line(random, 1)}{caption}{day}</figcaption>"]),
    ]
    return f"<figure data-post={random.choice(['x', 'Telegram', 'a-', '-'])}>{''.join(parts)}</figure>"


def _picture(random: Random, _depth: int) -> str:
    key = random.choice(["abcdefghijklmnop", "qrstuvwxyz234567", "../etc/passwd", "x"])
    focus = random.choice(["", "", ' data-focus="40 30"', ' data-focus="050 3"', ' data-focus="x"'])
    image = random.choice(
        ["<img>", "<img alt>", '<img src="https://a.example/x.png" alt="a &lt;b&gt; &quot;c&quot;  d">', ""]
    )
    caption = random.choice(["", f"<figcaption>{_line(random, 2)}</figcaption>", _flow(random, 1)])
    return f'<figure data-picture="{key}"{focus}>{image}{caption}</figure>'


def _notes(random: Random, depth: int) -> str:
    return f"<ol data-footnotes>{''.join(_item(random, min(depth, 1)) for _ in range(random.randint(0, 4)))}</ol>"


def _loose(random: Random, depth: int) -> str:
    return random.choice(
        [
            _line(random, 2),
            f"<div>{_flow(random, depth - 1)}</div>",
            "<hr>",
            "<img src=x alt=leak>",
            f"<figure>{_flow(random, 1)}</figure>",
        ]
    )


_BLOCKS: list[Callable[[Random, int], str]] = [
    *[
        _paragraph,
        _paragraph,
        _paragraph,
        _heading,
        _quotation,
        _list,
        _list,
        _table,
        _post,
        _picture,
        _notes,
        _loose,
        _loose,
    ]
]
