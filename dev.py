#!/usr/bin/env python3
"""The demo shop and the test suite, each by one command, from a bare clone.

    python3 dev.py demo [--port N] [--customers N] [--password PW]
    python3 dev.py test [pytest arguments]
    python3 dev.py check

`demo` starts the product with a filled shop; `test` runs everything on SQLite and on PostgreSQL, browser tests
included; `check` does the static checks. Each makes what it needs first: the virtual environment, the packages
locked by hash, for `test` also a browser. A second start installs nothing.

Only the standard library, and only syntax that Python 3.6 reads: an old `python3` looks for a newer one and goes on
with that.
"""

import argparse
import contextlib
import ctypes
import hashlib
import http.client
import os
import pathlib
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
LOG = VAR / "demo.log"
LOCKS = {"base": ("base",), "test": ("base", "test")}

OLDEST_PYTHON = (3, 11)
# The versions that the locked packages were tried with come first.
PYTHON_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3.15", "python3")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROME_ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# What else the web server needs to know stands in gunicorn.conf.py.
GUNICORN = "backoffice.wsgi --graceful-timeout 5 --log-level warning"

# Carts move from the first minute on; a shop left alone rests after half an hour.
# John DOE came in 2011.
KEPT = dict.fromkeys(("VISIT_DAYS", "CART_EVENT_DAYS", "PAGE_VIEW_DAYS", "MAIL_DAYS"), "36500")
SHOPPERS = "simulate_shoppers --shoppers 6 --seconds 1800 --verbosity 0"

SECONDS_TO_END = 15
SECONDS_TO_START = 60

asked_to_end = []  # numbers of the signals that asked this command to end


def say(text):
    print(text, flush=True)


def fail(text):
    """Ends the command with one clear sentence and exit status 1."""
    sys.exit("dev.py: " + text)


# --- Processes: whatever this command starts, it also ends ------------------------------------------------------------


