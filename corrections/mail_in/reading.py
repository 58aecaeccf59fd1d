"""A mail as it lies on the wire, read into what somebody wrote; and which mails nobody wrote."""

from __future__ import annotations

import re
import unicodedata
import uuid
from binascii import Error as BrokenBase64
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import getaddresses
from html.parser import HTMLParser

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email

from newsroom.html import plain

MOST_BYTES = 1_000_000
_LONGEST_HEADER = 2_000  # characters of one that is looked at
_LONGEST_HTML = 300_000
_MOST_PARTS = 200
_LONGEST_ADDRESS = 254
_KEYS = uuid.UUID("5b0c3c1e-6e0f-4c0a-9d43-0f2a8f6f1d57")
_BLOCKS = frozenset({"p", "div", "blockquote", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "pre", "hr"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
#: Where what is answered to begins: "On … wrote:", "12 бер. 2026 р. о 14:05 … пише:", and the line of Outlook.
_ANSWERED = re.compile(
    r"^(?:On .{5,200} wrote:|.{5,200}(?:пише|пишет|написав|написала|написав\(ла\)):|"
    r"-{2,} ?(?:Original Message|Оригінальне повідомлення|Початкове повідомлення) ?-{2,})\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


class NoMail(Exception):
    """Why this is no mail that anybody could answer, as a sentence for the log of the mail server."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody wrote. Lines that they quote begin with "> ", also where HTML quoted them."""

    key: uuid.UUID  # the same for a mail that is delivered twice
    sender: str
    name: str
    subject: str
    text: str
    links: tuple[str, ...]  # of HTML, where the words may say something else
    attachments: int

    @property
    def own(self) -> str:
        """The text without the signature, and without the mail that it answers to."""
        lines = _SIGNATURE.split(self.text, maxsplit=1)[0].splitlines()
        written = [number for number, line in enumerate(lines) if line and not line.startswith(">")]
        for number, line in enumerate(lines):
            if line.startswith("--") and _ANSWERED.match(line):
                return "\n".join(lines[:number]).strip()
            for length in (1, 2):  # a program may break that line in two
                is_answered = _ANSWERED.match(" ".join(lines[number : number + length]))
                if is_answered and written and written[-1] < number + length:
                    return "\n".join(lines[:number]).strip()
        return "\n".join(lines).strip()


class _Bounded(EmailPolicy):
    """Headers are cut: what reads them goes through long ones again and again."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


class Headers:
    """The headers of a mail, each decoded as well as it can be: whoever writes them may write anything."""

    def __init__(self, message: EmailMessage) -> None:
        self._rows = [(name.lower(), str(value)) for name, value in message.raw_items()]

    def all(self, name: str) -> list[str]:
        return [" ".join(_eight_bit(value).split()) for found, value in self._rows if found == name]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def words(self, name: str) -> str:
        """The first of that name as people read it."""
        return _decoded(self.first(name))


def parse(raw: bytes) -> EmailMessage:
    """Raises NoMail."""
    try:
        return message_from_bytes(raw, _class=EmailMessage, policy=_Bounded())  # type: ignore[arg-type]  # not generic when it runs
    except (RecursionError, ValueError, TypeError, IndexError, AttributeError, LookupError) as error:
        raise NoMail("This mail cannot be read.") from error


def read(message: EmailMessage) -> Mail:
    """Raises NoMail."""
    headers = Headers(message)
    name, sender = next(iter(getaddresses([headers.first("from")])), ("", ""))
    try:
        validate_email(sender)
        MaxLengthValidator(_LONGEST_ADDRESS)(sender)
    except ValidationError:
        raise NoMail("This mail does not say who sent it.") from None
    text, links, attachments = _content(message)
    subject = headers.words("subject")
    identity = headers.first("message-id") or "\n".join([headers.first("date"), subject, text])
    return Mail(
        key=uuid.uuid5(_KEYS, f"{sender.lower()}\n{identity}"),
        sender=sender,
        name=_decoded(name),
        subject=subject,
        text=text,
        links=tuple(links),
        attachments=attachments,
    )


def _content(message: EmailMessage) -> tuple[str, list[str], int]:
    """The words of a mail, the links of its HTML, and how many files hang on it."""
    plain_texts: list[str] = []
    pages: list[str] = []
    attachments = 0
    try:
        parts = [part for part in message.walk() if not part.is_multipart()][:_MOST_PARTS]
    except RecursionError:
        raise NoMail("This mail cannot be read.") from None
    for part in parts:
        kind, is_file = part.get_content_type(), _is_file(part)
        if not is_file and kind == "text/plain":
            plain_texts.append(_text(part))
        elif not is_file and kind == "text/html":
            pages.append(_text(part)[:_LONGEST_HTML])
        else:
            attachments += 1
    read_pages = [_Lines.of(page) for page in pages]
    texts = [text for text in plain_texts if text.strip()] or [page.text for page in read_pages]
    links = [link for page in read_pages for link in page.links]
    return _tidy("\n\n".join(texts)), links, attachments


def _is_file(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except (ValueError, TypeError, IndexError, AttributeError, LookupError):  # a broken header of it
        return True


def _text(part: EmailMessage) -> str:
    try:
        content = part.get_payload(decode=True)
        charset = part.get_content_charset() or "utf-8"
    except (ValueError, TypeError, IndexError, AttributeError, LookupError):
        return ""
    return _in_words(content, charset) if isinstance(content, bytes) else ""


def _in_words(content: bytes, charset: str) -> str:
    """Bytes as text: by the charset that they claim, or UTF-8, or what old programs here wrote."""
    for name in (charset, "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("windows-1251", "replace")


def _eight_bit(value: str) -> str:
    """A header whose bytes are no ASCII."""
    return _in_words(value.encode("utf-8", "surrogateescape"), "utf-8") if not value.isascii() else value


def _decoded(value: str) -> str:
    try:
        pieces = decode_header(value)
    except (HeaderParseError, BrokenBase64, ValueError):
        return plain(value)
    return plain(
        "".join(piece if isinstance(piece, str) else _in_words(piece, charset or "utf-8") for piece, charset in pieces)
    )


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = [line.rstrip() for line in text.replace("\u2028", "\n").replace("\u2029", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


class _Lines(HTMLParser):
    """The lines of a page of HTML, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self._lines: list[str] = [""]
        self._depth = 0

    @classmethod
    def of(cls, page: str) -> _Lines:
        kept = nh3.clean(
            _CONTROLS.sub("", page),
            tags={*_BLOCKS, "br", "a"},
            attributes={"a": {"href"}},
            clean_content_tags={"script", "style", "title"},
            link_rel=None,
            url_schemes={"http", "https"},
        )
        found = cls()
        found.feed(kept)
        found.close()
        return found

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]
        if tag == "blockquote":
            self._depth += 1
        if tag in _BLOCKS or tag == "br":
            self._end_line(is_block=tag != "br")

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._depth = max(0, self._depth - 1)
        if tag in _BLOCKS:
            self._end_line(is_block=True)

    def handle_data(self, data: str) -> None:
        words = re.sub(r"[ \t\n\r\f\u00a0]+", " ", data)
        line = self._lines[-1]
        if not line and words.strip():
            line, words = "> " * min(self._depth, 3), words.lstrip()
        self._lines[-1] = line + (words if line else words.lstrip())

    def _end_line(self, *, is_block: bool) -> None:
        if self._lines[-1] or not is_block:
            self._lines.append("")
