"""System checks of what apps declare: what is wrong or forgotten stops every command, and a sentence says what."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.staticfiles import finders
from django.core.checks import Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from ..access.verbs import right_of
from ..database.fields import SearchField
from ..tables.columns import DayColumn, MoneyColumn, NumberColumn, TextColumn
from ..tables.filters import KeysFilter, TextFilter
from ..tables.presence import PresenceFilter
from ..tables.ranges import has_both_ends
from .doors import filters_of_field
from .fields import DOORS, Field
from .kinds import Kind, kind_of
from .menu import GROUPS, menu_pages
from .section import Related, Section, added_panels, all_sections, section_named
from .stored import Stored, stored


@register
def declarations_hold(app_configs, **said) -> list[Error]:
    """Every section, its fields, actions and menu entries name only what there is, and forget nothing."""
    icons = _icons()
    known_rights = _rights()
    found = [
        Error(f"Section “{section.slug}”: {sentence}", id="backoffice.E010")
        for section in all_sections()
        for sentence in faults_of(section, icons, known_rights)
    ]
    for page in menu_pages():
        found += [
            Error(f"Menu page “{page.url}”: {sentence}", id="backoffice.E011")
            for sentence in (
                *_of_menu(page.menu.group, page.menu.icon, icons),
                *(_of_right(page.right, known_rights) if page.right else ()),
            )
        ]
    return found


def faults_of(section: Section, icons: str, known_rights: set[str]) -> Iterator[str]:
    """What is wrong with a section, a sentence each; `icons` is the text of the sprite."""
    yield from _of_menu(section.menu.group, section.menu.icon, icons)
    for kind, names in (
        ("fields", [one.name for one in section.fields]),
        ("actions", [one.name for one in section.actions]),
        ("actions of one record", [one.name for one in section.page.actions]),
        ("ways of deleting", [one.action.name for one in section.delete_ways]),
    ):
        if again := [name for name, number in Counter(names).items() if number > 1]:
            yield f"two {kind} are called {_listed(again)}."
    broken = list(_of_fields(section))
    yield from broken
    if broken:
        return  # Doors cannot be made of fields that do not hold.
    yield from _of_list(section)
    yield from _of_search(section)
    yield from _of_form(section)
    yield from _of_actions(section, icons, known_rights)


def _of_menu(group: str, icon: str, icons: str) -> Iterator[str]:
    if group not in GROUPS:
        yield f"the menu has no group “{group}”; it has {_listed(GROUPS)}."
    yield from _of_icon(icon, icons)


def _of_icon(icon: str, icons: str) -> Iterator[str]:
    if f'id="{icon}"' not in icons:
        yield f"there is no icon “{icon}” in static/icons.svg."


def _of_right(right: str, known_rights: set[str]) -> Iterator[str]:
    if right not in known_rights:
        yield f"no model offers the right “{right}”."


# --- Fields ---------------------------------------------------------------------------------------------------------


def _of_fields(section: Section) -> Iterator[str]:
    for field in section.fields:
        for door in field.without:
            if door not in DOORS:
                yield f"field “{field.name}” is without “{door}”, which is no door; there are {_listed(DOORS)}."
        try:
            place = stored(section.model, field)
        except FieldDoesNotExist:
            yield f"field “{field.name}”: {section.model.__name__} has no “{field.path}”."
            continue
        if place is None:
            if not (field.column or field.fact or field.filters or field.in_files.names):
                yield f"field “{field.name}” is no field of {section.model.__name__}, and has no door of its own."
            continue
        try:
            kind_of(place.model_field)
        except LookupError as error:
            if any(field.stands_at(door) for door in DOORS):
                yield f"field “{field.name}”: {error}."
        else:
            yield from _of_stored(section, place)


def _of_stored(section: Section, place: Stored) -> Iterator[str]:
    field, kind = place.field, kind_of(place.model_field)
    if field.switch and kind is not Kind.YES_NO:
        yield f"field “{field.name}” is a switch, and no yes or no."
    if section.editing and field.stands_at("form"):
        if field.group and field.group not in section.editing.groups:
            groups = _listed(section.editing.groups)
            yield f"field “{field.name}” stands in the group “{field.group}”, which the form has not: {groups}."
        elif not field.group and place.model_field.editable and not place.before and field.name != "id":
            yield f"field “{field.name}” stands in no group of the form; give its group, or without=(“form”,)."
    if field.required_as and not (field.group and field.stands_at("form")):
        yield f"field “{field.name}” can be made required, and is not on the form."
    if field.stands_at("column") and kind is Kind.RECORDS and not field.column:
        yield f"field “{field.name}” holds several records: give the column that draws them, or without=(“column”,)."
    if field.stands_at("filter") and field.filters is None:
        if kind is Kind.RECORDS:
            yield f"field “{field.name}” holds several records: give its filters, or without=(“filter”,)."
        elif kind in (Kind.TEXT, Kind.LONG_TEXT) and not section.listing.small and not place.key:
            yield f"field “{field.name}” has no folded copy to be searched by; add one, or without=(“filter”,)."


# --- The list -------------------------------------------------------------------------------------------------------


def _of_list(section: Section) -> Iterator[str]:
    listing, table, filters = section.listing, section.table, section.filters
    for what, names, known in (
        ("order", listing.order, table.columns),
        ("lead", listing.lead, table.columns),
        ("everywhere", listing.everywhere, filters),
        ("facts of the page", section.page.facts, [one.name for one in section.fields]),
        *((f"column set “{name}”", one.columns, table.columns) for name, one in listing.sets.items()),
    ):
        if unknown := [name for name in names if name not in known]:
            yield f"its {what} names {_listed(unknown)}, which there is not."
    column = table.columns.get(listing.default_sort.removeprefix("-"))
    if column is None or not column.sorts:
        yield f"its default sort is “{listing.default_sort}”, which no column sorts by."
    for name, column in table.columns.items():
        paths = (*column.reads, *((column.sorts, *column.ties) if column.sorts else ()))
        for path in paths:
            if not _leads_somewhere(section.model, path):
                yield f"column “{name}” reads “{path}”, which {section.model.__name__} has not."
        for one in column.filters:
            if one not in filters:
                yield f"column “{name}” names the filter “{one}”, which there is not."
        if (table_name := getattr(column, "table", "")) and table_name not in table.lookups:
            yield f"column “{name}” looks things up in “{table_name}”; its list has {_listed(table.lookups)}."
    for path in table.label_reads:
        if not _leads_somewhere(section.model, path):
            yield f"its label reads “{path}”, which {section.model.__name__} has not."
    if section.listing.recent and not _leads_somewhere(section.model, section.listing.recent):
        yield f"its list asks for recent rows by “{section.listing.recent}”, which {section.model.__name__} has not."
    for name, one in filters.items():
        yield from _of_filter(section, name, one)
    for field in section.fields:
        yield from _of_questions(section, field)


def _of_search(section: Section) -> Iterator[str]:
    for scope in section.listing.search:
        for what, names, known in (
            ("the filter", [scope.by], section.filters),
            ("the columns", scope.columns, section.table.columns),
        ):
            if unknown := [name for name in names if name not in known]:
                yield f"its search “{scope.name}” names {what} {_listed(unknown)}, which there is not."


def _of_filter(section: Section, name: str, one) -> Iterator[str]:
    if isinstance(one, KeysFilter) and one.table not in section.table.lookups:
        yield f"filter “{name}” looks things up in “{one.table}”; its list has {_listed(section.table.lookups)}."
    if isinstance(one, TextFilter):
        if not _leads_somewhere(section.model, one.key):
            yield f"filter “{name}” searches “{one.key}”, which {section.model.__name__} has not."
            return
        key: Any = section.model._meta.get_field(one.key)
        if key.source not in searched(section.model):
            yield f"filter “{name}” would find nobody: the search column of the model does not hold “{key.source}”."


_MEASURES = (Kind.NUMBER, Kind.AMOUNT, Kind.PERCENT, Kind.DAY, Kind.MOMENT)
_MEASURING = (NumberColumn, MoneyColumn, DayColumn)


def _of_questions(section: Section, field: Field) -> Iterator[str]:
    """Every question that a column answers can be asked (U4)."""
    asked = filters_of_field(section, field)
    place = stored(section.model, field)
    if _measures(place, section.table.columns.get(field.name)) and not has_both_ends(asked):
        yield (
            f"field “{field.name}” is shown as a number, an amount or a day, and its filters ask for no range:"
            " name two of them …_min and …_max, or …_after and …_before."
        )
    if any(_may_find_nothing(section, place, one) for one in asked.values()) and not any(
        isinstance(one, PresenceFilter) or getattr(one, "none_label", "") for one in asked.values()
    ):
        yield (
            f"field “{field.name}” may have no value, and its filters cannot ask for that:"
            " give it a PresenceFilter, or its KeysFilter a none_label."
        )


def _measures(place: Stored | None, column: TextColumn | None) -> bool:
    """Whether a column shows a number, an amount or a day; the number of the record itself is none."""
    if column is None or isinstance(column, _MEASURING):
        return column is not None
    return place is not None and not place.model_field.primary_key and kind_of(place.model_field) in _MEASURES


def _may_find_nothing(section: Section, place: Stored | None, one) -> bool:
    """Whether a record may have no value in what a filter asks."""
    if place is None:
        asked = _field_at(section.model, one.field_name or "")
        return asked is not None and asked.null
    return place.may_be_missing


def searched(model: type[models.Model]) -> set[str]:
    """The fields that a model's search column holds."""
    return {
        name
        for one in model._meta.concrete_fields
        if isinstance(one, SearchField)
        for name in one.source_names
    }


