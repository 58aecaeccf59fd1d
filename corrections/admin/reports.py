from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from articles.models import Article
from corrections import alike
from corrections.admin import common, figures, places, presses, queue, steps
from corrections.models import Message, Report
from newsroom.models import Edition

STATES = ("waiting", "held", "decided")


@admin.register(Report)
class ReportAdmin(ModelAdmin):
    """The queue. No report is made, edited or deleted here: each button is one decision."""

    def get_urls(self) -> list[URLPattern]:
        def one(name: str, view: Any, *, is_step: bool = False) -> URLPattern:
            def answer(request: HttpRequest, pk: int) -> HttpResponse:
                found: HttpResponse = view(request, self, pk) if is_step else view(request, pk)
                return found

            pattern = f"<int:pk>/{name.replace('_', '-')}/"
            return path(pattern, self.admin_site.admin_view(answer), name=f"corrections_report_{name}")

        own = [
            path("figures/", self.admin_site.admin_view(self.figures), name="corrections_report_figures"),
            path("reopen/", self.admin_site.admin_view(presses.reopen), name="corrections_report_reopen"),
            path("undo/<int:pk>/", self.admin_site.admin_view(presses.undo), name="corrections_report_undo"),
            *[one(view.__name__, view) for view in (presses.apply, presses.already_fixed)],
            *[one(view.__name__, view) for view in (presses.spam, presses.let_in)],
            *[one(view.__name__, view, is_step=True) for view in (steps.wording, steps.decline)],
            *[one(view.__name__, view, is_step=True) for view in (steps.ask, steps.place, steps.forget)],
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The queue, by article."""
        common.demand(request)
        asked = _asked(request)
        chosen = _chosen(asked)
        after = request.GET.get("after", "")
        context: dict[str, Any] = {
            "title": _("What readers report"),
            "asked": asked,
            "states": _states(asked),
            "editions": Edition.objects.in_use(),
            "kinds": Report.Kind.choices,
            "done": request.session.pop(common.DONE, None),
            "back": common.query(**asked, after=after),
            "filters": common.query(**asked),
        }
        if asked["state"] == "decided":
            context["decided"], context["older"] = queue.decided(Report.objects.filter(chosen), after=after)
        else:
            article = common.number(asked["article"])
            page = queue.waiting(chosen, at=timezone.now(), after=after, article=article)
            context |= {"articles": page.articles, "older": page.older}
        return self._answer(request, "admin/corrections/queue.html", context)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """One report with all that belongs to it."""
        common.demand(request)
        related = ("article__edition", "revision", "decided_by", "correction__revision", "place_revision")
        report = get_object_or_404(Report.objects.select_related(*related), pk=common.number(object_id) or 0)
        live = common.public_of(report)[1]
        together = alike.together(report) if report.decided_at is None else [report]
        thread = list(Message.objects.filter(report=report).select_related("author"))
        context = {
            "title": _("Report %(number)s") % {"number": report.pk},
            "report": report,
            "card": queue.card_of(
                [report, *(each for each in together if each.pk != report.pk)],
                live,
                Message.objects.filter(report__in=together).select_related("author"),
                readers=queue.READERS_OF_ONE,
            ),
            "thread": thread,
            "places": places.through_the_versions(report),
            "back": "report",
            "is_own_page": True,
        }
        return self._answer(request, "admin/corrections/report.html", context)

    def figures(self, request: HttpRequest) -> HttpResponse:
        common.demand(request)
        context = figures.summary(timezone.localdate()) | {"title": _("Reports in figures")}
        return self._answer(request, "admin/corrections/figures.html", context)

    def _answer(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        around = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "may_publish": request.user.has_perm("articles.publish_article"),
        }
        return TemplateResponse(request, template, around | context)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("corrections.decide_report")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address chooses; what it says wrongly chooses nothing."""
    state, edition, kind, article = (request.GET.get(name, "") for name in ("state", "edition", "kind", "article"))
    return {
        "state": state if state in STATES else "waiting",
        "edition": edition[:10] if edition.isprintable() else "",
        "kind": kind if kind in Report.Kind.values else "",
        "article": article if Article.objects.filter(pk=common.number(article) or 0).exists() else "",
    }


def _chosen(asked: dict[str, str]) -> Q:
    status = Report.Status
    states = {
        "waiting": Q(status=status.OPEN),
        "held": Q(status=status.HELD),
        "decided": ~Q(status__in=[status.OPEN, status.HELD]),
    }
    return states[asked["state"]] & _filters(asked, "edition", "kind", "article")


def _filters(asked: dict[str, str], *names: str) -> Q:
    found = Q()
    for name in names:
        if asked[name]:
            found &= Q(**{"article__edition" if name == "edition" else name: asked[name]})
    return found


def _states(asked: dict[str, str]) -> list[dict[str, Any]]:
    chosen = _filters(asked, "edition", "kind")
    counts = (
        Report.objects.undecided()
        .filter(chosen)
        .aggregate(
            waiting=Count("pk", filter=Q(status=Report.Status.OPEN)),
            held=Count("pk", filter=Q(status=Report.Status.HELD)),
        )
    )
    labels = {"waiting": _("Waiting"), "held": _("Held back"), "decided": _("Decided")}
    rest = {name: value for name, value in asked.items() if name not in ("state", "article")}
    return [
        {
            "name": name,
            "label": label,
            "count": counts.get(name),
            "query": common.query(state=name, **rest),
            "is_shown": asked["state"] == name,
        }
        for name, label in labels.items()
    ]
