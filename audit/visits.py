"""A visitor without a browser: asks for pages, keeps cookies, fills in forms, signs in."""

from __future__ import annotations

import re
import ssl
import urllib.error
import urllib.request
from email.message import Message
from http.cookiejar import CookieJar
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import certificate


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class Visitor:
    def __init__(self, site: str) -> None:
        self.site = site
        trusting = ssl.create_default_context(cafile=str(certificate.files()[0]))
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trusting), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.site + path))

    def post(self, path: str, **fields: str) -> Answer:
        """Send the form that stands at `path`, with these fields and those that it hides."""
        page = self.get(path).body.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        body = urlencode(hidden | fields).encode()
        return self._ask(urllib.request.Request(self.site + path, body, {"Referer": self.site + path}))

    def sign_in(self, username: str) -> None:
        self.post("/accounts/login/", login=username, password="demo")

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())
