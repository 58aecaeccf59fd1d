"""The mail of the demonstration is shown in place of being sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Mail goes to files again, where pytest-django keeps it in memory."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.EMAIL = {**settings.EMAIL, "EMAIL_FILE_PATH": str(tmp_path)}
    return tmp_path


def shown(client: Client) -> str:
    response = client.get("/demo/mail/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()


def test_without_mail_the_page_says_so(client: Client, folder: Path):
    assert "There is no mail yet." in shown(client)
    folder.rmdir()
    assert "There is no mail yet." in shown(client)


def test_mail_is_shown_with_its_subject_reader_and_text(client: Client):
    send_mail("Ваш код", "Код: 123456\n\nhttps://news.example/go/?a=1&b=2", "from@news.example", ["olena@news.example"])
    page = shown(client)
    assert "Ваш код" in page
    assert "olena@news.example" in page
    assert "Код: 123456" in page
    assert 'href="https://news.example/go/?a=1&amp;b=2"' in page


def test_the_newest_mail_comes_first(client: Client):
    for subject in ("The first", "The second"):
        send_mail(subject, "Text", "from@news.example", ["to@news.example"])
    page = shown(client)
    assert page.index("The second") < page.index("The first")


def test_several_messages_of_one_connection_are_all_shown(client: Client, folder: Path):
    from django.core.mail import get_connection

    with get_connection() as connection:
        for subject in ("The first", "The second"):
            send_mail(subject, "Text", "from@news.example", ["to@news.example"], connection=connection)
    assert len(list(folder.iterdir())) == 1
    page = shown(client)
    assert page.index("The second") < page.index("The first")


def test_what_is_mailed_cannot_act_on_the_page(client: Client):
    message = EmailMultiAlternatives("<script>1</script>", "<script>2</script>", to=["to@news.example"])
    message.attach_alternative("<script>3</script>", "text/html")
    message.send()
    page = shown(client)
    assert "<script>" not in page
    assert "&lt;script&gt;2&lt;/script&gt;" in page
