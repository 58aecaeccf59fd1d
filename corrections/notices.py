"""What a notice may say of a change, proposed in the language of the article for an editor to word."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.differences import compare_texts
from articles.excerpts import extract

LONGEST_QUOTE = 100  # characters of the article's text, which the log shows beside everything else of it


def propose(old: str, new: str, language: str) -> str:
    """“An earlier version of this article said ‘X’; it is ‘Y’.” Only the words that differ, and what is between them: the beginning."""
    gone, come = _differing(old, new)
    return sentence(extract(gone, LONGEST_QUOTE), extract(come, LONGEST_QUOTE), language)


def sentence(gone: str, come: str, language: str) -> str:
    """What to say of words that went and words that came; either may be empty, and where both are, nothing changed."""
    if not gone and not come:
        return ""
    with override(language):
        if gone and come:
            return _("An earlier version of this article said “%(old)s”; it is “%(new)s”.") % {"old": gone, "new": come}
        if come:
            return _("An earlier version of this article left out the words “%(new)s”.") % {"new": come}
        return _("An earlier version of this article said “%(old)s”; these words were wrong.") % {"old": gone}


def _differing(old: str, new: str) -> tuple[str, str]:
    pieces = compare_texts(old, new)
    while pieces and pieces[0].kind == "same":
        pieces = pieces[1:]
    while pieces and pieces[-1].kind == "same":
        pieces = pieces[:-1]
    gone = "".join(piece.text for piece in pieces if piece.kind != "added").strip()
    come = "".join(piece.text for piece in pieces if piece.kind != "removed").strip()
    return gone, come
