"""What `deploy/` holds can be read by the programs that it is for, and says the same as the pages about it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
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


#: What the scripts call on a machine with systemd, as far as they can see; each call is told to the log.
PROGRAMS = {
    "id": "echo 0",
    "runuser": 'shift 3; exec "$@"',
    "psql": "echo t",
    "install": "exit 0",
    "chown": "exit 0",
    "getent": "exit 0",
    "curl": "exit 0",
    "sleep": "exit 0",
    "journalctl": "exit 0",
    "systemctl": "case $1 in show) echo 17 ;; esac",
    "apt-get": "exit 0",
    "nginx": "exit 0",
}
FOLDERS = (
    "code/bin", "bin", "usr/local/bin", "opt/newsroom/releases", "etc/newsroom/tls", "etc/systemd/system",
    "etc/nginx/sites-available", "etc/nginx/sites-enabled", "run/systemd/system",
)  # fmt: skip
SETUP = """#!/bin/sh
cd "$(dirname "$0")/.."
mkdir -p .venv/bin
printf '#!/bin/sh\\necho "python $* $PGOPTIONS" >>"$LOG"\\n' >.venv/bin/python
chmod +x .venv/bin/python
"""


@dataclass
class Machine:
    """A machine that `deploy/install` made ready, as folders of a test: the code's paths lead there."""

    root: Path

    def __post_init__(self) -> None:
        for folder in FOLDERS:
            (self.root / folder).mkdir(parents=True)
        shutil.copytree(DEPLOY, self.root / "code/deploy")
        for script in SCRIPTS:
            text = re.sub(r"(?<![\w.])/(?=(opt|etc|usr/local|run/systemd)/)", f"{self.root}/", script.read_text())
            (self.root / "code/deploy" / script.name).write_text(text)
        for name, does in PROGRAMS.items():
            self.program(name, does)
        self.write("code/bin/setup", SETUP)
        shutil.copy(database.BASE / ".env.example", self.root / "code")
        (self.root / "etc/newsroom/tls/certificate.pem").touch()
        self.settings("SITE_URL=https://news.example\n")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text)
        (self.root / path).chmod(0o755)

    def settings(self, text: str) -> None:
        self.write("etc/newsroom/newsroom.env", text)

    def program(self, name: str, does: str) -> None:
        self.write(f"bin/{name}", f'#!/bin/sh\necho "{name} $*" >>"$LOG"\n{does}\n')

    def upgrade(self, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "code/deploy/upgrade"], umask=umask, capture_output=True, text=True,
            env={"PATH": f"{self.root}/bin:/usr/bin:/bin", "LOG": str(self.root / "log")},
        )  # fmt: skip

    def install(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "code/deploy/install", *arguments], capture_output=True, text=True,
            env={"PATH": f"{self.root}/bin:/usr/bin:/bin", "LOG": str(self.root / "log")},
        )  # fmt: skip

    @property
    def log(self) -> str:
        return (self.root / "log").read_text()

    @property
    def releases(self) -> list[Path]:
        return list((self.root / "opt/newsroom/releases").iterdir())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_an_upgrade_moves_to_the_new_code(machine: Machine):
    done = machine.upgrade()
    assert done.stdout.endswith("Newsroom answers at https://news.example/\n"), done.stderr
    assert [(machine.root / "opt/newsroom/current").resolve()] == machine.releases


def test_whatever_the_mask_of_who_upgrades_the_site_can_read_its_code(machine: Machine):
    machine.upgrade(umask=0o077)
    (release,) = machine.releases
    assert release.stat().st_mode & 0o777 == 0o755
    assert (release / ".venv").stat().st_mode & 0o777 == 0o755


def test_a_step_of_the_database_waits_for_a_lock_only_as_long_as_readers_can(machine: Machine):
    machine.upgrade()
    steps = [line for line in machine.log.splitlines() if "lock_timeout=5s" in line and line.startswith("python")]
    assert len(steps) == 1
    assert "manage.py migrate" in steps[0]


