"""Which small changes of a module does no test notice? `make mutants ONLY=backoffice/records/changes.py MOST=30`.

Cosmic Ray makes the changes, one at a time and in copies of the house under var/mutants, never in the files at hand;
the tests that hold the module (pyproject.toml, `tool.mutants`) run on each, on SQLite, till the first one fails. Left
out are changes that are no program any more, or only touch an annotation or a dataclass's decorator: they would always
or never be noticed, whatever the tests hold.
"""

import argparse
import ast
import os
import queue
import re
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
from cosmic_ray import commands
from cosmic_ray.mutating import mutate_and_test, mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import WorkItem, WorkResult

from tests.sampling import sample

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "mutants"
CHOSEN = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutants"]
PYTEST = "-m pytest -q -x -p no:randomly -p no:cacheprovider --hypothesis-seed=0 --reuse-db"
# As the tests' settings name it, beside the database of the address; made once, and copied for each run.
DATABASE, READY = "var/test.sqlite3", "var/ready.sqlite3"
MAKE_READY = """
import django; django.setup()
from django.db import connection
connection.creation.create_test_db(verbosity=0)
"""


def main(words: list[str]) -> int:
    """Checks these modules, or all of the table; tells for each what was not noticed."""
    known = CHOSEN["tests"]
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("modules", nargs="*", help="of the table [tool.mutants.tests] of pyproject.toml")
    asked.add_argument("--most", type=int, metavar="N", help="a sample of so many changes a module")
    asked.add_argument("--copies", type=int, metavar="N", default=os.cpu_count() or 1, help="at work at once")
    given = asked.parse_args(words)
    if strange := [one for one in given.modules if one not in known]:
        asked.error(f"{strange[0]} is not in the table")
    for module in given.modules or known:
        tests = [f"tests/{one}" for one in known[module]]
        report(module, check(module, tests, given.most, given.copies))
    return 0


def check(module: str, tests: list[str], most: int | None, at_once: int) -> list[WorkResult]:
    """Makes every change of the module, or `most` of them, and says what the tests said to each."""
    shutil.rmtree(WORK, ignore_errors=True)
    first = copy_of_the_house()
    began = time.monotonic()
    if subprocess.run(shlex.split(command(first, tests)), stdout=sys.stderr).returncode:
        sys.exit(f"The tests of {module} fail as it is.")
    seconds = 15 + 4 * (time.monotonic() - began)
    copies: queue.Queue[Path] = queue.Queue()
    for number in range(at_once):
        copies.put(shutil.copytree(first, WORK / str(number + 1), symlinks=True))

    def tried(item: WorkItem) -> WorkResult:
        copy = copies.get()
        try:
            there = [attrs.evolve(one, module_path=copy / module) for one in item.mutations]
            return mutate_and_test(there, command(copy, tests), seconds)
        finally:
            copies.put(copy)

    results = []
    with use_db(WORK / "session.sqlite3", WorkDB.Mode.create) as session:
        commands.init([Path(module)], session, {})
        items = sample(sorted(filter(is_a_change, session.work_items), key=place), most)
    with ThreadPoolExecutor(at_once) as threads:
        for result in threads.map(tried, items):
            results.append(result)
            print(f"\r{module}: {len(results)} of {len(items)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return results


def copy_of_the_house() -> Path:
    """The files at hand, with texts translated and a database ready for tests; old dates, so that a change is newer."""
    copy = WORK / "0"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split(
        "\0"
    ):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / "var").mkdir()
    here = {"cwd": copy, "env": os.environ | surroundings(copy), "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([sys.executable, "manage.py", "compilemessages", "-v0"], **here)
    subprocess.run([sys.executable, "-c", MAKE_READY], **here)
    (copy / DATABASE).rename(copy / READY)
    return copy


def surroundings(copy: Path) -> dict[str, str]:
    """What the tests of a copy find in their environment."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DB": "sqlite",
        "TEST_DATABASE_URL": f"sqlite:///{copy}/var/shop.sqlite3",
    }


def command(copy: Path, tests: list[str]) -> str:
    """Runs the tests in a copy, on a fresh database."""
    told = " ".join(f"{name}={shlex.quote(value)}" for name, value in surroundings(copy).items())
    run = f"exec env {told} {shlex.quote(sys.executable)} {PYTEST} {' '.join(tests)}"
    fresh = f"cd {shlex.quote(str(copy))} && rm -f {DATABASE}* && cp {READY} {DATABASE}"
    return f"sh -c {shlex.quote(f'{fresh} && {run}')}"


def is_a_change(item: WorkItem) -> bool:
    """Whether the operator is one of the chosen, and the changed module another program."""
    for one in item.mutations:
        if not any(re.fullmatch(f"core/{name}", one.operator_name) for name in CHOSEN["operators"]):
            return False
        before = one.module_path.read_text()
        try:
            after = mutate_code(before, get_operator(one.operator_name)(**one.operator_args), one.occurrence)
            if after is None or said(after) == said(before):
                return False
        except (SyntaxError, AttributeError):  # the latter of Cosmic Ray, at `except (ValueError, forms.…)`
            return False
    return True


def place(item: WorkItem) -> list[tuple]:
    """Where the change is, and which of the changes there: for one order of them every time."""
    return [
        (one.start_pos, one.operator_name, str(one.operator_args), one.occurrence) for one in item.mutations
    ]


def said(source: str) -> str:
    """What a module does, without annotations and what classes are decorated with."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if getattr(node, name, None) is not None:
                setattr(node, name, ast.Constant(None))
        if isinstance(node, ast.ClassDef):
            node.decorator_list = []
    return ast.dump(tree)


def report(module: str, results: list[WorkResult]) -> None:
    """The changes that nothing noticed, and how many were noticed."""
    alive = [result for result in results if not result.is_killed]
    for result in alive:
        print("\n".join(changed_lines(result)))
    noticed = len(results) - len(alive)
    print(
        f"{module}: {noticed} of {len(results)} noticed ({noticed / len(results):.0%})" if results else module
    )


def changed_lines(result: WorkResult) -> Iterator[str]:
    """A change as a short diff; what went wrong where there is none."""
    if not result.diff:
        yield str(result.output)
    for line in (result.diff or "").splitlines():
        if line.startswith(("@@", "-", "+")) and not line.startswith(("---", "+++")):
            yield line


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