def listen_for_the_end():
    """From here on SIGTERM, SIGHUP and Ctrl-C are noted, and end everything that was started, in order."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: asked_to_end.append(number))


def start(command, env=None, log=None):
    """A process in a group of its own, so that it can be ended together with all that it starts itself."""
    command = [str(part) for part in command]
    return subprocess.Popen(command, cwd=str(ROOT), env=env, stdout=log, stderr=log, start_new_session=True)


def end(processes, first_signal=signal.SIGTERM):
    """Ends the processes and everything they started: asks them first, and no longer after SECONDS_TO_END."""
    for number in (first_signal, signal.SIGKILL):
        for process in processes:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, number)
        latest = time.monotonic() + SECONDS_TO_END
        while any(process.poll() is None for process in processes) and time.monotonic() < latest:
            time.sleep(0.05)


def first_to_end(processes, first_signal=signal.SIGTERM):
    """Waits until one of the processes ends or this command is asked to, then ends the others too.

    Returns the one that ended by itself, or None when this command was asked to end.
    """
    try:
        while not asked_to_end:
            for process in processes:
                if process.poll() is not None:
                    return process
            time.sleep(0.05)
        return None
    finally:
        end(processes, first_signal)


def run(command, env=None, first_signal=signal.SIGTERM):
    """Runs a command to its end and returns its exit status; ends this one too when asked to meanwhile."""
    process = start(command, env)
    if first_to_end([process], first_signal) is None:
        sys.exit(128 + asked_to_end[0])
    return process.returncode


def how_it_ended(status):
    """The exit status of a process in words, and what to do where it says nothing by itself."""
    if status >= 0:
        return "exit status %d, see above" % status
    if status == -signal.SIGKILL:
        return (
            "it was killed from outside, by somebody or because memory ran out: run the same command again, and if"
            " that happens again, end other programs or give this machine more memory"
        )
    return "signal %d ended it: run the same command again" % -status


def must(command, what, env=None):
    """Runs a command that has to succeed; `what` names it when it does not."""
    status = run(command, env)
    if status:
        fail("%s failed (%s)." % (what, how_it_ended(status)))


# --- Python, packages, system packages --------------------------------------------------------------------------------


def answers(command):
    """Whether a command runs and succeeds; what it prints is not shown."""
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def version_of(python):
    """(major, minor) of the interpreter at this path, or None when it does not run."""
    code = "import sys; print('%d %d' % sys.version_info[:2])"
    try:
        told = subprocess.check_output(
            [str(python), "-c", code], stderr=subprocess.DEVNULL, universal_newlines=True
        )
        major, minor = told.split()
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return int(major), int(minor)


def newer_python(which=shutil.which, version_of=version_of):
    """The path of an installed Python that is new enough, or None. A name on PATH counts only if it runs."""
    for name in PYTHON_NAMES:
        path = which(name)
        if path and (version_of(path) or (0, 0)) >= OLDEST_PYTHON:
            return path
    return None


def go_on_with_a_new_python():
    """Replaces this process by the same command under Python 3.11 or newer, if this one is older."""
    if os.name != "posix":
        fail("this runs on Linux and macOS; on Windows use its Linux subsystem (WSL).")
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return
    python = newer_python()
    if python is None:
        fail(
            "Python 3.11 or newer is needed and this is %d.%d. Install one (for example: apt-get install python3.11,"
            " brew install python@3.13) and run the same command again." % sys.version_info[:2]
        )
    os.execv(python, [python, str(ROOT / "dev.py")] + sys.argv[1:])


def apt_get():
    """The command that installs system packages here without asking for a password, or None where there is none."""
    if not shutil.which("apt-get"):
        return None
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo") and answers(["sudo", "-n", "true"]):
        return ["sudo", "-n"] + quiet
    return None


def install_from_system(packages):
    """Installs system packages where that is allowed. Returns whether it was done."""
    command = apt_get()
    if command is None:
        return False
    say("Installing %s..." % " ".join(packages))
    run(command + ["update"])
    return run(command + ["install", "-y", "--no-install-recommends"] + list(packages)) == 0


def has_new_python():
    return (version_of(PYTHON) or (0, 0)) >= OLDEST_PYTHON


def make_venv():
    """Makes .venv anew if it is missing or half made, or its Python is gone or too old."""
    if has_new_python() and answers([str(PYTHON), "-m", "pip", "--version"]):
        return
    try:
        import ensurepip  # noqa: F401  (Debian and Ubuntu leave it out of the plain python3)
    except ImportError:
        package = "python%d.%d-venv" % sys.version_info[:2]
        if not install_from_system([package]):
            fail("this Python cannot make virtual environments. Run: sudo apt-get install %s" % package)
    say("Making the virtual environment .venv...")
    must([sys.executable, "-m", "venv", "--clear", VENV], "Making .venv")


def lock_files(lock):
    return [ROOT / "requirements" / ("%s.txt" % name) for name in LOCKS[lock]]


def digest(files):
    """A short name for the exact content of these files."""
    total = hashlib.sha256()
    for file in files:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def install_packages(lock):
    """Brings the packages of a lock (`base` or `test`) into .venv, each checked by its hash, unless they are there."""
    files, stamp = lock_files(lock), VENV / ("installed-%s" % lock)
    if has_new_python() and stamp.is_file() and stamp.read_text() == digest(files):
        return
    make_venv()
    say("Installing the locked packages (once, about a minute)...")
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
    ]
    for file in files:
        command += ["-r", file]
    must(command, "Installing the packages")
    for name, parts in LOCKS.items():
        if set(parts) <= set(LOCKS[lock]):
            (VENV / ("installed-%s" % name)).write_text(digest(lock_files(name)))


def compile_messages():
    """Compiles the translations that are newer than what was compiled of them."""
    stale = [
        po
        for po in (ROOT / "locale").glob("*/LC_MESSAGES/django.po")
        if not po.with_suffix(".mo").is_file() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    if stale:
        babel = [
            PYTHON,
            "-m",
            "babel.messages.frontend",
            "--quiet",
            "compile",
            "-D",
            "django",
            "-d",
            ROOT / "locale",
        ]
        must(babel, "Compiling the translations")


# --- demo -------------------------------------------------------------------------------------------------------------


def free_port(host, port):
    """The port itself, or any free one for 0. Fails with a clear sentence when another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(
                "port %d on %s cannot be used (%s). Choose another one: python3 dev.py demo --port %d"
                % (port, host, error.strerror, port + 1 if port < 65535 else 8000)
            )
        return probe.getsockname()[1]


def addresses(host, port):
    """Where the demo listens: on loopback also by IPv6 where there is such, since `localhost` may mean either."""
    found = ["%s:%d" % (host, port)]
    if host == "127.0.0.1":
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("::1", port))
            found.append("[::1]:%d" % port)
    return found


