"""What `dev.py` decides: which Python, which browser, which packages, which tests, which port."""

import argparse
import ast
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dev


def places(*names):
    """A `which` for a machine that has exactly these programs."""
    return lambda name: f"/bin/{name}" if name in names else None


def test_an_old_python_goes_on_with_the_newest_one_that_was_tried():
    versions = {"/bin/python3.12": (3, 12), "/bin/python3.11": (3, 11), "/bin/python3": (3, 9)}
    which = places("python3.12", "python3.11", "python3")
    assert dev.newer_python(which, versions.get) == "/bin/python3.12"


def test_a_python_on_path_that_does_not_run_is_passed_over():
    """Version managers put names on PATH that answer only with an error."""
    versions = {"/bin/python3.13": None, "/bin/python3.11": (3, 11)}
    assert dev.newer_python(places("python3.13", "python3.11"), versions.get) == "/bin/python3.11"


def test_only_old_pythons_are_no_python():
    assert dev.newer_python(places("python3"), {"/bin/python3": (3, 9)}.get) is None


def test_the_running_python_tells_its_version_and_a_missing_one_none():
    assert dev.version_of(sys.executable) == sys.version_info[:2]
    assert dev.version_of("/nowhere/python3") is None


def test_dev_py_can_be_read_by_python_3_6():
    """An old `python3` must get as far as looking for a newer one."""
    ast.parse((dev.ROOT / "dev.py").read_text(), feature_version=(3, 6))


def test_the_named_browser_comes_before_those_on_path():
    which = places("/opt/chrome", "chromium")
    assert dev.find_chromium({"CHROMIUM": "/opt/chrome"}, which) == "/bin//opt/chrome"


def test_browsers_on_path_are_tried_in_order():
    assert dev.find_chromium({}, places("google-chrome", "chromium-browser")) == "/bin/chromium-browser"
    assert dev.find_chromium({}, places("google-chrome-stable")) == "/bin/google-chrome-stable"


def test_on_macos_chrome_is_found_in_its_place_and_elsewhere_there_is_none():
    assert dev.find_chromium({}, places(), lambda path: True) == dev.CHROME_ON_MACOS
    assert dev.find_chromium({}, places(), lambda path: False) is None


def test_a_named_browser_that_is_not_there_is_not_replaced_by_another():
    assert dev.find_chromium({"CHROMIUM": "/gone"}, places("chromium")) is None


def test_a_lock_is_known_by_its_content(tmp_path):
    lock = tmp_path / "base.txt"
    lock.write_text("django==5.2.19")
    before = dev.digest([lock])
    assert dev.digest([lock]) == before
    lock.write_text("django==5.2.20")
    assert dev.digest([lock]) != before


def test_installed_packages_are_not_installed_again(tmp_path, monkeypatch):
    (tmp_path / "installed-base").write_text(dev.digest(dev.lock_files("base")))
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "must", lambda *call: pytest.fail(f"installed: {call}"))
    dev.install_packages("base")


def test_a_changed_lock_is_installed_and_the_test_lock_brings_the_base_lock_with_it(tmp_path, monkeypatch):
    calls = []
    (tmp_path / "installed-base").write_text("of an older lock")
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "must", lambda command, what: calls.append([str(word) for word in command]))
    dev.install_packages("test")
    assert "--require-hashes" in calls[0]
    assert [Path(word).name for word in calls[0] if word.endswith(".txt")] == ["base.txt", "test.txt"]
    assert (tmp_path / "installed-base").read_text() == dev.digest(dev.lock_files("base"))
    dev.install_packages("base")
    assert len(calls) == 1


def test_a_taken_port_is_named_and_another_proposed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"port {port} on 127.0.0.1 cannot be used.*--port {port + 1}"):
            dev.free_port("127.0.0.1", port)


def test_port_0_is_any_free_port():
    assert dev.free_port("127.0.0.1", 0) > 0


def test_the_demo_answers_on_localhost_whichever_loopback_that_is():
    """Passkeys need `localhost`, which may mean ::1 (decision 37)."""
    port = dev.free_port("127.0.0.1", 0)
    assert dev.addresses("127.0.0.1", port)[0] == f"127.0.0.1:{port}"
    assert set(dev.addresses("127.0.0.1", port)[1:]) <= {f"[::1]:{port}"}
    assert dev.addresses("0.0.0.0", port) == [f"0.0.0.0:{port}"]


def test_the_secret_is_random_readable_by_its_owner_only_and_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(dev, "VAR", tmp_path / "var")
    dev.keep_a_secret()
    kept = tmp_path / "var" / "secret_key"
    secret = kept.read_text()
    assert len(secret) > 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    dev.keep_a_secret()
    assert kept.read_text() == secret


def test_on_sqlite_only_the_smoke_among_the_browser_tests_runs():
    """Decision 38."""
    assert dev.pytest_command("sqlite", [])[-2:] == ["-m", "not browser or smoke"]
    assert "-m" not in dev.pytest_command("pg", [])[3:]


