"""Addresses in pages are written in words, and nothing hidden in a link comes out as HTML."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from benchmarks.frames import payloads
from newsroom.html import clean, tokens
from newsroom.templatetags.house import protected

#: What `components/address.html` is made of, and the paragraph around the link.
OURS = {"p", "span", "b", "i"}


def test_a_tag_hidden_in_a_mail_link_comes_out_as_words():
    shown = protected(clean('<p><a href="mailto:%3Cimg%20src=x%20onerror=alert(1)%3E">write</a></p>'))
    assert shown == "<p>write (&lt;img src=x onerror=alert(1)&gt;)</p>"


def test_a_link_without_its_address_shows_it_in_words():
    shown = protected(clean('<p><a href="mailto:a.b@mail.example?subject=x">write</a></p>'))
    assert "<p>write (<span" in shown
    assert "<b>a</b>" in shown
    assert "@" not in shown


def test_no_payload_in_a_mail_link_becomes_a_tag():
    if not payloads():
        pytest.skip("CORPORA_DIR is not set, so there are no payloads to try")
    leaking = []
    for payload in payloads():
        for hidden in (quote(payload), quote(payload, safe="<>'=/() "), quote(quote(payload))):
            body = clean(f'<p><a href="mailto:{hidden}">write</a></p>')
            names = {token.name for token in tokens(str(protected(body))) if token.name}
            if not names <= OURS | {token.name for token in tokens(body)}:
                leaking.append(payload)
    assert leaking == []
