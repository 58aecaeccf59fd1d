"""A template that does not compile is found by `make check`, not by a reader."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path]
    settings.TEMPLATES = templates
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "right.html").write_text("{% load static %}{{ word|upper }}")
    return tmp_path


def test_templates_that_compile_are_counted(folder: Path, capsys: pytest.CaptureFixture[str]):
    call_command("check_templates")
    assert capsys.readouterr().out == "1 templates compile.\n"


@pytest.mark.parametrize("wrong", ["{% nonsense %}", "{% load nonsense %}", "{{ word|nonsense }}", "{% if word %}"])
def test_a_wrong_template_is_named(folder: Path, wrong: str):
    (folder / "pages" / "wrong.html").write_text(wrong)
    with pytest.raises(CommandError, match=r"^pages/wrong\.html: TemplateSyntaxError: "):
        call_command("check_templates")


def test_our_own_templates_compile():
    call_command("check_templates")
