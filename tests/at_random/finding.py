"""What came of many requests: how many were answered how, and what was wrong."""

import traceback
from collections import Counter

from .sending import Request

MOST_TOLD = 12


class Found:
    """How many were answered how, and the faults, each kind once with the request that showed it first."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.faults: dict[tuple, str] = {}

    def add(self, sitting: str, number: int, request: Request, answer, wrong: list[str]) -> None:
        """One more answer."""
        self.statuses[answer.status_code] += 1
        for fault in wrong:
            why, name = getattr(answer, "exc_info", None), getattr(answer.resolver_match, "view_name", "")
            place = traceback.extract_tb(why[2])[-1] if why else None
            kind = (
                (fault, name) if place is None else (fault, place.filename, place.lineno, str(why[1])[:200])
            )
            if kind not in self.faults:
                told = "".join(traceback.format_exception(*why)[-6:]) if why else ""
                self.faults[kind] = f"{sitting}, request {number}: {fault}\n{request}\n{told}"
                print(f"\n{self.faults[kind]}", flush=True)

    def told(self) -> str:
        """The faults in words."""
        return "\n\n".join(list(self.faults.values())[:MOST_TOLD])
