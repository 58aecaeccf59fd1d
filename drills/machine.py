"""A bare Debian with its own systemd, processes and network inside this machine, made, used and removed by a drill.

Its 127.0.0.1 is its own, so nothing here has to give up a port; outwards it reaches what this machine reaches, for
packages. It needs root and Debian's debootstrap, systemd-container and slirp4netns, which it installs where it may.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil

from demo.processes import end_with
from newsroom import database

PROGRAMS = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "slirp4netns": "slirp4netns"}
_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class CannotDrill(Exception):
    """Why there can be no machine here."""


class CommandFailed(Exception):
    """A command on the machine failed; the message holds it and what it said."""


class Machine:
    """What an administrator has of it: a shell as root, and the button that turns it off and on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running = ExitStack()
        self.leader = 0

    def boot(self) -> None:
        """Start it, and wait until systemd says that everything is up. Raises CannotDrill."""
        self.leader = _boot(self.folder, self._running)
        _connect(self.leader, self._running)
        state = ""
        for _attempt in range(600):
            state = self.run("systemctl is-system-running", may_fail=True)
            if state == "running":
                return
            time.sleep(0.1)
        raise CannotDrill(f"the machine does not boot within a minute: {state}")

    def shut_down(self) -> None:
        self._running.close()

    def in_network(self, *command: str) -> list[str]:
        """A command of this machine that sees the network of that one."""
        return ["nsenter", "--target", str(self.leader), "--net", *command]

    def run(self, command: str, *, may_fail: bool = False, patience: float = 900) -> str:
        """Run lines of shell as root on the machine, as an administrator would, and return what they said."""
        done = subprocess.run(
            [
                "nsenter", "--target", str(self.leader), "--mount", "--uts", "--ipc", "--net", "--pid",
                "env", "-i", _PATH, "HOME=/root", "LANG=C.UTF-8", "sh", "-ec", f"cd /root\n{command}",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=patience,
        )  # fmt: skip
        if done.returncode and not may_fail:
            raise CommandFailed(f"{command}\n{done.stdout}")
        return done.stdout.strip()

    def processes(self) -> list[psutil.Process]:
        """Every process on it, as seen from here."""
        return psutil.Process(self.leader).children(recursive=True)


def require() -> None:
    """Install what is missing, or say why it cannot be. Raises CannotDrill."""
    if os.geteuid() != 0:
        raise CannotDrill("a machine inside this one needs root")
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing and shutil.which("apt-get"):
        apt = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *missing]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(apt, env=environment, check=False, stdout=subprocess.DEVNULL)
        missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing:
        raise CannotDrill(f"a machine inside this one needs the packages {', '.join(missing)}")


@contextmanager
def bare_debian(release: str) -> Iterator[Machine]:
    """Boot a new machine with nothing but Debian on it; it is gone afterwards. Raises CannotDrill."""
    require()
    home = database.data_folder("drill")
    for left in home.glob("machine-*"):  # by a drill that was killed
        if not psutil.pid_exists(int(left.stem.partition("-")[2])):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    machine = Machine(home / f"machine-{os.getpid()}")
    try:
        subprocess.run(["cp", "-a", "--reflink=auto", _unpacked(release, home), machine.folder], check=True)
        _trust_what_we_trust(machine.folder)
        machine.boot()
        machine.run("update-ca-certificates")
        yield machine
    finally:
        machine.shut_down()
        shutil.rmtree(machine.folder, ignore_errors=True)


def _unpacked(release: str, home: Path) -> Path:
    """The bare system, fetched once."""
    bare, unfinished = home / f"debian-{release}", home / f"debian-{release}.unfinished"
    if not bare.exists():
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        include = "--include=systemd,systemd-sysv,ca-certificates"
        done = subprocess.run(
            ["debootstrap", "--variant=minbase", include, release, str(unfinished)], capture_output=True, text=True
        )
        if done.returncode:
            raise CannotDrill(f"Debian cannot be fetched: {(done.stdout + done.stderr).strip().splitlines()[-1]}")
        unfinished.rename(bare)
    return bare


def _trust_what_we_trust(folder: Path) -> None:
    """The certificates by which a proxy between here and the packages is known; the name server of its network."""
    for certificate in Path("/usr/local/share/ca-certificates").glob("*.crt"):
        shutil.copy(certificate, folder / "usr/local/share/ca-certificates")
    (folder / "etc/pip.conf").write_text("[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n")
    (folder / "etc/resolv.conf").unlink(missing_ok=True)
    (folder / "etc/resolv.conf").write_text("nameserver 10.0.2.3\n")
    (folder / "etc/hostname").write_text("drill\n")
    (folder / "etc/hosts").write_text("127.0.0.1 localhost drill news.example\n::1 localhost\n")


def _boot(folder: Path, undo: ExitStack) -> int:
    command = ["systemd-nspawn", "--quiet", "--boot", "--register=no", "--private-network", "--resolv-conf=off",
               "--console=pipe", f"--machine={folder.name}", f"--directory={folder}"]  # fmt: skip
    if not Path("/run/systemd/system").exists():
        command.append("--keep-unit")
    log = folder.with_suffix(".log")
    undo.callback(log.unlink, missing_ok=True)
    with log.open("wb") as said:
        nspawn = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, preexec_fn=partial(end_with, os.getpid())
        )
    undo.callback(_end, nspawn)
    for _attempt in range(300):
        for child in psutil.Process(nspawn.pid).children():
            with suppress(psutil.Error):
                if Path(child.exe()).name == "systemd":
                    return int(child.pid)
        if nspawn.poll() is not None:
            raise CannotDrill(f"the machine does not boot: {log.read_text(errors='replace').strip()[-300:]}")
        time.sleep(0.1)
    raise CannotDrill("the machine does not boot within half a minute")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()  # nspawn shuts its machine down in order
    with suppress(subprocess.TimeoutExpired):
        process.wait(60)
    process.kill()
    process.wait()


def _connect(leader: int, undo: ExitStack) -> None:
    ready, told = os.pipe()
    process = subprocess.Popen(
        ["slirp4netns", "--configure", "--mtu=65520", "--disable-host-loopback", f"--ready-fd={told}",
         str(leader), "tap0"],
        pass_fds=[told], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=partial(end_with, os.getpid()),
    )  # fmt: skip
    undo.callback(_end, process)
    os.close(told)
    if not os.read(ready, 1):
        raise CannotDrill("the machine gets no network")
    os.close(ready)
