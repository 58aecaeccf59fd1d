"""A file becomes a picture, or somebody is told why not: by the admin's own addresses."""

from __future__ import annotations

import errno
import io
import json
import time
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Picture
from benchmarks import hostile_pictures
from newsroom.uploads import BoundedUpload
from tests import cast

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/articles/picture/upload/"
SECRETS = (b"<script", b"GPS", b"50,27", b"Spycam", b"Ruth")


@pytest.fixture
def translator(client: Client) -> Client:
    client.force_login(cast.translator_account())
    return client


def send(client: Client, content: bytes, name: str = "river.jpg") -> Any:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content, "image/jpeg")})


def original(picture: Picture) -> bytes:
    with picture.file.open() as file:
        return bytes(file.read())


def test_an_upload_is_answered_at_once_and_prepared_by_the_queue(translator: Client):
    answer = send(translator, hostile_pictures.sound_files()["jpeg"], "My river.JPG")
    assert answer.status_code == 201
    told = answer.json()
    picture = Picture.objects.get()
    assert told["key"] == picture.key
    assert (told["title"], told["status"], told["thumbnail"]) == ("My river", "waiting", "")
    assert told["credit"] == "Ruth Calder"  # as the file says
    assert (picture.width, picture.height) == (80, 120)  # turned, as it is looked at
    assert picture.uploaded_by
    assert picture.uploaded_by.username == "tim"
    assert ProcrastinateJob.objects.get().args == {"picture_id": picture.pk}


@pytest.mark.parametrize("kind", hostile_pictures.sound_files())
def test_every_kind_is_kept_without_what_it_tells_of_place_and_maker(translator: Client, kind: str):
    assert send(translator, hostile_pictures.sound_files()[kind]).status_code == 201
    kept = original(Picture.objects.get())
    assert [secret for secret in SECRETS if secret in kept] == []
    with Image.open(io.BytesIO(kept)) as image:
        image.load()
        turned = image.getexif().get(0x0112, 1) >= 5
        size = image.size[::-1] if turned else image.size
        assert not image.getexif().get_ifd(0x8825)
    assert size == (Picture.objects.get().width, Picture.objects.get().height)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty.jpg", "The file is empty."),
        ("drawing.svg", "SVG files and web pages can carry programs"),
        ("drawing.png", "SVG files and web pages can carry programs"),
        ("page.jpg", "SVG files and web pages can carry programs"),
        ("program.php.jpg", "This is not a picture."),
        ("document.avif", "This is not a picture."),
        ("photo.heic", "Most browsers cannot show HEIC photos."),
        ("bomb.png", "more than 40 megapixels"),
        ("long-bomb.png", "longer than 12,000 pixels"),
        ("half.jpg", "The end of the file is missing."),
        ("no-end.jpg", "The end of the file is missing."),
        ("many-chunks.png", "The file is damaged."),
        ("many-marks.jpg", "The file is damaged."),
        ("many-notes.gif", "The file is damaged."),
        ("many-chunks.webp", "The file is damaged."),
        ("boundless.avif", "The file is damaged."),
    ],
)
def test_what_is_no_picture_gets_a_sentence(translator: Client, name: str, sentence: str):
    answer = send(translator, hostile_pictures.no_pictures()[name], name)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", ["endless.avif", "many-metadata.avif", "overlapping.avif"])
def test_a_file_that_is_made_to_keep_the_site_busy_is_refused_at_once(translator: Client, name: str):
    content = hostile_pictures.no_pictures()[name]
    begun = time.process_time()
    assert "The file is damaged." in send(translator, content, name).json()["error"]
    assert time.process_time() - begun < 2


def test_more_than_forty_megapixels_are_refused(translator: Client):
    content = hostile_pictures.written(Image.new("1", (10_000, 4_001)), "PNG")
    assert "more than 40 megapixels" in send(translator, content).json()["error"]


