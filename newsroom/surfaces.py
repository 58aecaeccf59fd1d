"""The registry of everything that leaves the site, and how much of an article each of it may show.

Every public view carries `@surface(...)`; a test walks all addresses and fails on one without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[Any, Arguments], HttpResponseBase]  # the request, of whatever kind the view asks for


class Shows(Enum):
    WHOLE = "the whole article"
    EXTRACT = "at most the limit of any one article in one response; the standfirst counts, the title does not"
    OWN_TEXT = "an answer that shows the sender's own text, never stored"


@dataclass(frozen=True)
class Surface:
    name: str
    shows: Shows
    is_indexed: bool


REGISTRY: dict[str, Surface] = {}


def surface(
    shows: Shows, *, methods: tuple[str, ...] = ("GET", "HEAD"), is_indexed: bool = True
) -> Callable[[View[Arguments]], View[Arguments]]:
    """Declare a public view: what it shows, the methods that it answers, whether search engines may list it."""

    def declare(view: View[Arguments]) -> View[Arguments]:
        name = f"{view.__module__}.{view.__qualname__}"
        declared = REGISTRY.setdefault(name, Surface(name, shows, is_indexed))

        @wraps(view)
        def answer(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            response = view(request, *args, **kwargs)
            if not is_indexed:
                response["X-Robots-Tag"] = "noindex"
            if shows is Shows.OWN_TEXT:
                response["Cache-Control"] = "private, no-store"
            else:  # kept by browsers, but asked for anew: what was taken down must not live on, nor the reverse
                response.headers.setdefault("Cache-Control", "no-cache")
            return response

        answer.surface = declared  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]  # `wraps` names the first argument, `View` does not

    return declare
