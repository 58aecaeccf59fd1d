"""The policy text, its map into the HTML, extracts, differences, and the page's text element."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import differences, rendering
from articles.excerpts import extract, opening
from articles.slugs import slug_for
from articles.text import INVISIBLE, mapped, policy_length, policy_text
from newsroom.html import clean

WORDS = st.text(st.sampled_from("abc їґ é\u0301\u0338\u00ad\u200b\u00a0&<> ’😀ء\u1161"), max_size=8).map(html.escape)
KEYS = ("abcdefghijklmnop", "qrstuvwxyz234567")  # the library knows the first
PICTURES = {
    KEYS[0]: {
        "key": KEYS[0],
        "width": 900,
        "height": 600,
        "widths": [400, 900],
        "focus": "50 50",
        "credit": "Jan Wit",
        "source_url": "https://a.example",
        "may_pass_on": False,
    }
}
MARKED = st.recursive(
    WORDS,
    lambda inner: st.tuples(st.sampled_from(["strong", "em", "sup", "s"]), inner, inner).map(
        lambda parts: f"<{parts[0]}>{parts[1]}</{parts[0]}>{parts[2]}"
    ),
    max_leaves=5,
)
BLOCKS = st.tuples(st.sampled_from(["p", "h2", "blockquote", "li", "td"]), MARKED).map(
    lambda parts: f"<{parts[0]}>{parts[1]}</{parts[0]}>"
)
FIGURES = st.tuples(MARKED, st.booleans()).map(
    lambda parts: (
        f'<figure data-picture="{KEYS[parts[1]]}"><img alt="not counted"><figcaption>{parts[0]}</figcaption></figure>'
    )
)
BODIES = st.lists(BLOCKS | FIGURES, max_size=6).map("".join).map(clean)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One  two.</p><p>Three.</p>", "One two. Three."),
        ("<p>One<br>two</p>", "One two"),
        ("<p>be<strong>fo</strong>re &amp; after&nbsp;all</p>", "before & after all"),
        ("<p>so\u00adft zero\u200bwidth</p>", "soft zerowidth"),
        ("<p>e<em>\u0301</em>t\u00e9</p>", "été"),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "a b"),
        ('<p>note<sup data-footnote=""></sup>.</p>', "note."),
        ('<p>a<span data-furniture="">not <b>this</b></span>b</p>', "ab"),
        ('<p>a link to <a href="https://x.example/data-furniture">words</a></p>', "a link to words"),
        ("<p>Tom & Jerry &unknown; x</p>", "Tom & Jerry &unknown; x"),
        ("<p>e\u00ad\u0301</p>", "e\u0301"),  # composed before what nobody sees is dropped
        ("", ""),
    ],
)
def test_policy_text(body: str, text: str):
    assert policy_text(body) == text
    assert policy_length(body) == len(text)


@settings(max_examples=300, deadline=None)
@given(BODIES)
def test_every_character_of_the_text_leads_to_its_source(body: str):
    found = mapped(body)
    assert found.text == " ".join(found.text.split())
    assert len(found.starts) == len(found.ends) == len(found.text)
    assert found.starts == sorted(found.starts)
    for index, character in enumerate(found.text):
        start, end = found.source(index, index + 1)
        source = html.unescape(re.sub(r"<[^>]*>", "", body[start:end]))
        source = "".join(c for c in source if c not in INVISIBLE)
        if character == " ":
            assert not source.strip()
        else:
            assert character in unicodedata.normalize("NFC", source)


@settings(max_examples=200, deadline=None)
@given(BODIES)
def test_the_page_s_text_is_the_body_s_text(body: str):
    assert policy_text(rendering.render(body, PICTURES)) == policy_text(body)


def test_an_empty_or_outlying_range_is_refused():
    found = mapped("<p>abc</p>")
    assert found.source(1, 3) == (4, 6)
    for start, end in ((1, 1), (2, 1), (0, 4), (-1, 1)):
        with pytest.raises(ValueError, match="No text stands"):
            found.source(start, end)


@given(st.text(max_size=700), st.integers(1, 600))
def test_an_extract_never_passes_its_limit(text: str, limit: int):
    assert len(extract(text, limit)) <= limit


def test_an_extract_ends_at_a_word_and_says_so():
    text = "word " * 200
    assert extract(text, 500) == ("word " * 99 + "word…")[:500]
    assert extract("a" * 500, 500) == "a" * 500
    assert extract("a" * 501, 500) == "a" * 499 + "…"
    assert extract("One two, three", 9) == "One two…"


def test_the_opening_counts_the_standfirst():
    standfirst, text = opening("s" * 300, "word " * 200, 500)
    assert policy_length(f"<p>{standfirst}</p><p>{text}</p>") <= 500
    assert text.endswith("word…")
    assert opening("s" * 450, "word " * 200, 500)[1] == ""
    assert len(opening("s " * 400, "t", 500)[0]) <= 500


def test_footnotes_lead_there_and_back():
    body = clean(
        "<p>a<sup data-footnote></sup> b<sup data-footnote></sup></p><ol data-footnotes><li>x</li><li>y</li></ol>"
    )
    page = rendering.render(body)
    for number in (1, 2):
        assert f'id="ref-{number}"' in page
        assert f'href="#note-{number}"' in page
        assert f'<li id="note-{number}">' in page
        assert f'href="#ref-{number}"' in page


def test_differences_are_words_not_letters():
    old = "<p>He counted in 1998.</p><p>Nothing here changes.</p><p>This goes.</p>"
    new = "<p>He counted in 1989.</p><p>Nothing here changes.</p>"
    lines = differences.compare(old, new)
    assert [(piece.kind, piece.text) for piece in lines[0].pieces] == [
        ("same", "He counted in "),
        ("removed", "1998"),
        ("added", "1989"),
        ("same", "."),
    ]
    assert not lines[1].is_changed
    assert [(piece.kind, piece.text) for piece in lines[2].pieces] == [("removed", "This goes.")]


@given(BODIES, BODIES)
@settings(max_examples=100, deadline=None)
def test_differences_hold_both_texts_whole(old: str, new: str):
    lines = differences.compare(old, new)
    for kept, body in (("removed", old), ("added", new)):
        words = ["".join(p.text for p in line.pieces if p.kind in ("same", kept)) for line in lines]
        assert [word for word in words if word] == list(differences.lines(body))


def test_a_changed_link_is_told_though_its_words_stay():
    gone, come = differences.changed_links('<p><a href="https://a.example/">x</a></p>', '<p><a href="/b">x</a></p>')
    assert (gone, come) == (["https://a.example/"], ["/b"])


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        ("Єнакієве й Їжак: щука, Юрій і ґанок", "uk", "yenakiieve-y-yizhak-shchuka-yurii-i-ganok"),
        ("It’s the lock keeper’s 23rd boat!", "en", "its-the-lock-keepers-23rd-boat"),
        ("Łódź, Gdańsk & Çeşme", "en", "lodz-gdansk-cesme"),
        ("…", "en", ""),
    ],
)
def test_addresses_in_ascii(title: str, language: str, slug: str):
    assert slug_for(title, language) == slug
