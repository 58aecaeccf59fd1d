"""An installation by `docs/deployment.md` alone, on a bare Debian: it serves, survives, is backed up, wiped, restored.

What is typed on the machine are the blocks of that page; `DEBIAN=trixie` takes the other release that it names.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from benchmarks.measures import Measure
from drills import survival
from drills.machine import CannotDrill, bare_debian
from drills.site import NAME, Site, at_most, none, say

ARTICLES = int(os.environ.get("ARTICLES") or 100_000)
SIZE = f"{ARTICLES:,} articles"
UNITS = (
    "newsroom-web@1.service",
    "newsroom-web@2.service",
    "newsroom-worker.service",
    "newsroom-backup.timer",
    "newsroom-reads.timer",
)
#: Files beside the articles: as many bytes as the pictures of a young site, and no two alike.
FILES = """
import random
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
for number in range(500):
    default_storage.save(f"drill/{number}.bin", ContentFile(random.Random(number).randbytes(300_000)))
"""
ADDRESSES = """
SELECT CASE edition_id WHEN 'en' THEN '' ELSE '/' || edition_id END || '/articles/' || slug || '/'
FROM articles_article WHERE live_id IS NOT NULL ORDER BY md5(slug) LIMIT 200
"""


def measures() -> Iterator[Measure]:
    try:
        with bare_debian(os.environ.get("DEBIAN") or "bookworm") as machine:
            site = Site(machine)
            for part in (install, back_up, wipe_and_restore, survival.measures, upgrade):
                yield from part(site)
    except CannotDrill as reason:
        yield Measure("installation.serves", f"not run: {reason}", None, "s", "<= 300")


def install(site: Site) -> Iterator[Measure]:
    site.copy_code()
    _said, seconds = site.do("install")
    yield at_most("serves", "from a bare Debian to a site that answers", seconds, 300)
    listed, _seconds = site.do("look")
    missing = [unit for unit in UNITS if not any(unit in line and " active " in line for line in listed.splitlines())]
    yield none("units_missing", "services and timers that do not run", len(missing))
    rights = site.machine.run("stat --format '%a %U %G' /etc/newsroom/newsroom.env")
    yield none("settings_open", "settings that others can read", rights != "640 root newsroom")
    site.machine.run(
        "runuser -u newsroom -- sh -c 'umask 022; echo picture > /var/lib/newsroom/media/public/drill.jpg'"
    )
    answer = site.machine.run(f"curl --silent --insecure --include https://{NAME}/media/drill.jpg").lower()
    is_served = " 200" in answer.split("\n")[0] and "immutable" in answer and "nosniff" in answer
    yield none(
        "pictures_closed", "pictures that nginx does not serve to readers, for ever and as pictures", not is_served
    )
    said, _seconds = site.do("begin")
    links = [
        word
        for line in (said + "\n" + site.do("invite")[0]).splitlines()
        for word in line.split()
        if "/accounts/" in word
    ]
    opened = site.pages([link.partition(NAME)[2] for link in links])
    wrong = 2 - sum(status == "200" for status, _text in opened.values())
    yield none("links_wrong", "of the links for the chief editor and an editor, do not open", wrong)
    begun = time.monotonic()
    site.machine.run(
        "cd /opt/newsroom/current && runuser -u newsroom -- env DJANGO_SETTINGS_MODULE=newsroom.settings "
        f".venv/bin/python -m benchmarks.archive_rows {ARTICLES}",
        patience=3600,
    )
    site.machine.run(f"newsroom shell --command '{FILES}'")
    say(f"— {SIZE} and 500 files written, {time.monotonic() - begun:.0f} s")


def upgrade(site: Site) -> Iterator[Measure]:
    with site.load() as load:
        _said, seconds = site.do("upgrade")
    yield at_most("upgrade", f"an upgrade of {SIZE} with its backup", seconds, 600)
    yield none("upgrade_failed", f"of {load.requests} during an upgrade, failed", load.failed())
    before = site.machine.run("readlink /opt/newsroom/current")
    site.machine.run("echo 'raise RuntimeError(\"this version is broken\")' >> newsroom/newsroom/wsgi.py")
    with site.load() as load:
        said, _seconds = site.do("upgrade", may_fail=True)
    is_back = "The one before runs again" in said and site.machine.run("readlink /opt/newsroom/current") == before
    yield none("upgrade_stuck", "versions that do not start, and are not taken back", not is_back)
    yield none("upgrade_stuck_failed", f"of {load.requests} while one was taken back, failed", load.failed())
    site.copy_code()


def back_up(site: Site) -> Iterator[Measure]:
    with site.load() as load:
        _said, seconds = site.do("backup")
    yield at_most("backup", f"a backup of {SIZE} while people read and write", seconds, 300)
    yield none("backup_failed", f"of {load.requests} during a backup, failed", load.failed())
    site.do("check")
    site.machine.run("mkdir /srv/small && mount -t tmpfs -o size=1m,mode=777 tmpfs /srv/small")
    said = site.machine.run("newsroom backup /srv/small", may_fail=True)
    left = site.machine.run("ls -A /srv/small; umount /srv/small")
    is_told = "There is no space for a backup" in said and not left
    yield none("no_space", "backups without space that are not refused by a sentence, or leave a file", not is_told)


def wipe_and_restore(site: Site) -> Iterator[Measure]:
    site.do("stop")
    said, _seconds = site.do("restore", may_fail=True)
    yield none("filled", "restores over a filled site that are not refused", "This site is not empty" not in said)
    site.do("start")
    with site.load():
        site.do("backup")
    before, paths = site.newest_backup(), site.ask(" ".join(ADDRESSES.split()))
    pages = site.pages(paths)

    site.do("keep")
    site.do("remove")
    folders = "/opt/newsroom /etc/newsroom /var/lib/newsroom /run/newsroom /etc/systemd/system/newsroom*"
    left = site.machine.run(f"ls -d {folders} 2>/dev/null", may_fail=True)
    yield none("left", "folders and units left after the removal", len(left.split()))

    site.do("move")
    site.do("stop")
    _said, seconds = site.do("restore")
    yield at_most("restore", f"a restore of {SIZE} into an empty place", seconds, 300)
    site.do("backup")  # before anything runs, to compare
    after = site.newest_backup()
    tables = before["tables"]
    changed = [name for name in tables | after["tables"] if tables.get(name) != after["tables"].get(name)]
    rows = sum(table["rows"] for table in tables.values())
    yield none("tables_changed", f"of {len(tables)} tables with {rows:,} rows, with another count or sum", len(changed))
    parts = {name: part for name, part in before["parts"].items() if name != "database.dump"}
    lost = [name for name, part in parts.items() if after["parts"].get(name) != part]
    yield none("files_changed", f"of {len(parts)} files, lost or changed", len(lost))
    site.do("start")
    site.until_it_answers()
    found = site.pages(paths)
    different = [path for path in pages if pages[path] != found[path]]
    yield none("pages_changed", f"of {len(pages)} articles' pages, not byte for byte as before", len(different))
