"""Translations are compiled on each machine, by Python alone, and a wrong one is found before a reader meets it."""

from __future__ import annotations

import gettext
import os
import re
import shutil
from pathlib import Path

import pytest
import unfold
from django.utils.translation import gettext as django_gettext
from django.utils.translation import override

from newsroom import translations

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : n % 1 == 0 && n % 10 >= 2 && "
"n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : n % 1 == 0 && (n % 10 ==0 || (n % 10 >=5 && n % 10 <=9) || "
"(n % 100 >=11 && n % 100 <=14 )) ? 2: 3);\\n"

"""


def catalog(folder: Path, messages: str) -> Path:
    source = folder / "uk" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(HEADER + messages)
    return source


def compiled(folder: Path) -> gettext.NullTranslations:
    return gettext.translation("django", localedir=folder, languages=["uk"])


def test_words_contexts_and_plurals_are_compiled(tmp_path: Path):
    catalog(
        tmp_path,
        """
msgid "Publish"
msgstr "Опублікувати"

msgctxt "a newspaper's"
msgid "Section"
msgstr "Рубрика"

#, python-format
msgid "%(count)s word"
msgid_plural "%(count)s words"
msgstr[0] "%(count)s слово"
msgstr[1] "%(count)s слова"
msgstr[2] "%(count)s слів"
msgstr[3] "%(count)s слова"
""",
    )
    translations.compile_all(tmp_path)
    words = compiled(tmp_path)
    assert words.gettext("Publish") == "Опублікувати"
    assert words.pgettext("a newspaper's", "Section") == "Рубрика"
    assert [words.ngettext("%(count)s word", "%(count)s words", n) for n in (1, 3, 5, 21)] == [
        "%(count)s слово",
        "%(count)s слова",
        "%(count)s слів",
        "%(count)s слово",
    ]


def test_a_doubtful_or_missing_translation_leaves_the_original(tmp_path: Path):
    catalog(tmp_path, '#, fuzzy\nmsgid "Publish"\nmsgstr "Видалити"\n\nmsgid "Save"\nmsgstr ""\n')
    translations.compile_all(tmp_path)
    assert compiled(tmp_path).gettext("Publish") == "Publish"
    assert compiled(tmp_path).gettext("Save") == "Save"


def test_only_what_is_missing_or_older_is_compiled(tmp_path: Path):
    source = catalog(tmp_path, 'msgid "Save"\nmsgstr "Зберегти"\n')
    assert translations.compile_all(tmp_path) == [source.with_suffix(".mo")]
    assert translations.compile_all(tmp_path) == []
    catalog(tmp_path, 'msgid "Save"\nmsgstr "Записати"\n')
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert translations.compile_all(tmp_path) == [source.with_suffix(".mo")]
    assert compiled(tmp_path).gettext("Save") == "Записати"


def test_a_translation_with_other_placeholders_is_refused_with_its_place(tmp_path: Path):
    source = catalog(tmp_path, '#, python-format\nmsgid "%(count)s words"\nmsgstr "%(cuont)s слів"\n')
    with pytest.raises(translations.WrongTranslation, match=r"django\.po, line"):
        translations.compile_all(tmp_path)
    assert not source.with_suffix(".mo").exists()


def test_a_broken_file_is_refused_with_its_name(tmp_path: Path):
    catalog(tmp_path, 'msgid "Save"\nmsgid "Other"\nmsgstr "Зберегти"\n')
    with pytest.raises(translations.WrongTranslation, match=r"django\.po"):
        translations.compile_all(tmp_path)


def test_our_own_translations_compile(tmp_path: Path):
    copied = shutil.copytree(translations.LOCALE_DIR, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    assert translations.compile_all(copied)


def test_what_the_admin_s_library_says_is_ukrainian_where_the_interface_is():
    """It brings no translations of its own, so what it adds to Django's words is ours to translate."""
    templates = Path(unfold.__file__).parent / "templates/unfold"
    said = {
        match[2]
        for file in templates.rglob("*.html")
        for match in re.finditer(r"""{% trans(?:late)? (['"])(.+?)\1""", file.read_text())
    }
    assert len(said) > 40
    with override("uk"):
        assert [words for words in sorted(said) if django_gettext(words) == words] == []
        assert django_gettext("Remember Me") == "Запам’ятати мене"
