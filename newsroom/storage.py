"""Where files are kept: two storages by one address, STORAGE_URL.

`default` holds what nobody but the site reads, `public` what every reader may fetch under MEDIA_URL; a web server or a
CDN may serve the folder `public/` of either by itself.

    file:///srv/newsroom/media
    s3://KEY:SECRET@BUCKET?region=eu-central-1&endpoint=https://s3.example

In key and secret, what is neither letter nor digit is written as %2F and so on. Without the two, the machine's own
permission is used; without an endpoint, Amazon's.
"""

from __future__ import annotations

import mimetypes
import re
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from urllib.request import url2pathname

mimetypes.add_type("image/avif", ".avif")  # Python 3.11 does not know it, and a bucket tells browsers what Python says
#: What is public is named by what it is, and never changes.
FOR_EVER = "public, max-age=31536000, immutable"
#: Nothing may stand in it that ends a word or a line of the policy that names its host.
_MEDIA_URL = re.compile(r"(?P<origin>https?://[a-z0-9.-]+(?::[0-9]+)?)?/(?:[\w.~%-]+/)*", re.ASCII)
_S3_OPTIONS = {"region": "region_name", "endpoint": "endpoint_url"}


def incoming(url: str) -> Path | None:
    """The folder for uploads and for what is being made, on the disk of the storage; None where that is a bucket.

    Raises ValueError where it cannot be made.
    """
    parts = urlsplit(url)
    if parts.scheme != "file":
        return None
    folder = Path(url2pathname(parts.path)) / "incoming"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"{folder} cannot be made ({error.strerror})") from error
    return folder


def remove_leftovers(folder: Path, *, before: datetime) -> None:
    """Remove from the folder `incoming` what has lain there since `before`: its process was killed."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # gone meanwhile, as it should
            if path.stat().st_mtime < before.timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def storages(url: str, media_url: str) -> dict[str, dict[str, Any]]:
    """The two storages for Django's STORAGES. Raises ValueError with a sentence for an address that is none."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and len(parts.path) > 1:
        return _on_disk(Path(url2pathname(parts.path)), media_url)
    if parts.scheme == "s3" and parts.hostname:
        return _in_bucket(parts)
    raise ValueError("it must be file:///a/folder or s3://key:secret@bucket?region=…&endpoint=https://…")


def media_host(media_url: str) -> str:
    """The origin of pictures for the Content-Security-Policy; "" where this site serves them. Raises ValueError."""
    found = _MEDIA_URL.fullmatch(media_url)
    if not found:
        raise ValueError("it must be /media/ or an address such as https://media.example/, with a slash at its end")
    return found["origin"] or ""


def _on_disk(root: Path, media_url: str) -> dict[str, dict[str, Any]]:
    backend = "django.core.files.storage.FileSystemStorage"
    private = {"location": root / "private", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    public = {
        "location": root / "public",
        "base_url": media_url,
        "file_permissions_mode": 0o644,
        "directory_permissions_mode": 0o755,
        "allow_overwrite": True,  # made again, a file takes the place of the one before in one step
    }
    return {"default": {"BACKEND": backend, "OPTIONS": private}, "public": {"BACKEND": backend, "OPTIONS": public}}


def _in_bucket(parts: SplitResult) -> dict[str, dict[str, Any]]:
    asked = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
    if unknown := set(asked) - set(_S3_OPTIONS):
        raise ValueError(f"after the bucket only region= and endpoint= may stand, not {', '.join(sorted(unknown))}=")
    bucket: dict[str, Any] = {"bucket_name": parts.hostname, "file_overwrite": True}
    if parts.username:
        bucket |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
    bucket |= {_S3_OPTIONS[name]: values[0] for name, values in asked.items()}
    backend = "storages.backends.s3.S3Storage"
    public = bucket | {"location": "public", "querystring_auth": False, "object_parameters": {"CacheControl": FOR_EVER}}
    return {
        "default": {"BACKEND": backend, "OPTIONS": bucket | {"location": "private"}},
        "public": {"BACKEND": backend, "OPTIONS": public},
    }
