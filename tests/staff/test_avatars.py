"""The initials of each member of staff in a colour of their own (U37)."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from backoffice.templatetags.hues import HUES, hue
from tests.reading import read

pytestmark = pytest.mark.alike


def _lightness(colour: str) -> float:
    """The relative luminance of WCAG."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_lightness(one), _lightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _token(name: str) -> tuple[str, str]:
    """A colour of the tokens, light and dark."""
    css = Path(finders.find("css/base.css")).read_text(encoding="utf-8")
    return re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", css).groups()


@pytest.mark.parametrize("number", range(HUES))
def test_initials_are_readable_on_every_colour_in_both_themes(number):
    """U37, WCAG 1.4.3: 4.5 to 1 at least."""
    for colour, ink in zip(_token(f"hue-{number}"), _token("on-accent"), strict=True):
        assert _contrast(colour, ink) >= 4.5, (colour, ink)


def test_everybody_has_the_same_colour_on_every_page_and_neighbours_differ(client_of, owner, manager):
    """U37: by the number of the record, by a class and not by a style."""
    page = read(client_of(owner).get("/staff/"))
    colours = [one["class"] for one in page.one("main").all("span", "avatar")]
    assert sorted(colours) == sorted(f"avatar {hue(person.pk)}" for person in (owner, manager))
    assert len(set(colours)) == 2
    assert page.one("header").one("span", "avatar")["class"] == f"avatar {hue(owner.pk)}"
