from __future__ import annotations

import logging
from collections.abc import Callable

import psycopg
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import Error, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from newsroom import editions, old_addresses
from newsroom.models import OldAddress
from newsroom.models.addresses import OldAddressQuerySet, kept_as

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]


class Compression(GZipMiddleware):
    """Compress what is text; a picture is compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class ContentSecurityPolicy(CSPMiddleware):
    """Tell browsers what a page may load and run. The admin has a policy of its own (`settings.ADMIN_POLICY`).

    A view that needs another says so by the decorators of django-csp.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and request.path_info.startswith("/admin/"):
            parts.config = settings.ADMIN_POLICY
        return parts


class CrossOriginPolicies:
    """No other site loads our answers into its pages, and no page of ours loads what did not ask to be loaded.

    A view whose answer is meant for others, such as a feed, sets `Cross-Origin-Resource-Policy` by itself.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", settings.CROSS_ORIGIN_EMBEDDER_POLICY)
        return response


class EditionByPath:
    """Set the language by the address and hang the edition on the request, loaded when a page asks for it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = editions.edition_of_path(request.path_info)
        request.edition_code = code  # type: ignore[attr-defined]
        if not request.path_info.startswith("/admin/"):  # the admin is an app of its own
            request.current_app = code  # {% url "site:…" %} stays here, in errors too
        request.edition = SimpleLazyObject(lambda: editions.load(code))  # type: ignore[attr-defined]
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


class OldAddresses:
    """Where the site has nothing, ask whether the address is an old one, and lead on from it.

    Before a front page answers, too, if the query is none of its own: it would answer to each.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if old_addresses.is_looked_up_first(request.path_info, request.GET):
            with_query = OldAddress.objects.filter(path__contains="?")
            return self.led_on(request, with_query) or self.get_response(request)
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        return self.led_on(request, OldAddress.objects.all()) or response

    @staticmethod
    def led_on(request: HttpRequest, rows: OldAddressQuerySet) -> HttpResponse | None:
        asked = request.get_full_path()
        try:
            row = rows.answering(asked)
        except Error as error:
            if away := database_away(request, error):
                return away
            raise
        if row is None or kept_as(row.target) in (row.path, kept_as(asked).partition("?")[0]):
            return None
        response = HttpResponsePermanentRedirect(row.target) if row.is_permanent else HttpResponseRedirect(row.target)
        response["Cache-Control"] = "no-cache"  # a slip in the table can be mended for those who followed it, too
        return response


class DatabaseGuard:
    """When the database is away or full, say so in a sentence, and give back what was typed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return database_away(request, exception)


def database_away(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The answer to a request that met a database which is away or full; None for any other exception."""
    if not (isinstance(exception, (OperationalError, InterfaceError)) or is_read_only(exception)):
        return None
    logger.error("The database did not answer %s %s: %s", request.method, request.path, exception)
    with translation.override(editions.edition_of_path(request.path_info)):
        context = {"path": request.get_full_path(), "typed": typed(request), "is_full": is_disk_full(exception)}
        page = render_to_string("503.html", context)
    response = HttpResponse(page, status=503)
    response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response


def is_disk_full(exception: Exception) -> bool:
    return isinstance(exception.__cause__, psycopg.errors.DiskFull)


def is_read_only(exception: Exception) -> bool:
    """A server that stands by, or has just taken over from another, reads but does not write."""
    return isinstance(exception, InternalError) and isinstance(
        exception.__cause__, psycopg.errors.ReadOnlySqlTransaction
    )


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field of a form that was sent, so that it can be sent again; no passwords."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and "password" not in name
    ]
