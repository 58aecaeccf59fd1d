"""The demonstration's illustrations: drawn anew by the machine that shows them, the same each time.

Each function of `outdoors`, `rooms` and `things` without a leading underscore is a scene; stories name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from django.db import connections

from articles import actions
from articles.models import Picture
from articles.pictures import renditions
from demo.pictures import outdoors, rooms, things
from newsroom.uploads import BoundedUpload

CREDIT = "Illustration: The Ferry"
_FIGURE = re.compile(r'<figure data-picture="([a-z_]+)">.*?</figure>\n?')


def add(stories: Iterable[dict[str, Any]], at: datetime) -> dict[str, Picture]:
    """Scene → its picture in the library, with all that readers get of it made; two at a time.

    Not in a transaction: what makes the files works beside it. Done again, it goes on where it was.
    """
    stories = list(stories)
    leads = {story["lead"]["scene"]: story["lead"] for story in stories if "lead" in story}
    scenes = sorted({*leads, *(scene for story in stories for scene in _FIGURE.findall(story["en"]["body"]))})
    found = {scene: Picture.objects.filter(title=_title(scene)).first() for scene in scenes}
    added = {scene: picture or _add(scene, leads.get(scene, {}), at) for scene, picture in found.items()}
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_make, added.values()))
    return {scene: Picture.objects.get(pk=picture.pk) for scene, picture in added.items()}


def placed(body: str, pictures: dict[str, Picture]) -> str:
    """The body with the keys of its pictures in place of their scenes, without those that there are none of."""

    def figure(match: re.Match[str]) -> str:
        picture = pictures.get(match[1])
        return match[0].replace(match[1], picture.key, 1) if picture else ""

    return _FIGURE.sub(figure, body)


def _title(scene: str) -> str:
    return scene.replace("_", " ").capitalize()


def _add(scene: str, lead: dict[str, Any], at: datetime) -> Picture:
    draw = next(getattr(place, scene) for place in (outdoors, rooms, things) if hasattr(place, scene))
    upload = BoundedUpload(f"{_title(scene)}.jpg", "image/jpeg", 0, None)
    draw().save(upload, "JPEG", quality=90)
    upload.size = upload.tell()
    upload.seek(0)
    picture = actions.add_picture(upload, by=None, at=at)
    picture.credit, picture.right, picture.may_pass_on = CREDIT, Picture.Right.OWN, True
    picture.focus_x, picture.focus_y = (int(part) for part in lead.get("focus", "50 50").split())
    words: dict[str, tuple[str, str]] = {
        code: (lead[code]["alt"], lead[code].get("caption", "")) for code in ("en", "uk") if code in lead
    }
    return actions.describe_picture(picture, words=words)


def _make(picture: Picture) -> None:
    try:
        renditions.make(picture.pk)
    finally:
        connections.close_all()  # those of this thread
