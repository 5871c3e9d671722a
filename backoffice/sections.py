"""A section is data: one frozen value from which list, view, forms, actions, export and settings come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A block of a view page: `content(record, staff)` returns its template context, `template` draws it.

    `count` is printed in the heading, "Groups (1)" (S1.53); `right` is the permission needed to see the block.
    """

    name: str
    title: Any
    template: str
    content: Callable[..., dict]
    icon: str = "list"
    side: str = "right"
    right: str = ""


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """What can be done to the selection, or to all that match: `run(rows, *, by, **choice)` returns who was changed.

    `said(number, label)` is the word of confirmation, `label` being that of the choice made, "" without one.
    `offered(page)` says whether the list at hand has anything for it; `choices(page)` gives the (value, label)
    pairs of the one question the action asks, `right` is the right it needs. `undone_by` is the action that takes it
    back; what that has to know besides, `remembers(rows, choice)` finds beforehand, and it is given as `remembered`.
    `aside(remembered)` and `note` are sentences to bear in mind, said before a large change and after any;
    `left(number)` says why some were left as they were.
    `one_url` names the URL that does it to one record, from the menu of its row; `menu` is the title of the menu of
    the selection bar that it shares with its likes.
    """

    name: str
    title: Any
    run: Callable[..., list[int]]
    right: str
    said: Callable[[int, str], str]
    undone_by: str = ""
    remembers: Callable[[QuerySet, str], list[int]] | None = None
    aside: Callable[[list[int]], str] | None = None
    note: Any = ""
    left: Callable[[int], str] | None = None
    menu: Any = ""
    icon: str = "check"
    choices: Callable[..., list[tuple[str, str]]] | None = None
    offered: Callable[..., bool] | None = None
    one_url: str = ""
    danger: bool = False


@dataclass(frozen=True, kw_only=True)
class Requirable:
    """A field that staff may make required: our form field, and the technical name of the seeds (S1.28)."""

    field: str
    technical_name: str


@dataclass(frozen=True, kw_only=True)
class DeleteWay:
    """One way of deleting (facts 2.7): `run(record, *, by)`; `foretell(ids)` says what will happen, in numbers, and
    nothing where nothing would: the way is not offered then.

    `refusal(ids)` says why these cannot be deleted at all, "" where they can; `said` is the word of confirmation,
    with %(name)s in it, `undone_by` the action that brings the record back.
    """

    name: str
    title: Any
    run: Callable[..., None]
    foretell: Callable[..., list[str]]
    refusal: Callable[..., str] | None = None
    said: Any = ""
    undone_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of the back office; nothing to inherit from, a misspelt option is a TypeError at import.

    slug: part of the URL and of permission-free names; rows: all records this section may ever show;
    save(record | None, values, *, by, version) writes one record through the app's service and returns it;
    delete_ways: how a record can be deleted, the none of them preselected.
    """

    slug: str
    model: type[Model]
    title: Any
    title_one: Any
    add_label: Any
    icon: str
    menu: str
    quick_label: Any = ""
    list_title: Any = ""
    rows: Callable[[], QuerySet]
    table: type
    filters: type
    form: type | None = None
    save: Callable[..., Model] | None = None
    delete_ways: tuple[DeleteWay, ...] = ()
    bulk_delete: Callable[..., list[int]] | None = None
    default_sort: str = "-id"
    panels: tuple[Panel, ...] = ()
    actions: tuple[BulkAction, ...] = ()
    requirable: tuple[Requirable, ...] = ()
    key_figures: Callable[..., list] | None = None
    refresh_figures: Callable[[], None] | None = None
    history_of: Callable[..., list] | None = None
    options_url: str = ""
    options_title: Any = ""
    options_fold: Callable[..., str] | None = None
    column_sets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    heading: Callable[..., dict] | None = None

    def right(self, action: str) -> str:
        """The permission for `action` (view, add, change, delete, export, import, settings) in this section."""
        return f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"

    @property
    def counter(self) -> str:
        """The name of the stored count of this section's rows."""
        return self.model._meta.label_lower

    def url(self, page: str = "list") -> str:
        """The name of a URL of this section, for reverse()."""
        return f"{self.slug}_{page}"


_sections: dict[str, Section] = {}


def register(section: Section) -> Section:
    """Make a section part of the product; two of the same slug are a mistake (ValueError)."""
    if section.slug in _sections:
        raise ValueError(f"There are two sections called {section.slug}.")
    _sections[section.slug] = section
    return section


def all_sections() -> list[Section]:
    """Every registered section, in the order of registration."""
    return list(_sections.values())


def section_named(slug: str) -> Section | None:
    """The section of that slug, or None while no app has brought it."""
    return _sections.get(slug)
