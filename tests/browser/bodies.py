"""Bodies of articles in their stored form: every construct that the sanitiser lets through, alone and nested."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.conf import settings

from newsroom.html import clean

_POST = (
    '<figure data-post="telegram"><blockquote cite="https://t.example/kanal/7" lang="uk"><p>Світло дали.<br>О шостій.</p>'
    "<p>Пишіть, у кого ні.</p></blockquote>"
    '<blockquote data-translation=""><p>The power is back.<br>At six.</p><p>Write if yours is not.</p></blockquote>'
    '<figcaption><cite>Канал &amp; друзі</cite> <a href="https://t.example/kanal/7">Telegram</a>'
    ' <time datetime="2026-03-01">1 March 2026</time></figcaption></figure>'
)
_PICTURE = (
    '<figure data-picture="abcdefghijklmnop" data-focus="40 30"><img alt="A quay &gt; &quot;dawn&quot;"><figcaption>The quay, by '
    '<a href="https://a.example">a <em>friend</em></a> of ours</figcaption></figure>'
)
#: What an editor writes or an import brings, as `clean` is given it.
_SOURCES = {
    "plain": "<p>One.</p><p>Two.</p>",
    "headings": "<h2>Part</h2><p>Text.</p><h3>Smaller</h3><p>Text.</p>",
    "heading last": "<p>Text.</p><h2>Part <em>two</em></h2>",
    "marks": "<p><strong>b</strong> <em>i</em> <s>s</s> H<sub>2</sub>O x<sup>2</sup></p>",
    "marks nested": "<p><em><s><strong>all <sub>of <sup>them</sup></sub></strong></s></em></p>",
    "marks crossed": "<p><strong>a<em>b</em></strong><em>c<strong>d</strong></em> <s>e<strong>f</strong></s></p>",
    "link": '<p>See <a href="https://a.example/?x=1&amp;y=2#part">the <em>whole</em> report</a>.</p>',
    "link in marks": '<p><strong>See <a href="https://a.example">this</a> now</strong></p>',
    "link with title": '<p><a href="https://a.example" title="007 &quot;quoted&quot; &lt;b&gt;" hreflang="de">x</a></p>',
    "links of one's own": '<p><a href="/about/">us</a> <a href="#part">part</a> <a href="mailto:a@b.example">mail</a></p>',
    "links side by side": '<p><a href="https://a.example">a</a><a href="https://b.example">b</a></p>',
    "address as text": "<p>It stood at https://a.example/one and www.b.example , he wrote to a@b.example today.</p>",
    "line breaks": "<p>One<br>two<br><br>four</p><p><br>begins with one</p><p>ends with one<br></p>",
    "line breaks in marks": "<p><strong>One<br>two</strong><br><em><br>x</em></p>",
    "no-break spaces": "<p>10&nbsp;000&nbsp;€ &nbsp; and&nbsp;</p><p>&nbsp;begins</p>",
    "spaces": "<p>a  b   <strong> c </strong>  d<em> e</em></p>",
    "soft hyphen": "<p>Donau\u00addampf\u200bschiff\u2060fahrt \u2028 x</p>",
    "signs": "<p>a &lt; b &amp;&amp; c &gt; d &amp;amp; \"q\" 'a' — … № ₴ 😀 👩‍👩‍👧 العربية</p>",
    "composed": "<p>e\u0301 и\u0306 ї<strong>\u0301x</strong> <em>\u0338y</em></p>",
    "quotation": "<blockquote><p>One.</p><p>Two.</p></blockquote>",
    "quotation with source": '<blockquote cite="https://a.example/1" lang="pt-BR"><p>Um.</p></blockquote>',
    "quotation nested": "<blockquote><p>a</p><blockquote><h3>b</h3><ul><li>c</li></ul></blockquote></blockquote>",
    "lists": "<ul><li><p>a</p></li><li><p>b</p><p>more</p></li></ul><ol><li><p>1</p></li></ol>",
    "list from a number": '<ol start="7"><li><p>seven</p></li><li><p>eight</p></li></ol>',
    "lists nested": "<ul><li>a<ol start=3><li>b<ul><li>c</li></ul></li></ol></li><li><p></p><ul><li>d</li></ul></li></ul>",
    "list of everything": "<ul><li><p>a</p><blockquote><p>q</p></blockquote><hr><h3>h</h3><table><tr><td>1</td></tr></table></li></ul>",
    "empty item": "<ul><li></li><li>b</li></ul>",
    "two lists": "<ul><li>a</li></ul><ul><li>b</li></ul><ol><li>c</li></ol><ol><li>d</li></ol>",
    "rule": "<p>a</p><hr><p>b</p><hr>",
    "rule alone": "<hr>",
    "table": "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
    "table with empty cells": "<p>x</p><table><tr><td></td><td>1</td></tr><tr><td> </td><td></td></tr></table>",
    "table with merged cells": (
        '<table><tr><th colspan="2" scope="colgroup">a</th><th scope="col">b</th></tr>'
        '<tr><td rowspan="2">1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></table>'
    ),
    "table merged whole": '<table><tr><td colspan="2" rowspan="2">a</td></tr><tr></tr><tr><td>b</td><td>c</td></tr></table>',
    "table of blocks": "<table><tr><td><h3>h</h3><p>a</p><ul><li>b</li></ul></td><td><p>c</p><p>d</p></td></tr></table>",
    "table uneven": "<table><tr><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td></tr></table>",
    "table in a quotation": "<blockquote><table><tr><td>1</td></tr></table></blockquote>",
    "footnotes": (
        '<p>One<sup data-footnote=""></sup> and two<sup data-footnote=""></sup>.</p><h2>H<sup data-footnote=""></sup></h2>'
        '<ol data-footnotes=""><li><p>n <em>1</em></p></li><li><p>n 2</p><p>more of it<br>x</p></li><li><p></p></li></ol>'
    ),
    "footnotes everywhere": (
        '<blockquote><p><sup data-footnote=""></sup>a</p></blockquote><ul><li>b <strong>c<sup data-footnote></sup>d</strong>'
        '</li></ul><table><tr><td><sup data-footnote></sup></td></tr></table><p><a href="/x/">e<sup data-footnote></sup></a></p>'
        '<ol data-footnotes><li>1</li><li>2</li><li>3</li><li><a href="https://a.example">4</a></li></ol>'
    ),
    "footnotes too few": "<p>a<sup data-footnote></sup> b<sup data-footnote></sup></p><ol data-footnotes><li>1</li></ol>",
    "footnotes too many": "<p>a<sup data-footnote></sup></p><ol data-footnotes><li>1</li><li>2</li><li>3</li></ol>",
    "quoted post": f"<p>He wrote:</p>{_POST}<p>Then nothing.</p>",
    "quoted post alone": _POST,
    "quoted posts": (
        '<figure data-post="x"><blockquote><p>short</p></blockquote><figcaption>X</figcaption></figure>'
        '<figure data-post="my-own--net-"><blockquote cite="http://a.example/1"><p>a</p></blockquote><figcaption>'
        '<cite>A</cite> <a href="http://a.example/1">My Own&nbsp;Net</a> <time datetime="2026-01-31">2026</time></figcaption></figure>'
    ),
    "quoted post with more in it": (
        '<figure data-post="X"><p>before</p><blockquote cite="https://x.example/1" lang="en"><h2>a</h2><ul><li>b <b>c</b></li></ul>'
        '<p>d<br><br>e</p></blockquote><figcaption>as seen by <cite>A <i>B</i></cite>, <a href="https://x.example/1">X</a> '
        '<time datetime="2026-02-03"></time> <a href="https://y.example">elsewhere</a></figcaption></figure>'
    ),
    "quoted post in a quotation": f"<blockquote><p>a</p>{_POST}</blockquote><ul><li>b{_POST}</li></ul>",
    "quoted post and footnotes": (
        f"<p>a<sup data-footnote></sup></p>{_POST}<p>b<sup data-footnote></sup></p><ol data-footnotes><li>1</li><li>2</li></ol>"
    ),
    "picture": f"<p>a</p>{_PICTURE}<p>b</p>",
    "picture alone": _PICTURE,
    "picture of which nothing is said": '<figure data-picture="abcdefghijklmnop"><img alt=""></figure>',
    "pictures": f'{_PICTURE}<figure data-picture="qrstuvwxyz234567"><img alt="x"></figure>{_PICTURE}<hr>{_POST}',
    "picture in everything": (
        f"<blockquote>{_PICTURE}</blockquote><ul><li>a{_PICTURE}</li><li>{_PICTURE}b</li></ul>"
        f"<table><tr><td>{_PICTURE}</td><td>1</td></tr></table>"
    ),
    "picture and footnotes": f"<p>a<sup data-footnote></sup></p>{_PICTURE}<p>b</p><ol data-footnotes><li>1{_PICTURE}</li></ol>",
    "picture with more in it": (
        '<figure data-picture="abcdefghijklmnop" data-focus="101 5"><p>one<br>two</p><div><img src="x" alt=" c  d "></div>'
        "<figcaption><p>three<sup data-footnote></sup></p><ul><li><b>four</b></li></ul></figcaption><figcaption>five</figcaption></figure>"
    ),
    "from elsewhere": (
        "Loose <div>words <h1>Title</h1><h5>small</h5><section><p>x<p>y</section></div><dl><dt>t<dd>d</dl><pre>a\n b</pre>"
        "<figure><img src=x><figcaption>caption</figcaption></figure><table><caption>c</caption><thead><tr><th>h</table>"
        "<p><cite>A Book</cite> of <time datetime='2026-01-01'>January</time> <u>u</u> <b><i>bi</i></b></p>"
    ),
}
BODIES = {name: clean(source) for name, source in _SOURCES.items()}
for _file in sorted(Path(settings.BASE_DIR, "demo", "stories").glob("*.toml")):
    for _edition, _story in tomllib.loads(_file.read_text()).items():
        if isinstance(_story, dict) and "body" in _story:
            BODIES[f"{_file.stem} {_edition}"] = clean(_story["body"])