def test_hostile_files_never_bring_the_site_down(translator: Client):
    statuses = {}
    for name, content in hostile_pictures.hostile_files(120):
        statuses[name] = send(translator, content, name).status_code
    assert {name: status for name, status in statuses.items() if status not in (201, 400)} == {}
    kept = [original(picture) for picture in Picture.objects.all()]
    assert kept
    assert [secret for secret in (b"<script", b"alert(") for content in kept if secret in content] == []


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".jpg", "a." + "b" * 300, "../../etc/passwd.jpg", "a\x00b.jpg", "..", "Річка.jpg", "<b>.jpg"]
)
def test_a_name_is_no_path_and_breaks_nothing(translator: Client, name: str):
    file = io.BytesIO(hostile_pictures.sound_files()["png"])
    file.name = name
    answer = translator.post(UPLOAD, {"file": file})
    if name == "..":  # nothing is left of it, so there is no file
        assert answer.status_code == 400
        return
    assert answer.status_code == 201
    picture = Picture.objects.get()
    assert picture.file.name == f"originals/{picture.key}.png"
    assert 0 < len(picture.title) <= 200


def test_a_file_that_is_too_large_is_cut_on_its_way_and_refused(translator: Client, settings: Any):
    settings.MAX_UPLOAD_BYTES = 100_000
    answer = send(translator, bytes(200_000))
    assert answer.status_code == 413
    assert "larger than 20 MB" in answer.json()["error"]
    page = translator.post("/admin/articles/picture/add/", {"file": io.BytesIO(bytes(200_000))})
    assert page.status_code == 422
    assert "larger than 20 MB" in page.content.decode()


def test_a_full_disk_is_told(translator: Client, monkeypatch: pytest.MonkeyPatch):
    def full(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    sound = hostile_pictures.sound_files()["png"]
    with monkeypatch.context() as patched:
        patched.setattr(BoundedUpload, "write", full, raising=False)
        assert "no room" in send(translator, sound).json()["error"]
    monkeypatch.setattr(type(storages["default"]), "_save", full)
    assert "no room" in send(translator, sound).json()["error"]
    assert not Picture.objects.exists()


def test_several_files_by_the_form_without_a_script(translator: Client):
    sound = hostile_pictures.sound_files()
    files = [SimpleUploadedFile("a.jpg", sound["jpeg"]), SimpleUploadedFile("b.png", sound["png"])]
    broken = SimpleUploadedFile("c.svg", b"<svg/>")
    page = translator.post("/admin/articles/picture/add/", {"file": [*files, broken]}, follow=True)
    assert "2 pictures were added." in page.content.decode()
    assert "c.svg: SVG files" in page.content.decode()
    assert sorted(Picture.objects.values_list("title", flat=True)) == ["a", "b"]
    page = translator.post("/admin/articles/picture/add/", {})
    assert page.status_code == 422
    assert "No file came with it." in page.content.decode()


def test_only_who_may_add_pictures_uploads(client: Client):
    sound = hostile_pictures.sound_files()["png"]
    assert send(client, sound).status_code in (302, 403)  # not signed in
    reader = cast.account("rob")
    reader.is_staff = True
    reader.save()
    client.force_login(reader)
    assert send(client, sound).status_code == 403
    assert client.post("/admin/articles/picture/add/", {"file": io.BytesIO(sound)}).status_code == 403
    for path in ("search/", "status/", ""):
        assert client.get(f"/admin/articles/picture/{path}").status_code == 403
    assert not Picture.objects.exists()


def test_an_upload_from_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.translator_account())
    assert send(client, hostile_pictures.sound_files()["png"]).status_code == 403


def test_the_dialog_finds_pictures_and_their_words_by_few_queries(
    translator: Client, django_assert_max_num_queries: Any
):
    cast.ready_picture(title="A lock at noon")
    river = cast.ready_picture(title="A river")
    river.texts.create(edition_id="uk", alt="Річка взимку", caption="Лютий")
    cast.picture(title="Not ready river")
    with django_assert_max_num_queries(6):
        found = translator.get("/admin/articles/picture/search/?q=river&edition=uk").json()
    assert [one["title"] for one in found["pictures"]] == ["Not ready river", "A river"]
    assert found["pictures"][1]["alt"] == "Річка взимку"
    assert found["pictures"][1]["thumbnail"] == f"/media/pictures/{river.key}/80.jpg"
    assert found["after"] == ""
    by_words = translator.get("/admin/articles/picture/search/?q=взимку+річка").json()
    assert [one["key"] for one in by_words["pictures"]] == [river.key]
    state = translator.get(f"/admin/articles/picture/status/?key={river.key}&key=nothing").json()
    assert [(one["key"], one["status"]) for one in state["pictures"]] == [(river.key, "ready")]
    assert json.dumps(state)
