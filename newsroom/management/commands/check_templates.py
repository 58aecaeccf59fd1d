"""Compile every template under templates/, so that a wrong tag is found before a reader opens the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template import Engine, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template


class Command(BaseCommand):
    help = "Compile every template and report those that do not."

    def handle(self, *args: Any, **options: Any) -> None:
        folders = [Path(folder) for folder in Engine.get_default().dirs]
        files = [(folder, file) for folder in folders for file in folder.rglob("*") if file.is_file()]
        names = sorted(file.relative_to(folder).as_posix() for folder, file in files)
        wrong = [f"{name}: {error}" for name in names if (error := self._error(name))]
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{len(names)} templates compile.")

    def _error(self, name: str) -> str:
        try:
            get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist, UnicodeDecodeError) as error:
            return f"{type(error).__name__}: {error}"
        return ""
