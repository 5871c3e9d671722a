"""The tables of a measurement, for docs/performance.md."""

import datetime as dt
import platform

import django

CPU_LIMIT = 1.6


def report(sizes: list[str], vendor: str, found: dict, made_of: dict) -> str:
    """Markdown: the machine, the product against the floor and itself, the peers, what each page is made of."""
    rounds = max(figures.rounds for page in found.values() for figures in page.values())
    parts = [
        f"{dt.date.today().isoformat()}, {_machine()}, Python {platform.python_version()},"
        f" Django {django.__version__}, {_database(vendor)}; {rounds} rounds, sizes and floor in turn.",
        _against_floor(sizes, found),
        _peers(sizes, found),
        _parts(sizes[-1], made_of),
    ]
    return "\n\n".join(part for part in parts if part)


def _machine() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        return f"{len(models)} × {models[0]}"
    except (OSError, IndexError):
        return platform.machine()


def _database(vendor: str) -> str:
    return {"postgresql": "PostgreSQL", "sqlite": "SQLite"}.get(vendor, vendor)


def _table(heads: list[str], rows: list[list]) -> str:
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _against_floor(sizes: list[str], found: dict) -> str:
    heads = ["page"]
    for size in sizes:
        heads += [f"{size}: p50 / p95 ms", "CPU ms (app + database)", "× floor"]
    heads += [f"{size} / {sizes[0]}" for size in sizes[1:]]
    rows = []
    for page, figures in found.items():
        row = [page.name]
        for size in sizes:
            ours, floor = figures[size, "product"], figures[size, "floor"]
            ratio = ours.cpu / floor.cpu
            row += [
                f"{ours.wall:.1f} / {ours.wall_95:.1f}",
                f"{ours.cpu:.1f} ({ours.app:.1f} + {ours.database:.1f})",
                _judged(ratio, CPU_LIMIT),
            ]
        first = figures[sizes[0], "product"]
        row += [_judged(figures[size, "product"].cpu / first.cpu, page.allowed) for size in sizes[1:]]
        rows.append(row)
    return _table(heads, rows)


def _judged(ratio: float, limit: float) -> str:
    return f"{ratio:.2f}" if ratio <= limit else f"**{ratio:.2f}**"


def _peers(sizes: list[str], found: dict) -> str:
    heads = ["page"]
    for size in sizes:
        heads += [f"{size}: admin ms", "times ours", "tables2 + filter ms", "times ours"]
    rows = []
    for page, figures in found.items():
        if not any((sizes[0], peer) in figures for peer in ("admin", "tables")):
            continue
        row = [page.name]
        for size in sizes:
            ours = figures[size, "product"]
            for peer in ("admin", "tables"):
                theirs = figures.get((size, peer))
                row += [f"{theirs.wall:.0f}", f"{theirs.wall / ours.wall:.0f}"] if theirs else ["", ""]
        rows.append(row)
    return "Their middle wall times, and how often ours:\n\n" + _table(heads, rows) if rows else ""


def _parts(size: str, made_of: dict) -> str:
    rows = []
    for page, parts in made_of.items():
        sizes = f"{parts['plain'] / 1000:.0f}", f"{parts['compressed'] / 1000:.1f}"
        rows.append([page.name, parts["queries"], parts["rows"], *sizes])
    heads = ["page", "queries beside session and user", "rows", "kB", "kB compressed"]
    return f"What the pages are made of, at {size}:\n\n" + _table(heads, rows)