def test_the_users_own_arguments_go_to_both_runs_and_win():
    arguments = ["tests/customers", "-m", "browser", "-n0"]
    for database in ("sqlite", "pg"):
        assert dev.pytest_command(database, arguments)[3:] == arguments


@pytest.mark.parametrize(
    ("statuses", "chosen", "status"),
    [
        ([0, 0], False, 0),
        ([0, 1], False, 1),
        ([5, 0], False, 5),
        ([5, 0], True, 0),
        ([5, 5], True, 5),
        ([5, 2], True, 2),
    ],
)
def test_a_run_without_tests_passes_only_where_the_user_chose_tests_and_the_other_run_had_some(
    statuses, chosen, status
):
    assert dev.verdict(statuses, chosen) == status


def test_only_translations_that_changed_are_compiled(tmp_path, monkeypatch):
    folder = tmp_path / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n')
    calls = []
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "must", lambda command, what: calls.append(what))
    dev.compile_messages()
    (folder / "django.mo").write_bytes(b"")
    dev.compile_messages()
    assert calls == ["Compiling the translations"]


def test_ending_a_process_ends_all_that_it_started():
    """A demo leaves nothing behind, not even what its processes started themselves."""
    child = "import subprocess as s, time; print(s.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-c", child], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    grandchild = int(process.stdout.readline())
    dev.end([process])
    assert process.returncode == -signal.SIGTERM
    latest = time.monotonic() + 5
    while is_running(grandchild) and time.monotonic() < latest:
        time.sleep(0.05)
    assert not is_running(grandchild)


def is_running(pid):
    """Whether the process still runs; one that ended and waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_when_one_process_ends_the_others_are_ended_too():
    short, long = (subprocess.Popen(["sleep", seconds], start_new_session=True) for seconds in ("0", "60"))
    assert dev.first_to_end([short, long]) is short
    assert long.returncode == -signal.SIGTERM


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (1, "exit status 1, see above"),
        (-9, "if that happens again, end other programs or give this machine more memory"),
        (-15, "signal 15 ended it: run the same command again"),
    ],
)
def test_a_command_that_was_killed_says_what_to_do(status, told, monkeypatch):
    """A bare "exit status -9" tells nobody that memory was short."""
    monkeypatch.setattr(dev, "run", lambda command, env: status)
    with pytest.raises(SystemExit) as end:
        dev.must(["true"], "Preparing the shop")
    assert end.value.code.startswith("dev.py: Preparing the shop failed (")
    assert end.value.code.endswith(f"{told}).")


def test_how_to_sign_in_is_said_once(capsys):
    """With a password given, `manage.py demo` has said it; without, the last lines do."""
    dev.say_how_to_sign_in("127.0.0.1", 8000, "lavender-under-stairs")
    told = capsys.readouterr().out
    assert "http://127.0.0.1:8000/" in told
    assert "Sign in" not in told
    dev.say_how_to_sign_in("127.0.0.1", 8000, None)
    assert capsys.readouterr().out.count("--password NEW") == 1


def test_without_a_command_the_three_commands_are_explained():
    told = subprocess.run([sys.executable, dev.ROOT / "dev.py"], capture_output=True, text=True)
    assert told.returncode == 1
    assert "python3 dev.py demo [--port N] [--customers N] [--password PW]" in told.stderr


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--port", "x"], ["--customers", "-1"]])
def test_wrong_numbers_are_refused_before_anything_is_done(arguments, monkeypatch, capsys):
    monkeypatch.setattr(dev, "install_packages", lambda lock: pytest.fail("went on"))
    with pytest.raises(SystemExit) as end:
        dev.demo(arguments)
    assert end.value.code == 2
    assert arguments[0] in capsys.readouterr().err or "port" in arguments[0]


def test_a_second_demo_leaves_the_log_of_the_first_one(tmp_path):
    """It was deleted while the first one was still writing it."""
    log = tmp_path / "demo.log"
    dev.put_log_aside(log)
    with log.open("a") as first:
        dev.put_log_aside(log)
        log.write_text("second")
        first.write("first")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "demo.log": "second",
        "demo.before.log": "first",
    }


@pytest.mark.parametrize(
    ("customers", "said"),
    [(None, "demo --verbosity 0"), (0, "demo --customers 0"), (50, "demo --customers 50")],
)
def test_a_number_of_customers_that_comes_too_late_is_told(monkeypatch, tmp_path, customers, said):
    """`demo` tells that nothing was added to a shop that is there; without a number nobody asked for anything."""
    told = []
    monkeypatch.setattr(dev, "VAR", tmp_path)
    monkeypatch.setattr(dev, "manage", lambda lines, env: told.append(lines))
    dev.prepare_shop(argparse.Namespace(customers=customers, password=None), {})
    assert told[0][-1] == said
