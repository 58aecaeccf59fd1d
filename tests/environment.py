"""Loaded before Django by pytest: the tests' own embedded database, unless DATABASE_URL names another."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from newsroom import database

os.environ["DEMO"] = "1"
_pictures = tempfile.mkdtemp(prefix="newsroom-test-media-")
atexit.register(shutil.rmtree, _pictures, ignore_errors=True)
os.environ["STORAGE_URL"] = f"file://{_pictures}"
if not os.environ.get("DATABASE_URL"):
    database.start("test-postgres", durable=False)
    os.environ["DATABASE_URL"] = database.address("test-postgres")
# Playwright drives the browser from an event loop of its own in the tests' thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
