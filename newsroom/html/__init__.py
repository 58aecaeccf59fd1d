"""The one form in which HTML is kept: sanitised, NFC, and in the serialisation that `clean` writes.

What `clean` returns is a fixed point: cleaning it again changes nothing, and so does opening and saving it unchanged
in the editor, because it holds only what the editor's schema can hold. Because of that form, `tokens` can read stored
HTML with one regular expression: attribute values hold no raw angle brackets, and text holds no other references than
`&amp;`, `&lt;`, `&gt;` and `&nbsp;`.

The form, from the outside in:

- a body: blocks, and as the last of them `<ol data-footnotes="">` if it has notes, one for each reference, in order;
- blocks: p, h2, h3, hr, blockquote, ul, ol, table, `<figure data-post="…">`, a quoted post (see `posts`), and
  `<figure data-picture="…">`, a picture of the outlet's own library (see `pictures`). No other picture is ever kept;
- what holds blocks is never empty: blockquote, td and th hold blocks, li begins with a paragraph, a note holds
  paragraphs only;
- a line of text: words under the marks a, strong, em, s, sub, sup, nested in this order; `<br>`, and
  `<sup data-footnote=""></sup>`, a reference to a note, which carries no marks. White space is folded, and none stands
  at an edge of a line; empty paragraphs stand only where a block must.
"""

from newsroom.html.sanitising import clean
from newsroom.html.tokens import BLOCKS, Token, escape, plain, tokens

__all__ = ["BLOCKS", "Token", "clean", "escape", "plain", "tokens"]
