"""Small pictures beside figures: how a whole is shared out, and how something went hour by hour or week by week."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string

from ..screen import formats

# How high bars are.
HEIGHT = 40


class Part(NamedTuple):
    """A part of a bar: where it starts and how wide it is, in hundredths of the whole."""

    label: str
    x: float
    width: float
    tone: int


def share_bar(title: str, parts: Iterable[tuple[str, int, int]]) -> str:
    """The parts of a whole, (label, number, tone) each, beside each other; "" where there is nothing to share out."""
    parts = list(parts)
    total = sum(number for _label, number, _tone in parts)
    if not total:
        return ""
    x, drawn = 0.0, []
    for label, number, tone in parts:
        width = round(100 * number / total, 2)
        drawn.append(Part(formats.labelled(label, formats.percent(number / total)), x, width, tone))
        x = round(x + width, 2)
    return _drawn("share_bar", title=title, parts=tuple(drawn))


def sparkline(title: str, numbers: Sequence[int]) -> str:
    """How a number went, of two weeks at least, as a line."""
    most = max(numbers) or 1
    points = [
        (round(place * 120 / (len(numbers) - 1), 1), round(24 - 22 * n / most, 1))
        for place, n in enumerate(numbers)
    ]
    return _drawn(
        "sparkline",
        title=title,
        points=" ".join(f"{x},{y}" for x, y in points),
        end_x=points[-1][0],
        end_y=points[-1][1],
    )


class Bar(NamedTuple):
    """A number as a bar, 8 wide, that begins at `x`."""

    label: str
    number: int
    x: float
    tone: int


def bars(title: str, parts: Iterable[Bar], *, width: float) -> str:
    """Numbers beside each other, the largest as high as the picture; nothing stands for none."""
    parts = [part for part in parts if part.number]
    most = max((part.number for part in parts), default=1)
    heights = [max(1, round(HEIGHT * part.number / most, 1)) for part in parts]
    drawn = [
        {"label": part.label, "x": part.x, "y": HEIGHT - height, "height": height, "tone": part.tone}
        for part, height in zip(parts, heights, strict=True)
    ]
    return render_to_string("backoffice/pictures/bars.html", {"title": title, "bars": drawn, "width": width})


@lru_cache(maxsize=100)
def _drawn(picture: str, **facts) -> str:
    return render_to_string(f"backoffice/pictures/{picture}.html", facts)
