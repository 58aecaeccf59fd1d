from __future__ import annotations

import uuid

from django.conf import settings
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom import actions, limits
from newsroom.editions import EditionRequest
from newsroom.forms import LetterForm
from newsroom.middleware import database_away, typed
from newsroom.models import Page, ReuseTerms
from newsroom.surfaces import Shows, surface


@surface(Shows.EXTRACT)
def page(request: EditionRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Page, edition=request.edition_code, slug=slug)
    others = (
        Page.objects.filter(slug=slug, edition__in=settings.EDITIONS)
        .exclude(edition=request.edition_code)
        .select_related("edition")
    )
    counterparts = [
        {"code": other.edition_id, "language": other.edition.language_name, "url": other.get_absolute_url()}
        for other in others
    ]
    return render(request, "newsroom/page.html", {"page": found, "counterparts": counterparts})


@surface(Shows.EXTRACT)
def reuse(request: EditionRequest) -> HttpResponse:
    terms = ReuseTerms.objects.filter(policy__is_default=True, edition=request.edition_code).first()
    counterparts = [
        {"code": row["code"], "language": row["language"], "url": reverse("site:reuse", current_app=row["code"])}
        for row in request.edition.edition_rows
        if row["code"] != request.edition_code
    ]
    return render(request, "newsroom/reuse.html", {"terms": terms, "counterparts": counterparts})


@surface(Shows.OWN_TEXT, methods=("GET", "HEAD", "POST"), is_indexed=False)
def write(request: EditionRequest) -> HttpResponse:
    """The form by which people write to us, so that no address needs to stand on a page."""
    if request.method == "POST":
        form = LetterForm(request.POST)
        if form.is_valid():
            if form.is_from_a_program():
                return redirect(reverse("site:written", current_app=request.edition_code))
            at = timezone.now()
            try:
                with transaction.atomic():
                    limits.take_place("letter", limits.LETTERS, sender=limits.sender(request), at=at)
                    actions.receive_letter(**form.letter(), edition=request.edition_code, at=at)
                return redirect(reverse("site:written", current_app=request.edition_code))
            except limits.TooMany:
                form.add_error(None, limits.TOO_MANY_LETTERS)
                return render(request, "newsroom/write.html", {"form": form}, status=429)
    else:
        asked = {"to": request.GET.get("to"), "about": request.GET.get("about", "")[:500], "key": uuid.uuid4()}
        form = LetterForm(initial=asked)
    return render(request, "newsroom/write.html", {"form": form}, status=422 if form.errors else 200)


@surface(Shows.EXTRACT, is_indexed=False)
def written(request: EditionRequest) -> HttpResponse:
    return render(request, "newsroom/written.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For whoever watches the site: 200 when the database answers, else 503 by `DatabaseGuard`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = HttpResponse("ok\n", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Needs no edition: it is mostly the admin that refuses."""
    back = reverse("admin:index") if request.path_info.startswith("/admin/") else "/"
    response = render(request, "403.html", {"back": back}, status=403)
    response["Cache-Control"] = "no-store"
    return response


def not_found(request: EditionRequest, exception: Exception) -> HttpResponse:
    try:
        response = render(request, "404.html", status=404)
    except Error as error:  # raised while another exception is handled, so DatabaseGuard is not asked
        if away := database_away(request, error):
            return away
        raise
    response["Cache-Control"] = "no-cache"  # it may be published in a minute
    return response


def failed(request: EditionRequest) -> HttpResponse:
    """Needs neither database nor edition: either may be what failed."""
    page = render_to_string("500.html", {"path": request.get_full_path(), "typed": typed(request)})
    response = HttpResponse(page, status=500)
    response["Cache-Control"] = "no-store"
    return response
