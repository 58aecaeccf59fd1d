"""The queue makes the files that readers get; who asks for one by its address gets it, and nothing else."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from PIL import Image, ImageCms
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import actions, tasks
from articles.models import Picture
from articles.pictures import renditions, shown, sources
from benchmarks import hostile_pictures
from newsroom.tasks import retry_stalled_jobs
from tests import cast

pytestmark = pytest.mark.django_db


def added(content: bytes) -> Picture:
    return actions.add_picture(cast.upload(content=content), by=None, at=cast.NOON)


def made(picture: Picture) -> Picture:
    tasks.make_renditions(picture.pk)
    picture.refresh_from_db()
    return picture


def served(picture: Picture, width: int, ending: str = "jpg") -> Any:
    return Client().get(f"/media/pictures/{picture.key}/{width}.{ending}")


def image_of(response: Any) -> Image.Image:
    return Image.open(io.BytesIO(b"".join(response.streaming_content)))


def test_renditions_are_upright_never_enlarged_and_served_for_ever():
    scene = hostile_pictures.scene(900, 600)
    picture = made(added(hostile_pictures.written(scene, "JPEG", exif=hostile_pictures.with_place(scene))))
    assert (picture.status, picture.failure, picture.widths) == ("ready", "", [400, 600])
    for width, ending, kind in (
        (400, "jpg", "JPEG"),
        (600, "jpg", "JPEG"),
        (400, "avif", "AVIF"),
        (600, "avif", "AVIF"),
    ):
        answer = served(picture, width, ending)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == f"image/{'jpeg' if ending == 'jpg' else ending}"
        assert "Content-Encoding" not in answer
        image = image_of(answer)
        assert (image.format, image.size) == (kind, (width, round(width * 1.5)))
    assert served(picture, 800).status_code == 404


def test_nothing_of_a_file_but_its_pixels_and_its_rights_gets_out():
    scene = hostile_pictures.scene(300, 200)
    options = {"exif": hostile_pictures.with_place(scene), "comment": b"<script>alert(1)</script>"}
    picture = made(added(hostile_pictures.written(scene, "JPEG", **options)))
    for ending in ("jpg", "avif"):
        content = b"".join(served(picture, 200, ending).streaming_content)
        assert [secret for secret in (b"<script", b"GPS", b"Spycam", b"Exif") if secret in content] == []
        assert b"Ruth Calder" in content


def test_whoever_is_taken_out_of_the_credit_is_taken_out_of_the_files():
    scene = hostile_pictures.scene(300, 200)
    picture = made(added(hostile_pictures.written(scene, "JPEG", exif=hostile_pictures.with_place(scene))))
    before = ProcrastinateJob.objects.count()
    picture.credit = "Anonymous"
    actions.describe_picture(picture, words={})
    assert ProcrastinateJob.objects.count() == before + 1
    made(picture)
    for ending in ("jpg", "avif"):
        content = b"".join(served(picture, 200, ending).streaming_content)
        assert b"Ruth Calder" not in content
        assert b"Anonymous" in content


@pytest.mark.parametrize(
    ("mode", "kind", "pixel"),
    [
        ("CMYK", "JPEG", (200, 40, 40)),
        ("RGBA", "PNG", (225, 145, 145)),  # half transparent, on paper
        ("L", "PNG", (88, 88, 88)),
        ("I;16", "PNG", (88, 88, 88)),
        ("P", "GIF", (200, 40, 40)),
        ("RGB", "WEBP", (200, 40, 40)),
    ],
)
def test_every_way_to_write_colours_looks_the_same(mode: str, kind: str, pixel: tuple[int, int, int]):
    plain = Image.new("RGB", (64, 64), (200, 40, 40))
    if mode == "RGBA":
        plain.putalpha(128)
    image = (
        plain.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else plain.convert(mode)
    )
    picture = made(added(hostile_pictures.written(image, kind)))
    assert picture.status == "ready"
    shown_pixel = image_of(served(picture, 64)).getpixel((30, 30))
    assert shown_pixel == pytest.approx(pixel, abs=12)  # a palette has few colours


def test_a_profile_of_other_colours_is_turned_into_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()  # which fits no picture in red and green
    image = Image.new("RGB", (64, 64), (200, 40, 40))
    picture = made(added(hostile_pictures.written(image, "PNG", icc_profile=lab)))
    assert image_of(served(picture, 64)).getpixel((30, 30)) == pytest.approx((200, 40, 40), abs=6)


def test_what_cannot_be_decoded_fails_with_a_sentence_and_only_that(monkeypatch: pytest.MonkeyPatch):
    noise = bytearray(hostile_pictures.sound_files()["webp-lossless"])
    noise[60:] = bytes(len(noise) - 60)
    broken = made(added(bytes(noise)))
    assert broken.status == "failed"
    assert "damaged" in broken.get_failure_display()

    def killed(*args: Any, **options: Any) -> Any:
        return subprocess.CompletedProcess(args, -9, "", "")

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", killed)
        picture = made(cast.picture())
    assert "too much memory or time" in picture.get_failure_display()
    actions.make_renditions_again(picture)
    assert made(picture).status == "ready"


def test_a_decoder_has_limits_of_its_own():
    code = (
        "import sys; sys.path.insert(0, 'articles/pictures'); import decoder; decoder._limit();"
        "print(len(bytearray(decoder.MEMORY)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr


def test_a_lost_original_is_told():
    picture = cast.picture()
    picture.file.storage.delete(str(picture.file.name))
    assert "no longer in the storage" in made(picture).get_failure_display()


def test_killed_in_the_middle_it_is_done_again_to_the_same_end(monkeypatch: pytest.MonkeyPatch):
    picture = cast.picture()

    def stop(*args: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(renditions, "_end", stop)
        with pytest.raises(SystemExit):
            tasks.make_renditions(picture.pk)
    first = b"".join(served(picture, 80).streaming_content)
    assert Picture.objects.get().status == "waiting"
    assert made(picture).status == "ready"
    assert b"".join(served(picture, 80).streaming_content) == first
    tasks.make_renditions(picture.pk)  # and once more: nothing is left to do


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("silent_for", "begun"), [("1 hour", "1 hour"), ("0 hours", "3 hours")], ids=["killed", "untold"]
)
def test_the_job_of_a_worker_that_was_killed_or_could_not_tell_its_end_is_done_again(silent_for: str, begun: str):
    picture = cast.picture()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
            [silent_for],
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name <> 'articles.tasks.make_renditions'"
        )  # of others
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
        cursor.execute("UPDATE procrastinate_events SET at = now() - %s::interval", [begun])
    retry_stalled_jobs.defer(timestamp=0)
    with app.replace_connector(app.connector.get_worker_connector()) as working, ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, _work(working)).result()  # in this thread a browser test may have left a loop running
    picture.refresh_from_db()
    assert picture.status == "ready"
    assert not ProcrastinateJob.objects.filter(status__in=("todo", "doing")).exists()


async def _work(working: Any) -> None:
    async with working.open_async():
        await working.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)


def test_a_picture_that_is_ready_stays_ready_while_it_is_made_again_and_whatever_comes_of_it():
    picture = made(cast.picture())
    storages["public"].delete(f"pictures/{picture.key}/80.jpg")
    assert actions.make_renditions_again(picture).status == "ready"  # so articles with it can be corrected meanwhile
    assert made(picture).status == "ready"
    assert image_of(served(picture, 80)).size == (80, 120)
    picture.file.storage.delete(str(picture.file.name))
    assert made(actions.make_renditions_again(picture)).status == "ready"  # what readers get is still there


def times_asked_for(picture: Picture) -> int:
    return len(ProcrastinateJob.objects.filter(status="todo", args={"picture_id": picture.pk}))


def test_without_room_on_the_disk_it_is_tried_again_and_nobody_told_a_wrong_reason(monkeypatch: pytest.MonkeyPatch):
    picture = cast.picture()

    def full(*args: Any, **options: Any) -> Any:
        return subprocess.CompletedProcess(args, 0, '{"error": "no_space"}', "")

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", full)
        with pytest.raises(OSError, match="No space left"):
            tasks.make_renditions(picture.pk)
    assert made(picture).status == "ready"


def test_pictures_that_wait_too_long_are_made_after_all():
    forgotten, failed, new = cast.picture(), cast.picture(), cast.picture(at=cast.NOON + timedelta(hours=2))
    Picture.objects.filter(pk=failed.pk).update(status="failed", failure="damaged")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    for _twice in range(2):
        tasks.look_after_pictures(timestamp=int((cast.NOON + timedelta(hours=2)).timestamp()))
    assert [times_asked_for(each) for each in (forgotten, failed, new)] == [1, 0, 0]
    assert (tasks.look_after_pictures.name, "") in app.periodic_registry.periodic_tasks


def test_what_uploads_left_lying_is_removed_after_a_day(settings: Any, tmp_path: Path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    (tmp_path / "making-old").mkdir()
    for name in ("old.upload", "making-old/800.jpg", "new.upload"):
        (tmp_path / name).touch()
    for name in ("old.upload", "making-old"):
        os.utime(tmp_path / name, (0, 0))
    tasks.look_after_pictures(timestamp=int(time.time()))
    assert [path.name for path in tmp_path.iterdir()] == ["new.upload"]


def test_a_command_has_them_made_again(capsys: pytest.CaptureFixture[str]):
    picture = made(cast.picture())
    call_command("make_pictures_again", picture.key)
    assert ProcrastinateJob.objects.filter(args={"picture_id": picture.pk}).count() == 2
    Picture.objects.update(status="failed", failure="damaged")
    call_command("make_pictures_again", "--failed")
    assert Picture.objects.waiting().count() == 1
    call_command("make_pictures_again", "--all", "--cards")
    assert "1 pictures wait" in capsys.readouterr().out
    for wrong in ([], ["nothing"]):
        with pytest.raises(CommandError):
            call_command("make_pictures_again", *wrong)


def test_originals_have_no_public_address(client: Client):
    picture = cast.picture()
    for path in (picture.file.name, f"private/{picture.file.name}", f"../private/{picture.file.name}"):
        assert client.get(f"/media/{path}").status_code == 404
    assert client.get(f"/admin/articles/picture/{picture.pk}/original/").status_code == 302
    client.force_login(cast.translator_account())
    answer: Any = client.get(f"/admin/articles/picture/{picture.pk}/original/")
    assert answer["Content-Disposition"] == 'attachment; filename="The river.jpeg"'
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")


def test_a_page_is_told_every_rendition_and_its_size():
    picture = cast.picture()
    Picture.objects.filter(pk=picture.pk).update(width=1000, height=500, widths=[400, 800, 1000])
    picture.refresh_from_db()
    told = sources(shown(picture), sizes="100vw")
    base = f"/media/pictures/{picture.key}"
    assert told.srcset == f"{base}/400.jpg 400w, {base}/800.jpg 800w, {base}/1000.jpg 1000w"
    assert told.modern_srcset.startswith(f"{base}/400.avif 400w")
    assert (told.src, told.width, told.height, told.sizes) == (f"{base}/800.jpg", 1000, 500, "100vw")