def _leads_somewhere(model: type[models.Model], path: str) -> bool:
    return _field_at(model, path) is not None


def _field_at(model: type[models.Model], path: str) -> Any:
    """The field that a path leads to, by its name or as a row of plain values calls it; None where there is none."""
    here: Any = model
    *steps, name = path.split("__")
    try:
        for step in steps:
            here = here._meta.get_field(step).related_model
        fields = here._meta.get_fields()
    except (FieldDoesNotExist, AttributeError):
        return None
    return next((one for one in fields if name in (one.name, getattr(one, "attname", None))), None)


# Names of addresses that every section has: what is done to one record is called otherwise.
_PAGES = frozenset(
    "list columns action view export history add edit put_back delete required_fields toggle figures".split()
)


# --- Forms and actions ----------------------------------------------------------------------------------------------


def _of_form(section: Section) -> Iterator[str]:
    form = section.form
    if form is None:
        return
    placed = {name for names in form.names_in.values() for name in names}
    if lost := [name for name in section.form_fields if name not in placed | {"version"}]:
        yield f"its form asks {_listed(lost)} in no group: nobody would see that."
    if empty := [key for key, names in form.names_in.items() if not names]:
        yield f"its form has the group {_listed(empty)}, in which nothing stands."


def _of_actions(section: Section, icons: str, known_rights: set[str]) -> Iterator[str]:
    names = {one.name for one in section.actions}
    blocks = {one.name for one in section.page.panels}
    for added in added_panels(section):
        if added.before and added.before not in blocks:
            yield f"the block “{added.name}” is to stand before “{added.before}”, which its page has not."
    for panel in (*section.page.panels, *added_panels(section), *section.home):
        if isinstance(panel, Related):
            yield from _of_related(panel)
            continue
        yield from _of_icon(panel.icon, icons)
        if panel.right:
            yield from _of_right(panel.right, known_rights)
    for action in (*section.actions, *(way.action for way in section.delete_ways)):
        yield from _of_icon(action.icon, icons)
        yield from _of_verb(f"action “{action.name}”", action.run, known_rights)
        if action.undo and action.undo.action not in names:
            yield f"action “{action.name}” is undone by “{action.undo.action}”, which there is not."
        if action.choices and not action.menu and not action.offered:
            yield f"action “{action.name}” asks something, and stands in no menu that could ask it: give it a `menu`."
    for one in section.page.actions:
        if one.name in _PAGES:
            yield f"action “{one.name}” of one record is called as one of the section's pages."
        yield from _of_icon(one.icon, icons)
        yield from _of_verb(f"action “{one.name}” of one record", one.run, known_rights)
    for name, switch in section.switches.items():
        yield from _of_verb(f"switch “{name}”", switch.run, known_rights)
    if section.hidden:
        if section.hidden.back not in names:
            yield f"its hidden records are brought back by “{section.hidden.back}”, which there is not."
        if not _leads_somewhere(section.model, section.hidden.field):
            yield f"its hidden records are told by “{section.hidden.field}”, which {section.model.__name__} has not."


