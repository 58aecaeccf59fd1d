"""How often articles were read: charts for the newsroom, a table for funders."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from articles.admin.charts import bar_chart, with_shares
from articles.models import Article, ReadCount
from articles.models.reads import OWN_SITE

PERIODS = (30, 90, 365)  # days
SHOWN = 15  # rows of each table


class ExportForm(forms.Form):
    """What a table for a funder covers."""

    BY = {"day": gettext_lazy("by day"), "article": gettext_lazy("by article"), "section": gettext_lazy("by section")}

    first = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    by = forms.ChoiceField(label=gettext_lazy("Rows"), choices=BY)

    def clean(self) -> dict[str, Any]:
        fields = self.cleaned_data
        if "first" in fields and "last" in fields and fields["first"] > fields["last"]:
            self.add_error("last", _("The last day is before the first."))
        return fields


@admin.register(ReadCount)
class ReadCountAdmin(ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        own = [
            path("csv/", self.admin_site.admin_view(self.export), name="articles_readcount_csv"),
            path("article/<int:pk>/", self.admin_site.admin_view(self.of_article), name="articles_readcount_article"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return self._page(request)

    def export(self, request: HttpRequest) -> HttpResponse:
        form = ExportForm(request.GET)
        return self._page(request, form) if not form.is_valid() else self._table(request, **form.cleaned_data)

    def of_article(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._demand_permission(request)
        article = get_object_or_404(Article.objects.select_related("edition"), pk=pk)
        first, last, days = _period(request)
        counts = ReadCount.objects.filter(article=article)
        context = _summary(counts.between(first, last), first, last) | {
            "title": _("Reads: %s") % article,
            "article": article,
            "days": days,
            "ever": counts.total(),
        }
        return self._answer(request, "admin/articles/reads/article.html", context)

    def _page(self, request: HttpRequest, form: ExportForm | None = None) -> HttpResponse:
        self._demand_permission(request)
        first, last, days = _period(request)
        counts = ReadCount.objects.between(first, last)
        context = _summary(counts, first, last) | {
            "title": _("Reads"),
            "days": days,
            "articles": with_shares([_leading_on(row, days) for row in counts.most_read()[:SHOWN]]),
            "sections": with_shares([row | {"name": row["section"] or "–"} for row in counts.by_section()]),
            "translators": with_shares(list(counts.by_translator()[:SHOWN])),
            "form": form or ExportForm(initial={"first": first, "last": last, "by": "day"}),
        }
        return self._answer(request, "admin/articles/reads/page.html", context, status=422 if form else 200)

    def _table(self, request: HttpRequest, *, first: date, last: date, by: str) -> HttpResponse:
        self._demand_permission(request)
        counts = ReadCount.objects.between(first, last)
        head, rows = TABLES[by](counts)
        name = f"reads-{first}-{last}-by-{by}.csv"
        response = HttpResponse(
            "\ufeff",  # without it, spreadsheets take UTF-8 for something else
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
        )
        csv.writer(response).writerows([head, *([_harmless(cell) for cell in row] for row in rows)])
        return response

    def _answer(self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        common = self.admin_site.each_context(request) | {"opts": self.opts, "periods": PERIODS}
        return TemplateResponse(request, template, common | context, status=status)

    def _demand_permission(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _period(request: HttpRequest) -> tuple[date, date, int]:
    """The first and the last day of the last `days`, and how many they are."""
    asked = request.GET.get("days", "")
    days = next((days for days in PERIODS if asked == str(days)), PERIODS[0])
    last = localdate(timezone.now())
    return last - timedelta(days=days - 1), last, days


def _leading_on(row: dict[str, Any], days: int) -> dict[str, Any]:
    """The row of an article with the way to the page of its own reads."""
    page = reverse("admin:articles_readcount_article", args=[row["article_id"]])
    return row | {"name": row["title"], "url": f"{page}?days={days}"}


def _summary(counts: Any, first: date, last: date) -> dict[str, Any]:
    names = {"": _("No site: typed in, a bookmark, an app or a letter"), OWN_SITE: _("This site")}
    referrers = [row | {"name": names.get(row["referrer"], row["referrer"])} for row in counts.by_referrer()[:SHOWN]]
    by_day = counts.by_day()
    return {
        "first": first,
        "last": last,
        "total": sum(by_day.values()),
        "chart": bar_chart(by_day, first, last),
        "referrers": with_shares(referrers),
    }


def _by_day(counts: Any) -> tuple[list[str], list[list[Any]]]:
    return [_("Day"), _("Reads")], [[day, reads] for day, reads in counts.by_day().items()]


def _by_article(counts: Any) -> tuple[list[str], list[list[Any]]]:
    head = [_("Title"), _("Address"), _("Edition"), _("Section"), _("First published"), _("Reads")]
    rows = []
    for row in counts.most_read():
        address = Article(slug=row["slug"], edition_id=row["edition"]).get_absolute_url()
        published = localtime(row["published_at"]).date() if row["published_at"] else ""
        rows.append([row["title"], address, row["edition"], row["section"] or "", published, row["reads"]])
    return head, rows


def _by_section(counts: Any) -> tuple[list[str], list[list[Any]]]:
    rows = [[row["edition"], row["section"] or "", row["reads"]] for row in counts.by_section()]
    return [_("Edition"), _("Section"), _("Reads")], rows


TABLES = {"day": _by_day, "article": _by_article, "section": _by_section}


def _harmless(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
