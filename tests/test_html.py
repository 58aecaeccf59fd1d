"""The stored form of HTML: what `clean` lets through, and that what it wrote is never changed again."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsroom.html import clean, escape, plain, tokens
from tests.browser import made_up

NOTES = '<ol data-footnotes="">{}</ol>'
KEY = "abcdefghijklmnop"
REF = '<sup data-footnote=""></sup>'
_NAMES = [
    "p",
    "div",
    "section",
    "dl",
    "h1",
    "h2",
    "h4",
    "blockquote",
    "ul",
    "ol",
    "li",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "caption",
    "figure",
    "figcaption",
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "del",
    "sub",
    "sup",
    "br",
    "cite",
    "time",
    "span",
    "pre",
    "img",
    "script",
    "style",
    "svg",
    "math",
    "template",
    "iframe",
]
_ATTRIBUTES = [
    *["", "", ' data-footnote=""', ' data-footnotes=""', ' data-post="Telegram"', ' data-translation=""', ' lang="uk"'],
    *[
        ' href="https://a.example/e\u0301"',
        ' href="javascript:x"',
        ' cite="https://b.example"',
        ' start="3"',
        " start=0",
    ],
    *[
        ' colspan="2"',
        ' rowspan="3"',
        ' datetime="2026-03-01"',
        ' scope="col"',
        ' title="a &lt;b&gt; &quot;c&quot;\n d"',
    ],
    *[' data-picture="abcdefghijklmnop"', ' data-picture="x"', ' data-focus="40 30"', ' alt="\u0338&gt; x"'],
    *[' hreflang="de"', ' title="\u0338x"', ' title="&#1;"', ' onclick="x"', ' style="x"', ' id="x" class="y"'],
]
_TEXTS = [
    *[
        "a",
        "word ",
        "",
        " ",
        "\n",
        "&nbsp;",
        "\u0338",
        "\u0301",
        "e\u0301",
        "&amp;",
        "&lt;",
        "&#1;",
        "&#x338;",
        "<",
        ">",
        '"',
    ],
    *["\u200b", "\u00ad", "&#13;", "&#xfffe;", "\x00", "\ud800", "\ufeff", "&#x85;", "<!--", "-->", "<![CDATA["],
]
#: Tags and texts in any order, the way nobody would write them.
soups = st.lists(
    st.one_of(
        st.sampled_from(_TEXTS),
        st.text(max_size=4),
        st.builds("<{}{}>".format, st.sampled_from(_NAMES), st.sampled_from(_ATTRIBUTES)),
        st.sampled_from(_NAMES).map("</{}>".format),
    ),
    max_size=40,
).map("".join)
bodies = st.integers(0, 2**32).map(lambda seed: made_up.body(Random(seed)))
thorough = settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))


@thorough
@given(st.one_of(soups, bodies))
def test_what_was_cleaned_is_never_changed_again(source: str) -> None:
    stored = clean(source)
    assert clean(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]", stored)
    assert read(stored) == stored
    Form().check(stored)


def read(stored: str) -> str:
    """The same text, put together again from its tokens."""
    pieces = (f"<{'/' if t.closing else ''}{t.name}{t.raw}>" if t.name else t.raw for t in tokens(stored))
    return "".join(pieces)


class Form(HTMLParser):
    """Says what does not belong into stored HTML. It reads tags as they stand, unlike a browser, which mends them."""

    HOLDS = {
        "": {"p", "h2", "h3", "hr", "blockquote", "ul", "ol", "table", "figure"},
        "ul": {"li"},
        "ol": {"li"},
        "table": {"tbody"},
        "tbody": {"tr"},
        "tr": {"td", "th"},
        "figure": {"blockquote", "figcaption", "img"},
        "figcaption": {"cite", "a", "time"},
    }
    MARKS = ["a", "strong", "em", "s", "sub", "sup"]

    def check(self, stored: str) -> None:
        self.open: list[str] = [""]
        self.references = self.notes = 0
        self.is_in_notes = self.is_picture = False
        self.feed(stored)
        self.close()
        assert self.open == [""]
        assert self.references == self.notes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around, names = self.open[-1], dict(attrs)
        assert not (self.is_in_notes and len(self.open) == 1), "the notes are last"
        if tag == "br" or "data-footnote" in names:
            assert around in ("p", "h2", "h3", *self.MARKS)
            assert tag == "br" or around in ("p", "h2", "h3"), "a reference carries no marks"
            assert not (tag == "sup" and self.is_in_notes)
            self.references += tag == "sup"
        elif around in ("p", "h2", "h3", *self.MARKS) or (around == "figcaption" and self.is_picture):
            before = self.MARKS.index(around) if around in self.MARKS else -1
            assert self.MARKS.index(tag) > before, "marks nest in one order"
        else:
            assert tag in self.HOLDS.get(around, self.HOLDS[""])
            self.is_in_notes |= "data-footnotes" in names
            self.notes += self.is_in_notes and tag == "li"
            if tag == "figure":
                self.is_picture = "data-picture" in names
                assert self.is_picture or list(names) == ["data-post"]
            assert tag != "img" or (self.is_picture and list(names) == ["alt"])
        for name in names:
            assert name in {"href", "title", "hreflang", "cite", "lang", "start", "colspan", "rowspan", "scope"} | {
                *("datetime", "data-post", "data-translation", "data-footnotes", "data-footnote"),
                *("data-picture", "data-focus", "alt"),
            }
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert self.open[-1] in {"p", "h2", "h3", "figcaption", "cite", "time", *self.MARKS}

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "\u00a0javascript:alert(1)",
        "&nbsp;javascript:alert(1)",
        "java\nscript:alert(1)",
        "java&#9;script:alert(1)",
        "\u200bjavascript:alert(1)",
        "\u2028javascript:x",
        "&#1;javascript:x",
        "JaVaScRiPt:x",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.example",
        "blob:https://a.example/1",
        "relative.html",
        "",
    ],
)
def test_an_address_that_may_lead_astray_is_left_out(address: str) -> None:
    assert clean(f'<p>a <a href="{address}">link</a></p>') == "<p>a link</p>"
    assert clean(f'<blockquote cite="{address}"><p>a</p></blockquote>') == "<blockquote><p>a</p></blockquote>"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/?x=1&y=<2>#z", "https://a.example/?x=1&amp;y=&lt;2&gt;#z"),
        (" https://a.example/ ", "https://a.example/"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("/about/", "/about/"),
        ("#part", "#part"),
        ("https://a.example/ї", "https://a.example/ї"),
        ("https://a.example/и\u0306", "https://a.example/%D0%B8%CC%86"),  # the same address, written in NFC
    ],
)
def test_an_address_that_leads_somewhere_is_kept(address: str, kept: str) -> None:
    assert clean(f'<p><a href="{address}">a</a></p>') == f'<p><a href="{kept}">a</a></p>'


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        # nothing that runs, loads or styles
        ('<p onclick="x" style="x" class="y" id="z">a<script>b</script><img src=x onerror=y></p>', "<p>a</p>"),
        ("<style>a</style><svg><text>b</text></svg><iframe>c</iframe><textarea>d</textarea><p>e</p>", "<p>e</p>"),
        # one name for one thing
        (
            "<h1>a</h1><h4>b</h4><p><b>c</b><i>d</i><del>e</del></p>",
            "<h2>a</h2><h3>b</h3><p><strong>c</strong><em>d</em><s>e</s></p>",
        ),
        ("<p><u>a</u> <cite>Book</cite> <time datetime=2026-01-01>b</time></p>", "<p>a <em>Book</em> b</p>"),
        # loose words
        ("a<div>b</div>c<br>d", "<p>a</p><p>b</p><p>c<br>d</p>"),
        (
            "<blockquote>a</blockquote><ul><li>b</li>c</ul>",
            "<blockquote><p>a</p></blockquote><ul><li><p>b</p><p>c</p></li></ul>",
        ),
        ("<ul><ul><li>a</li></ul></ul>", "<ul><li><p></p><ul><li><p>a</p></li></ul></li></ul>"),
        ("<li>a</li><figcaption>b</figcaption><td>c</td>", "<p>a</p><p>b</p><p>c</p>"),
        ("<h2>a<p>b</p></h2><ul><li><h2>c</h2></li></ul>", "<h2>a</h2><h2>b</h2><ul><li><p>c</p></li></ul>"),
        # pictures
        ('<p>a <img src="https://a.example/x.png" alt="leaks">b</p><img src=x>', "<p>a b</p>"),
        ('<figure><img src="/x.png" alt="leaks"><figcaption>c</figcaption></figure>', "<p>c</p>"),
        ('<figure data-picture="../x"><img alt="leaks"><figcaption>c</figcaption></figure>', "<p>c</p>"),
        (
            f'<figure data-picture="{KEY}" data-focus="100 0" class=x><img src=x alt=" a  b "></figure>',
            f'<figure data-picture="{KEY}" data-focus="100 0"><img alt="a b"></figure>',
        ),
        (
            f'<figure data-picture="{KEY}" data-focus="101 0"></figure>',
            f'<figure data-picture="{KEY}"><img alt=""></figure>',
        ),
        (
            f'<figure data-picture="{KEY}"><img alt=x><p>a<br>b</p><figcaption><i>c</i><sup data-footnote></sup></figcaption></figure>',
            f'<figure data-picture="{KEY}"><img alt="x"><figcaption>a b <em>c</em></figcaption></figure>',
        ),
        # white space
        ("<p> a \n b<br> c <br></p>", "<p>a b<br>c</p>"),
        ("<p>a <strong> b </strong> c</p>", "<p>a <strong>b </strong>c</p>"),
        ("<p>a&nbsp;&nbsp; b</p><p>&nbsp;</p><p><br></p><p></p>", "<p>a&nbsp;&nbsp; b</p>"),
        # marks
        ("<p><em><a href=/x><strong>a</strong></a></em></p>", '<p><a href="/x"><strong><em>a</em></strong></a></p>'),
        ("<p><strong>a<em>b</strong>c</em></p>", "<p><strong>a<em>b</em></strong><em>c</em></p>"),
        ("<p><strong>a</strong><strong>b</strong><em></em></p>", "<p><strong>ab</strong></p>"),
        ("<strong><p>a</p><p>b</p></strong>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        # tables
        (
            "<table><caption>c</caption><thead><tr><th>a</thead><tr><td>b</table>",
            "<p>c</p><table><tbody><tr><th><p>a</p></th></tr><tr><td><p>b</p></td></tr></tbody></table>",
        ),
        ("<table><tr><td></td></tr></table>a", "<table><tbody><tr><td><p></p></td></tr></tbody></table><p>a</p>"),
        ("<table><tr></tr></table><table></table>", ""),
        (
            '<table><tr><td rowspan="9" colspan="1">a<td colspan="0">b</table>',
            "<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>",
        ),
        # attributes
        (
            '<ol start="3"><li>a</ol><ol start="1"><li>b</ol>',
            '<ol start="3"><li><p>a</p></li></ol><ol><li><p>b</p></li></ol>',
        ),
        (
            "<p lang=uk>a</p><blockquote lang=uk data-translation>b</blockquote>",
            '<p>a</p><blockquote lang="uk"><p>b</p></blockquote>',
        ),
        (
            '<p><a title=\' "x"  y\' hreflang="de" href="/x" target=_blank rel=y>a</a></p>',
            '<p><a href="/x" title="&quot;x&quot; y" hreflang="de">a</a></p>',
        ),
        # nothing to see
        ("", ""),
        (" \n<p> </p><blockquote></blockquote><ul><li></li></ul>", ""),
        ("<hr>", "<hr>"),
    ],
)
def test_one_thing_has_one_form(source: str, stored: str) -> None:
    assert clean(source) == stored


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("<p>e\u0301 и\u0306</p>", "<p>é й</p>"),
        ("<p>a<strong>\u0338b</strong></p>", "<p>a<strong>b</strong></p>"),  # or “>” and it would be one character
        ("<p>\u0338a</p><p>&#x338;b</p><p>c<br>\u0338d</p>", "<p>a</p><p>b</p><p>c<br>d</p>"),
        ("<p>&gt;\u0338 &lt;\u0338</p>", "<p>≯ ≮</p>"),
        ("<p>a\x00b\x07c&#1;d&#x7f;e\x85f\ufffeg\ud800h</p>", "<p>abcdefgh</p>"),
        ('<p><a href="/x" title="a&#1;b\u0301">c</a></p>', '<p><a href="/x" title="ab\u0301">c</a></p>'),
    ],
)
def test_text_is_composed_and_has_no_controls(source: str, stored: str) -> None:
    assert clean(source) == unicodedata.normalize("NFC", stored)


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        (f"<p>a{REF}</p>{NOTES.format('<li>n</li>')}", f"<p>a{REF}</p>{NOTES.format('<li><p>n</p></li>')}"),
        ("<p>a<sup data-footnote=x>1</sup></p>", f"<p>a{REF}</p>{NOTES.format('<li><p></p></li>')}"),
        (
            f"<p><strong>a{REF}b</strong></p>{NOTES.format('<li>n')}",
            f"<p><strong>a</strong>{REF}<strong>b</strong></p>{NOTES.format('<li><p>n</p></li>')}",
        ),
        # the notes come last, whatever stood after them, and are paragraphs without notes of their own
        (
            f"<blockquote>a{REF}{NOTES.format('<li><h2>n</h2><ul><li>m')}</blockquote>",
            f"<blockquote><p>a{REF}</p></blockquote>{NOTES.format('<li><p>n</p><p>m</p></li>')}",
        ),
        (
            f"<p>a{REF}</p>{NOTES.format(f'<li>n{REF}</li>')}<p>b</p>",
            f"<p>a{REF}</p><p>b</p>{NOTES.format('<li><p>n</p></li>')}",
        ),
        # a note that nobody refers to keeps its words
        (
            f"<p>a{REF}</p>{NOTES.format('<li>1<li>2')}",
            f"<p>a{REF}</p><ol><li><p>2</p></li></ol>{NOTES.format('<li><p>1</p></li>')}",
        ),
        # each reference keeps its own note when the order of the text is mended
        (
            f"<table><tr><td>a{REF}</td></tr>b{REF}</table>{NOTES.format('<li>1<li>2')}",
            f"<p>b{REF}</p><table><tbody><tr><td><p>a{REF}</p></td></tr></tbody></table>{NOTES.format('<li><p>1</p></li><li><p>2</p></li>')}",
        ),
        (
            f"<figure data-post=x><blockquote>a{REF}</blockquote></figure><p>b{REF}</p>{NOTES.format('<li>1<li>2')}",
            f'<figure data-post="x"><blockquote><p>a</p></blockquote><figcaption>X</figcaption></figure><p>b{REF}</p><ol><li><p>1</p></li></ol>{NOTES.format("<li><p>2</p></li>")}',
        ),
    ],
)
def test_the_nth_note_belongs_to_the_nth_reference(source: str, stored: str) -> None:
    assert clean(source) == stored


def test_a_quoted_post_keeps_every_word_in_one_form() -> None:
    source = """
      <figure data-post="Telegram"> <p>before</p>
        <blockquote lang="uk" cite="https://t.example/1"><p>a <b>b</b><br><br>c</p><ul><li>d</li></ul></blockquote>
        <blockquote data-translation><p>A B</p></blockquote>
        <figcaption>by <cite>Some <i>One</i></cite>, <a href="https://t.example/1">Telegram</a>
          <time datetime="2026-03-01"></time></figcaption>
      </figure>"""
    assert clean(source) == (
        '<figure data-post="telegram"><blockquote cite="https://t.example/1" lang="uk"><p>before</p><p>a b</p><p>c</p><p>d</p>'
        '</blockquote><blockquote data-translation=""><p>A B</p></blockquote><figcaption><cite>Some One</cite> '
        '<a href="https://t.example/1">Telegram</a> <time datetime="2026-03-01">2026-03-01</time></figcaption></figure><p>by ,</p>'
    )


def test_depth_has_a_limit_and_no_input_takes_the_stack() -> None:
    for name in ("blockquote", "ul><li", "div", "b", "table><tr><td", "figure data-post=x", "sup"):
        stored = clean(f"<{name}>" * 3000 + "deep")
        assert "deep" in stored
        assert len(stored) < 2000
        assert clean(stored) == stored


def test_plain_and_escape() -> None:
    assert plain(" a\u00a0 b\n\x07e\u0301 ") == "a b é"
    assert escape('a < b & c > d\u00a0"e" \'') == 'a &lt; b &amp; c &gt; d&nbsp;"e" \''


# --- What others collected ---


def corpus(name: str) -> Path:
    """A file of `CORPORA_DIR`, read in place."""
    folder = os.environ.get("CORPORA_DIR", "")
    file = Path(folder or "/nowhere", name)
    if not file.exists():
        reason = f"{name} is not there: set CORPORA_DIR to the folder with the corpora"
        print(reason)  # noqa: T201
        pytest.skip(reason)
    return file


def assert_harmless(stored: str) -> None:
    assert clean(stored) == stored
    Form().check(stored)
    for token in tokens(stored):
        for name in ("href", "cite"):
            if address := token.attributes.get(name):
                assert re.match(r"(?i)https?:|mailto:|/(?![/\\])|#", address), address


@pytest.mark.parametrize(("name", "count"), [("payloadbox", 6613), ("payloads-all-the-things", 2652)])
def test_hostile_lines_come_out_harmless(name: str, count: int) -> None:
    lines = [line for line in corpus(f"xss/{name}.txt").read_text(errors="replace").split("\n") if line.strip()]
    assert len(lines) == count
    for line in lines:
        assert_harmless(clean(line))


def test_naughty_strings_come_out_harmless_and_whole_as_text() -> None:
    strings = json.loads(corpus("strings/blns.json").read_text())
    assert len(strings) == 515
    for text in strings:
        assert_harmless(clean(text))
        stored = clean(f"<p>{escape(text)}</p>")
        assert_harmless(stored)
        words = "".join(t.raw for t in tokens(stored) if not t.name)
        visible = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "", text)
        expected = unicodedata.normalize("NFC", re.sub(r"[ \t\n\r\f]+", " ", visible)).strip(" ")
        assert words == (escape(expected) if expected.strip() else "")
