"""Figures of a record's page that explain themselves: declared by the section, or by an app above that has the rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..texts import Text

if TYPE_CHECKING:
    from .section import Section


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How a figure of a record's page comes about, worked out when somebody opens it: a page, and a part of one.

    `content(record, staff)` returns the context of `template`, by default a reckoning and the rows behind it; `right`
    is the permission needed, `offered(record)` says whether there is anything to explain. Once there is a list of those
    rows, a link to it takes the explanation's place.
    """

    name: str
    title: Text
    content: Callable[..., dict]
    template: str = "backoffice/panels/reckoning.html"
    right: str = ""
    offered: Callable[[Any], bool] | None = None


_added: dict[str, list[Explanation]] = {}


def add_explanations(slug: str, *explanations: Explanation) -> None:
    """Have figures on the page of a record below explained by an app above, which has their rows."""
    _added.setdefault(slug, []).extend(explanations)


def explanations_of(section: Section) -> tuple[Explanation, ...]:
    """All figures of a record's page that explain themselves."""
    return (*section.page.explained, *_added.get(section.slug, ()))


def explanation_named(section: Section, name: str) -> Explanation | None:
    """The explanation of that name, None where no app has brought it."""
    return next((one for one in explanations_of(section) if one.name == name), None)
