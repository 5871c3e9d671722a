"""Where results are kept, docs/performance.md, and what they were measured on."""

import datetime as dt
import platform
from pathlib import Path

import django

RESULTS = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def measured_on(database: str) -> str:
    """The day, the machine and the versions, in a line."""
    python, framework = platform.python_version(), django.__version__
    return f"{dt.date.today().isoformat()}, {_machine()}, Python {python}, Django {framework}, {database}"


def _machine() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        return f"{len(models)} × {models[0]}"
    except (OSError, IndexError):
        return platform.machine()


def put_into_results(mark: str, text: str) -> None:
    """Replace what stands between the marks of that name."""
    start, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    before, _start, rest = RESULTS.read_text(encoding="utf-8").partition(start)
    _old, _end, after = rest.partition(end)
    RESULTS.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")
