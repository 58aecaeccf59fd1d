"""What an editor waits for when pictures are uploaded, what it takes of memory, and what hostile files do to the site."""

from __future__ import annotations

import http.cookiejar
import json
import re
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import psutil

from benchmarks.hostile_pictures import hostile_files, scene, written
from benchmarks.measures import Measure
from benchmarks.site import running

HOSTILE = 1_200
ROUNDS = 3
_LIBRARY = "/admin/articles/picture/"
_PATIENCE = 120  # seconds


class Editor:
    """Somebody signed in, who uploads as the library's page does."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        page = self.opener.open(f"{address}/accounts/login/").read().decode()
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        form = {"login": "editor", "password": "demo", "csrfmiddlewaretoken": token, "next": _LIBRARY}
        page = self.opener.open(f"{address}/accounts/login/", urllib.parse.urlencode(form).encode()).read().decode()
        self.token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]

    def upload(self, name: str, content: bytes) -> tuple[int, dict[str, str]]:
        """The status and what was answered; 0 where no answer came."""
        boundary = uuid.uuid4().hex
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        request = urllib.request.Request(f"{self.address}{_LIBRARY}upload/", body)
        request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
        request.add_header("X-CSRFToken", self.token)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, {}
        except OSError:
            return 0, {}

    def waiting(self) -> int:
        """How many pictures (of a page of them) the queue has still to prepare."""
        page: str = self.opener.open(f"{self.address}{_LIBRARY}?status__exact=waiting").read().decode()
        return page.count('data-state="waiting"')

    def waits_for(self, key: str) -> float:
        """Seconds until every rendition of the picture is ready."""
        began = time.monotonic()
        while time.monotonic() - began < _PATIENCE:
            with self.opener.open(f"{self.address}{_LIBRARY}status/?key={key}") as answer:
                (picture,) = json.load(answer)["pictures"]
            if picture["status"] != "waiting":
                return time.monotonic() - began if picture["status"] == "ready" else float("inf")
            time.sleep(0.05)
        return float("inf")


def _web_workers() -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # what decodes a picture ends at any moment
            if "granian" in " ".join(process.cmdline()):
                found.append(process)
    return found


@contextmanager
def _watching_memory() -> Iterator[list[float]]:
    """Yields a list that grows to the largest resident set of one web worker, in MB."""
    largest, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            for worker in _web_workers():
                with suppress(psutil.NoSuchProcess):
                    largest[0] = max(largest[0], worker.memory_info().rss / 2**20)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield largest
    finally:
        done.set()
        thread.join()


def measures() -> Iterator[Measure]:
    photograph = scene(6000, 4000)
    files = {"jpeg": written(photograph, "JPEG", quality=92), "png": written(photograph, "PNG", compress_level=4)}
    with running(with_queue=True) as address, _watching_memory() as memory:
        editor = Editor(address)
        editor.upload("first.jpg", written(scene(300, 200), "JPEG"))
        for kind, content in files.items():
            answers, waits = [], []
            for number in range(ROUNDS):
                began = time.monotonic()
                status, picture = editor.upload(f"{kind}-{number}.{kind}", content)
                answers.append(time.monotonic() - began)
                waits.append(editor.waits_for(picture["key"]) if status == 201 else float("inf"))
            size = f"24 megapixels as {kind.upper()} ({len(content) / 2**20:.0f} MB)"
            yield Measure(
                f"pictures.{kind}_answered", f"{size}: the upload is answered, median", statistics.median(answers),
                "s", "<= 1",
            )  # fmt: skip
            yield Measure(
                f"pictures.{kind}_ready", f"{size}: all renditions are ready, slowest of {ROUNDS}", max(waits),
                "s", "<= 10",
            )  # fmt: skip
        with ThreadPoolExecutor(8) as together:
            statuses = list(together.map(lambda n: editor.upload(f"{n}.jpg", files["jpeg"])[0], range(16)))
        yield Measure(
            "pictures.refused_together", "of 16 such uploads, 8 at a time, not taken",
            sum(status != 201 for status in statuses), "count", "<= 0",
        )  # fmt: skip
        workers = {worker.pid for worker in _web_workers()}
        slow, wrong = 0.0, 0
        for name, content in hostile_files(HOSTILE):
            began = time.monotonic()
            status, _answer = editor.upload(re.sub(r"[^\w.-]", "", name), content)
            slow = max(slow, time.monotonic() - began)
            wrong += status not in (201, 400, 413)
        wrong += len(workers - {worker.pid for worker in _web_workers()})
        began = time.monotonic()
        while editor.waiting() and time.monotonic() - began < _PATIENCE * 5:
            time.sleep(1)
        wrong += editor.waiting()  # each that was taken is ready now, or says why not
        yield Measure(
            "pictures.crashes",
            f"of {HOSTILE} hostile files: failures, dead workers, pictures never done",
            wrong,
            "count",
            "<= 0",
        )
        yield Measure("pictures.hostile_slowest", f"of {HOSTILE} hostile files: the slowest answer", slow, "s", "<= 2")
        yield Measure("pictures.web_memory", "largest web worker during all of that", memory[0], "MB", "<= 250")