def keep_a_secret():
    """Makes var/ with a secret of this checkout's own, readable by its owner only, and marks it as a demo's."""
    VAR.mkdir(mode=0o700, exist_ok=True)
    (VAR / "demo").touch()
    try:
        file = os.open(str(VAR / "secret_key"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(file, "w") as out:
        out.write(secrets.token_urlsafe(50))


def manage(lines, env):
    """Runs several `manage.py` commands in one process, since starting Django takes longer than most of them."""
    code = (
        "import shlex, sys\n"
        "from backoffice.commands import run\n"
        "for line in sys.argv[1:]: run(['manage.py'] + shlex.split(line))\n"
    )
    must([PYTHON, "-c", code] + list(lines), "Preparing the shop", env)


def static_state():
    """What the collected static files depend on, so that a second start need not collect and compress them again."""
    files = sorted(file for file in (ROOT / "static").rglob("*") if file.is_file())
    return digest(files + lock_files("base") + [ROOT / "backoffice" / "settings.py"])


def prepare_shop(options, env):
    """Brings the database and the static files up to date and fills the shop if it is empty; keeps what is there."""
    collected = VAR / "static.state"
    state = static_state()
    # A number of customers that comes too late is told.
    number = options.customers
    demo = ["demo"] + (["--verbosity", "0"] if number is None else ["--customers", str(number)])
    if options.password is not None:
        demo += ["--password=" + options.password]
    lines = ["migrate --verbosity 0", "create_roles --verbosity 0"]
    if not collected.is_file() or collected.read_text() != state:
        lines.append("collectstatic --noinput --clear --verbosity 0")
    manage(lines + [" ".join(shlex.quote(word) for word in demo)], env)
    collected.write_text(state)


def wait_until_ready(host, port, processes):
    """Whether the demo answers before one of its processes ends, this command is asked to, or the time is over."""
    latest = time.monotonic() + SECONDS_TO_START
    while (
        time.monotonic() < latest
        and not asked_to_end
        and all(process.poll() is None for process in processes)
    ):
        try:
            connection = http.client.HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/health/")
            if connection.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    return False


def say_how_to_sign_in(host, port, password):
    say("\nThe demo shop is open: http://%s:%d/ (Ctrl-C ends it)" % (host, port))
    if password is None:
        say("Sign in as owner@example.com with the password that the first start printed (maybe above).")
        say("To set a new one: python3 dev.py demo --password NEW")
    say("Mails and the log go to %s" % LOG)


def demo(arguments):
    """Starts the product with the demo shop, web and worker together, until it is asked to end or one of them ends."""
    parser = argparse.ArgumentParser(prog="dev.py demo", description=demo.__doc__)
    default_port = os.environ.get("PORT") or "8000"
    parser.add_argument("--port", type=int, default=default_port, help="0 takes any free one")
    parser.add_argument("--customers", type=int, help="how many to generate when the shop is empty")
    parser.add_argument("--password", help="of the demo staff; without it a new shop gets a random one")
    options = parser.parse_args(arguments)
    if not 0 <= options.port <= 65535:
        parser.error("a port is a number from 0 to 65535")
    if options.customers is not None and options.customers < 0:
        parser.error("--customers takes 0 or more")
    host = os.environ.get("HOST") or "127.0.0.1"
    port = free_port(host, options.port)

    install_packages("base")
    compile_messages()
    keep_a_secret()
    env = dict(KEPT, **os.environ)
    env.update(DJANGO_SETTINGS_MODULE="backoffice.settings", DEMO="true", DEBUG="false", PORT=str(port))
    prepare_shop(options, env)
    serve(host, port, env, options.password)


def put_log_aside(log):
    """The last log stays beside the new one: another demo may still be writing it."""
    if log.exists():
        log.replace(log.with_suffix(".before.log"))


def serve(host, port, env, password):
    """Runs web server and worker together, until the command is asked to end or one of them ends; both write to LOG."""
    web = [PYTHON, "-m", "gunicorn"] + GUNICORN.split()
    for address in addresses(host, port):
        web += ["--bind", address]
    put_log_aside(LOG)
    processes = {}
    shoppers = None  # they end by themselves, and the demo goes on
    try:
        with LOG.open("ab") as log:
            processes["web server"] = start(web, env, log)
            processes["worker"] = start([PYTHON, "manage.py", "worker"], env, log)
        if wait_until_ready(host, port, processes.values()):
            say_how_to_sign_in(host, port, password)
            shoppers = start([PYTHON, "manage.py"] + SHOPPERS.split(), env, LOG.open("ab"))
        elif not asked_to_end and all(process.poll() is None for process in processes.values()):
            fail("the demo did not answer within %d seconds; its log is %s." % (SECONDS_TO_START, LOG))
        ended = first_to_end(processes.values())
    finally:
        end(list(processes.values()) + ([shoppers] if shoppers else []))
    if ended is not None:
        say("".join(LOG.read_text(errors="replace").splitlines(True)[-30:]))
        name = next(name for name, process in processes.items() if process is ended)
        fail("the %s ended by itself (%s); so the demo ends." % (name, how_it_ended(ended.returncode)))
    say("Ended.")


# --- test and check ---------------------------------------------------------------------------------------------------


def find_chromium(environ, which=shutil.which, is_file=os.path.isfile):
    """The browser for the tests, or None: CHROMIUM, then the usual names on PATH, then Chrome's place on macOS."""
    named = environ.get("CHROMIUM")
    if named:
        return which(named)
    for name in CHROMIUM_NAMES:
        if which(name):
            return which(name)
    return CHROME_ON_MACOS if is_file(CHROME_ON_MACOS) else None


def lacks_libatomic():
    """Whether the library is missing without which the browser's driver does not start on a minimal Linux."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return True
    return False


def provide_browser():
    """The path of a browser, installed if need be and allowed; without one says what brings it, and returns None."""
    wanted = [] if find_chromium(os.environ) else ["chromium", "fonts-dejavu-core"]
    if lacks_libatomic():
        wanted.append("libatomic1")
    if wanted and not install_from_system(wanted):
        say("Browser tests need Chromium. Run: sudo apt-get install %s" % " ".join(wanted))
        say("(or set CHROMIUM to the path of a browser of that kind).")
    return find_chromium(os.environ)


def pytest_command(database, arguments):
    """The pytest call for one database: user's arguments, in several processes, with each browser test on one database.

    Data tests run on both; on SQLite only the smoke tests among the browser tests run (decision 38).
    """
    command = [PYTHON, "-m", "pytest"]
    if not any(
        word.startswith(("-n", "--numprocesses", "--pdb", "--trace", "no:xdist")) for word in arguments
    ):
        command += ["-n", str(max(2, min(4, os.cpu_count() or 1)))]
    if database == "sqlite" and not any(word.startswith("-m") for word in arguments):
        command += ["-m", "not browser or smoke"]
    return command + list(arguments)


def verdict(statuses, chosen):
    """The exit status of the whole. Where the user chose tests, one of the runs may have had none (status 5)."""
    bad = [status for status in statuses if status and not (chosen and status == 5)]
    if bad:
        return bad[0]
    return 0 if 0 in statuses else 5


def test(arguments):
    """Runs the tests on SQLite and on PostgreSQL; the arguments go to pytest."""
    install_packages("test")
    compile_messages()
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="tests.settings")
    if not shutil.which("xgettext"):
        install_from_system(["gettext"])
    browser = provide_browser()
    if browser:
        env["CHROMIUM"] = browser
    elif env.get("CI"):
        fail("without a browser the suite is not whole, and CI is set.")
    statuses = []
    for database, name in (("sqlite", "SQLite"), ("pg", "PostgreSQL")):
        say("\n=== Tests on %s" % name)
        env["DB"] = database
        statuses.append(run(pytest_command(database, arguments), env, signal.SIGINT))
    sys.exit(verdict(statuses, chosen=bool(arguments)))


def check(arguments):
    """Static checks: style of code and templates, import direction, types, migrations that are not written yet."""
    install_packages("test")
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="tests.settings")
    commands = (
        [PYTHON, "-m", "ruff", "check", "."],
        [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
        [PYTHON, "-m", "djlint", "--quiet", "templates"],
        [VENV / "bin" / "lint-imports"],
        [PYTHON, "-m", "mypy"],
        [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    )
    failed = []
    for command in commands:
        name = " ".join(str(part) for part in command[1:]) or "lint-imports"
        say("\n=== %s" % name)
        if run(command, env):
            failed.append(name)
    if failed:
        fail("not passed: %s" % ", ".join(failed))


def main():
    go_on_with_a_new_python()
    commands = {"demo": demo, "test": test, "check": check}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    listen_for_the_end()
    commands[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    main()
