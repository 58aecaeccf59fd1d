"""A visitor without a browser: asks for pages, keeps cookies, fills in forms, signs in."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from email.message import Message
from http.cookiejar import CookieJar
from typing import Any, NamedTuple
from urllib.parse import urlencode, urljoin

import lxml.html

from benchmarks import certificate


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class Visitor:
    def __init__(self, site: str) -> None:
        self.site = site
        self._cookies = CookieJar()
        trusting = ssl.create_default_context(cafile=str(certificate.files()[0]))
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trusting), urllib.request.HTTPCookieProcessor(self._cookies)
        )

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.site + path))

    def post(self, path: str, button: str = "", **fields: str) -> Answer:
        """Send the form at `path` that has these fields, with whatever else stands in it, by `button` if it is named."""
        page: Any = lxml.html.fromstring(self.get(path).body)
        form = next(form for form in page.forms if fields.keys() <= set(form.fields.keys()))
        sent = urlencode([*(dict(form.form_values()) | fields).items(), *([(button, "1")] if button else [])])
        address = urljoin(self.site + path, form.get("action") or "")
        return self._ask(urllib.request.Request(address, sent.encode(), {"Referer": self.site + path}))

    def sign_in(self, username: str) -> None:
        self.post("/accounts/login/", login=username, password="demo")

    def cookies(self) -> str:
        """The header by which this visitor is known."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._cookies)

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())
