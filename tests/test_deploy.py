"""What `deploy/` holds can be read by the programs that it is for, and says the same as the pages about it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from drills import documents
from newsroom import database

DEPLOY = database.BASE / "deploy"
SCRIPTS = sorted(path for path in DEPLOY.iterdir() if path.is_file())
#: What `drills/` types; the other blocks of the page are for people alone.
TYPED = {
    "install", "begin", "invite", "look", "restart", "backup", "check", "keep", "stop", "restore", "start", "move",
    "upgrade", "remove",
}  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_run_and_stops_at_the_first_error(script: Path):
    text = script.read_text()
    assert text.startswith("#!/bin/sh\n")
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", script]).returncode == 0
    assert "set -eu" in text or script.name == "wait-for-answer"


def test_what_the_page_tells_people_to_type_can_be_read_by_the_shell_and_is_drilled():
    steps = documents.steps()
    assert set(steps) == TYPED
    for block in steps.values():
        assert subprocess.run(["sh", "-n"], input=block, text=True).returncode == 0


def test_systemd_understands_every_unit(tmp_path: Path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd-analyze here")
    units = tmp_path / "units"
    shutil.copytree(DEPLOY / "systemd", units)
    for unit in units.glob("*.service"):  # the programs are not on this machine
        unit.write_text(re.sub(r"/opt/newsroom/current/\S+", "/bin/true", unit.read_text()))
    (units / "newsroom-web@1.service").symlink_to("newsroom-web@.service")
    (units / "newsroom-web@2.service").symlink_to("newsroom-web@.service")
    names = [path.name for path in units.iterdir() if path.is_file() and "@." not in path.name]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(f"./{name}" for name in names)],
        cwd=units, env={"SYSTEMD_UNIT_PATH": f"{units}:", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
    )  # fmt: skip
    told = [line for line in done.stderr.splitlines() if "newsroom" in line]
    assert told == []


def test_every_unit_that_is_enabled_is_there():
    upgrade = (DEPLOY / "upgrade").read_text()
    enabled = re.search(r"systemctl enable --quiet (.+) &&", upgrade)
    assert enabled
    for name in enabled[1].split():
        name = re.sub(r"@\d$", "@", name)
        assert list((DEPLOY / "systemd").glob(f"{name}*")), name


def test_a_wrong_name_and_an_unknown_setting_are_refused_before_anything_is_done():
    for arguments, sentence in {
        (): "Give the public name of the site",
        ("News Example",): "Give the public name of the site",
        ("news.example", "SECRET=1"): "SECRET is no setting",
    }.items():
        done = subprocess.run([DEPLOY / "install", *arguments], capture_output=True, text=True)
        assert done.returncode == 1
        assert sentence in done.stderr
