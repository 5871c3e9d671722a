"""The tables of a measurement, for docs/performance.md."""

from .results import measured_on

CPU_LIMIT = 1.6


def report(sizes: list[str], database: str, found: dict, made_of: dict) -> str:
    """Markdown: what was measured on, CPU against the floor, growth, wall time beside the peers, what pages weigh."""
    rounds = max(figures.rounds for page in found.values() for figures in page.values())
    parts = [
        f"{measured_on(database)}; {rounds} rounds.",
        "CPU time of application and database, in ms (middle of all rounds), the same as a multiple of the floor asked"
        " in turn with it, and as a multiple of the page's own at the smallest size:",
        _cpu(sizes, found),
        "Time until the answer is there, p50 / p95 in ms, and the peers' p50 (in brackets: how often ours):",
        _wall(sizes, found),
        f"What the pages weigh, at {sizes[-1]}:",
        _weights(made_of),
        _first_visit(made_of),
    ]
    return "\n\n".join(parts)


def _table(heads: list[str], rows: list[list]) -> str:
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _cpu(sizes: list[str], found: dict) -> str:
    heads = ["page"]
    for size in sizes:
        heads += [f"{size}: app + database", "× floor"]
    heads += [f"{size} / {sizes[0]}" for size in sizes[1:]]
    rows = []
    for page, figures in found.items():
        row = [page.name]
        for size in sizes:
            ours, floor = figures[size, "product"], figures[size, "floor"]
            row += [f"{ours.app:.1f} + {ours.database:.1f}", _judged(ours.cpu / floor.cpu, CPU_LIMIT)]
        first = figures[sizes[0], "product"]
        row += [_judged(figures[size, "product"].cpu / first.cpu, page.allowed) for size in sizes[1:]]
        rows.append(row)
    return _table(heads, rows)


def _judged(ratio: float, limit: float) -> str:
    return f"{ratio:.2f}" if ratio <= limit else f"**{ratio:.2f}**"


def _wall(sizes: list[str], found: dict) -> str:
    heads = ["page"]
    for size in sizes:
        heads += [f"{size}: ours", "admin", "tables2 + filter"]
    rows = []
    for page, figures in found.items():
        row = [page.name]
        for size in sizes:
            ours = figures[size, "product"]
            row.append(f"{ours.wall:.1f} / {ours.wall_95:.1f}")
            for peer in ("admin", "tables"):
                theirs = figures.get((size, peer))
                row.append(f"{theirs.wall:.0f} ({theirs.wall / ours.wall:.0f})" if theirs else "")
        rows.append(row)
    return _table(heads, rows)


def _weights(made_of: dict) -> str:
    rows = []
    for page, parts in made_of.items():
        sizes = f"{parts['plain'] / 1000:.0f}", f"{parts['compressed'] / 1000:.1f}"
        rows.append([page.name, parts["queries"], parts["rows"], *sizes])
    return _table(["page", "queries beside session and user", "rows", "kB", "kB compressed"], rows)


def _first_visit(made_of: dict) -> str:
    page = next(iter(made_of.values()))
    files = page["files"]
    total = (page["compressed"] + sum(files)) / 1000
    return f"A first visit, with nothing in the browser yet: {1 + len(files)} requests, {total:.0f} kB."