def test_one_upgrade_at_a_time(machine: Machine):
    under_way = os.open(machine.root / "opt/newsroom/releases", os.O_RDONLY)
    fcntl.flock(under_way, fcntl.LOCK_EX)
    done = machine.upgrade()
    os.close(under_way)
    assert done.returncode == 1
    assert "Another upgrade is under way" in done.stderr
    assert machine.releases == []
    assert machine.upgrade().returncode == 0


@pytest.mark.parametrize("program", ["tar --create", "tar --extract", "chmod", "ln"])
def test_code_that_arrives_in_part_is_removed(machine: Machine, program: str):
    name, _space, option = program.partition(" ")
    machine.program(name, f'/bin/{name} "$@" || exit; case "$*" in *{option}*) exit 2 ;; esac')
    done = machine.upgrade()
    assert done.returncode == 1
    assert "Nothing was changed; what runs goes on." in done.stderr
    assert machine.releases == []


def test_a_version_whose_worker_dies_is_taken_back(machine: Machine):
    machine.upgrade()
    before = machine.releases[0].rename(machine.root / "opt/newsroom/releases/before")
    current = machine.root / "opt/newsroom/current"
    current.unlink()
    current.symlink_to("releases/before")
    machine.program(
        "systemctl", f"case $1 in show) [ $(readlink {current}) = releases/before ] && echo 17 || date +%N ;; esac"
    )
    done = machine.upgrade()
    assert done.returncode == 1
    assert "The one before runs again" in done.stderr
    assert current.resolve() == before


@pytest.mark.parametrize(
    "written",
    [
        "SITE_URL=https://news.example",
        "SITE_URL=https://news.example/",
        "SITE_URL=https://news.example:443",
        'SITE_URL="https://news.example"',
        "SITE_URL='https://news.example/'",
        "SITE_URL=https://old.example\nSITE_URL=https://news.example",
        "SITE_URL=https://news.example   # since March",
    ],
)
def test_the_name_is_read_out_of_the_settings_however_they_are_written(machine: Machine, written: str):
    machine.settings(f"# SITE_URL=https://other.example\n{written}\nSECRET_KEY=x\n")
    assert machine.upgrade().returncode == 0
    assert "--resolve news.example:443:127.0.0.1 https://news.example/healthz" in machine.log


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


def test_links_that_act_by_themselves_are_in_neither_of_nginx_s_logs():
    told = (DEPLOY / "nginx/newsroom.conf").read_text()
    links = r"(?:accounts/(?:invitations|password/reset/key)|corrections/reports)/"
    assert f'"~^(?<purpose>/(?:[a-z-]+/)?{links})."' in told
    own = told.partition(f"location ~ ^/(?:[a-z-]+/)?{links} {{")[2].partition("}")[0]
    assert "error_log /dev/null crit;" in own
    assert "proxy_pass http://newsroom;" in own


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


def test_another_name_leaves_the_running_site_as_it_is(machine: Machine):
    done = machine.install("new.example")
    assert "is for news.example" in done.stderr
    assert done.returncode == 1
    assert not (machine.root / "etc/nginx/sites-available/newsroom").exists()

    done = machine.install("new.example", "SITE_URL=https://new.example")
    assert done.stdout.endswith("Newsroom answers at https://new.example/\n"), done.stderr
    assert "server_name new.example;" in (machine.root / "etc/nginx/sites-available/newsroom").read_text()


def test_a_setting_given_at_installation_stands_on_a_line_of_its_own(machine: Machine):
    machine.settings("SITE_URL=https://news.example\nTIME_ZONE=UTC")  # an editor left it without its last newline
    machine.install("news.example", "EDITIONS=en,uk")
    settings = (machine.root / "etc/newsroom/newsroom.env").read_text()
    assert settings == "SITE_URL=https://news.example\nTIME_ZONE=UTC\nEDITIONS=en,uk\n"