def _of_related(related: Related) -> Iterator[str]:
    section = section_named(related.section)
    if section is None:
        yield f"its page shows rows of “{related.section}”, and there is no such section."
        return
    yield from _of_recent(related, section)
    for what, names, known in (
        ("columns", related.columns, section.table.columns),
        (
            "filters",
            (related.filter_by, *(name for name in related.asked if name != "sort")),
            section.filters,
        ),
    ):
        if unknown := [name for name in names if name not in known]:
            yield f"its page shows rows of “{related.section}” by {what} which that has not: {_listed(unknown)}."


def _of_recent(related: Related, section: Section) -> Iterator[str]:
    if related.recent and not _leads_somewhere(section.model, related.recent):
        yield f"its page shows recent rows of “{related.section}” by “{related.recent}”, which that has not."


def _of_verb(what: str, run, known_rights: set[str]) -> Iterator[str]:
    try:
        right = right_of(run)
    except TypeError as error:
        yield f"{what}: {error}."
    else:
        yield from (f"{what}: {sentence}" for sentence in _of_right(right, known_rights))


def _icons() -> str:
    path = finders.find("icons.svg")
    if not path:
        return ""
    with open(path, encoding="utf-8") as sprite:
        return sprite.read()


def _rights() -> set[str]:
    """Every right that some model offers."""
    return {
        f"{model._meta.app_label}.{codename}"
        for model in apps.get_models()
        for codename in (
            *(f"{action}_{model._meta.model_name}" for action in model._meta.default_permissions),
            *(codename for codename, _title in model._meta.permissions),
        )
    }


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
