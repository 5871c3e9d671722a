"""A section is data: one frozen value from which list, view, forms, actions, export and settings come."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext, ngettext_lazy

from ..access.rights import HasRights
from ..forms.forms import SectionForm
from ..models import Counter
from ..models.kept import Kept
from ..numbers import LARGEST
from ..screen import formats
from ..tables.drawing import SectionTable
from ..tables.filter import Filter
from ..tables.lookups import Lookup
from ..texts import Text
from . import doors
from .actions import BulkAction, DeleteWay
from .custom import CustomFields, section_with
from .fields import Field, RequiredRow, Switch
from .importing import Importing
from .menu import Menu
from .page import Page, Panel, Related


@dataclass(frozen=True, kw_only=True)
class Titles:
    """What a section is called: many of them, one of them, adding one; in quick access and over the list, if other;
    `counted` is some of them, a plural text over "count" with %(n)s in it; `back` is the way back to the list, where a
    language bends the name there (S4.94)."""

    many: Text
    one: Text
    add: Text
    quick: Text = ""
    list: Text = ""
    counted: Any = None
    back: Text = ""


@dataclass(frozen=True, kw_only=True)
class ColumnSet:
    """A ready-made choice of columns (decision 1)."""

    title: Text
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SearchScope:
    """A way in which the search box of every page asks a section: by the filter `by` of its list (S0.75, S4.86).

    `name` is its word in the query string, `columns` what is shown of those found; `found` says their number, a plural
    text over "count" with %(n)s and %(query)s in it (S1.88). `everywhere`: it is asked too where no scope was chosen;
    `by_number`: a record's number typed alone opens the record (facts 9.1).
    """

    name: str
    title: Text
    by: str
    columns: tuple[str, ...]
    found: Any
    everywhere: bool = True
    by_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What there is to say of a list beside its fields.

    rows: all records it may ever show, the model's own without; label: what a record of plain values is called, by the
    fields `label_reads`; lead: the columns whose cell names and opens the record, of those shown the first one does;
    order: the columns that stand first, the others follow as declared;
    sets: ready-made choices, the first one is what a new member of staff sees; small: the whole table fits into memory,
    so that any column sorts; lookups: small tables that its cells look things up in; filters: those of no field;
    everywhere: filters offered above the table where no column of the page has them;
    tabs: the ways of looking at these records, `tabs(page)` gives their titles and URLs and which one it is;
    figures: the relation to the side table of stored figures, which every record has (decision 39);
    search: the ways in which the search box of every page asks for them;
    note: a sentence under the list about what its words mean, `note(page)`;
    version: makes the list follow (backoffice.live), a value that is another one whenever a record may be;
    recent: the moment of a table that grows for ever: it is asked for rows of 90 days first, and for older ones where
    these do not fill the page (decision 55).
    """

    rows: Callable[[], QuerySet] | None = None
    label: Callable[[dict], str] | None = None
    label_reads: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    default_sort: str = "-id"
    order: tuple[str, ...] = ()
    sets: dict[str, ColumnSet] = field(default_factory=dict)
    small: bool = False
    lookups: dict[str, Lookup] = field(default_factory=dict)
    filters: dict[str, Filter] = field(default_factory=dict)
    everywhere: tuple[str, ...] = ()
    tabs: Callable[..., list[dict]] | None = None
    figures: str = ""
    search: tuple[SearchScope, ...] = ()
    note: Callable[..., str] | None = None
    version: Callable[[], Any] | None = None
    recent: str = ""


@dataclass(frozen=True, kw_only=True)
class Editing:
    """How a record is written: the groups of its form by key, and `save(record | None, values, *, by, version)`, which
    writes through the app's service and returns the record. `base` is a form that knows more than its fields do;
    `put_back` writes values of before, where the service has to know that they are; `prefilled` are the fields of a new
    record that a link may fill in: `/tasks/add/?customer=7`; `custom` says that staff may declare fields of it.
    `also(record)` are sentences about what else a save has moved; `required` are the rows of the page of required
    fields, those that nobody chooses among them (S1.75); without it the fields as they are declared."""

    groups: dict[str, Text]
    save: Callable[..., Model]
    base: type[SectionForm] = SectionForm
    put_back: Callable[..., Model] | None = None
    prefilled: tuple[str, ...] = ()
    custom: CustomFields | None = None
    also: Callable[[Any], list[str]] | None = None
    required: tuple[RequiredRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """The figures above a list, of all its records and `whose` they are in words: `draw(figures, page)` from the stored
    ones, `refresh()` works those out again."""

    draw: Callable[..., list]
    refresh: Callable[[], None]
    whose: Any


@dataclass(frozen=True, kw_only=True)
class OptionsPage:
    """The page with the options of a section, and `fold(request)`: some of them under the list, as HTML (S0.12)."""

    url: str
    title: Text
    fold: Callable[..., str] | None = None


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Records that are kept out of sight: the yes/no `field` says which, the filter of that name shows them to who may
    delete (decision 19), the bulk action `back` brings them back."""

    field: str
    label: Text
    only: Text
    back: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Section:
    """One section of the back office; nothing to inherit from, a misspelt option is a TypeError at import.

    `slug` is part of its URLs. What the options mean stands with their classes; `hidden` and those without a value are
    simply not there. `home` are its blocks of the home page, for who may see the section.
    """

    slug: str
    model: type[Kept]
    titles: Titles
    menu: Menu
    fields: tuple[Field, ...]
    listing: Listing = Listing()
    editing: Editing | None = None
    delete_ways: tuple[DeleteWay, ...] = ()
    actions: tuple[BulkAction, ...] = ()
    page: Page = field(default_factory=Page)
    home: tuple[Panel, ...] = ()
    key_figures: KeyFigures | None = None
    options: OptionsPage | None = None
    hidden: Hidden | None = None
    importing: Importing | None = None

    # What staff declared

    @property
    def custom(self) -> CustomFields | None:
        """That staff may declare fields of it, None where they may not."""
        return self.editing.custom if self.editing else None

    def now(self) -> "Section":
        """The section with the fields that staff have declared by now; one query where they may."""
        return self.at(Counter.of(self.custom.declared.counter).version) if self.custom else self

    def at(self, version: int) -> "Section":
        """The section with the fields that staff had declared at that version of their counter."""
        if self.custom is None:
            return self
        return section_with(self, self.custom.declared.at(version))

    # What is derived

    def rows(self) -> QuerySet:
        """All records that the list may ever show."""
        return self.listing.rows() if self.listing.rows else self.model._default_manager.all()

    def rows_with_page(self) -> QuerySet:
        """All records that have a page: mostly those of the list."""
        return self.page.rows() if self.page.rows else self.rows()

    def record(self, pk: int, staff: HasRights, **more: Any) -> Model | None:
        """The record of that number; None where there is none that this person, who may view the section, may see."""
        record = self.found(pk, **more)
        return record if record is not None and self.shows(record, staff) else None

    def found(self, pk: int, **more: Any) -> Model | None:
        """The record of that number for whoever asks, None where there is none; `more` is read with it, by name."""
        return self.rows_with_page().annotate(**more).filter(pk=pk).first() if pk <= LARGEST else None

    def shows(self, record: Model, staff: HasRights) -> bool:
        """Whether a record is there for who may view the section: hidden ones for who may delete (decision 19)."""
        hidden = self.hidden is not None and getattr(record, self.hidden.field)
        return not hidden or staff.has_perm(self.right("delete"))

    @cached_property
    def table(self) -> SectionTable:
        """Its columns."""
        return doors.table_of(self)

    @cached_property
    def file_table(self) -> SectionTable:
        """All that can leave as a file: its columns, and the fields that no list shows (V9, D22)."""
        return doors.file_table_of(self)

    @cached_property
    def filters(self) -> dict[str, Filter]:
        """Its filters, by their names in the query string."""
        return doors.filters_of(self)

    @cached_property
    def form(self) -> type[SectionForm] | None:
        """The form of its records, None where nobody writes them."""
        return doors.form_of(self, self.editing) if self.editing else None

    def written_by(self) -> tuple[SectionForm, Callable[..., Model]]:
        """An empty form of its records, and what saves them. TypeError where nobody writes them."""
        if self.form is None or self.editing is None:
            raise TypeError(f"Nobody writes {self.slug}.")
        return self.form(), self.editing.save

    @property
    def form_fields(self) -> dict[str, forms.Field]:
        """The fields of that form, by name; none without a form."""
        return self.form.base_fields if self.form else {}

    @cached_property
    def requirable(self) -> tuple[Field, ...]:
        """The fields that staff may make required (S1.28)."""
        return tuple(one for one in self.fields if one.required_as)

    @cached_property
    def switches(self) -> dict[str, Switch]:
        """The fields that act at a click, by name."""
        return {one.name: one.switch for one in self.fields if one.switch}

    def counted(self, number: int, said: str = "") -> str:
        """Some of its records, in words; `said` is the number as the reader is told it, "more than 10,000"."""
        words = self.titles.counted or ngettext_lazy("%(n)s row", "%(n)s rows", "count")
        return str(words % {"count": number, "n": said or formats.number(number)})

    @property
    def back_title(self) -> str:
        """What the way back to the list is called."""
        return str(self.titles.back) or gettext("Back to %(list)s") % {"list": self.titles.many}

    def field(self, name: str) -> Field | None:
        """The declared field of that name."""
        return next((one for one in self.fields if one.name == name), None)

    def delete_way(self, name: str) -> DeleteWay | None:
        """The way of deleting of that name."""
        return next((way for way in self.delete_ways if way.action.name == name), None)

    def right(self, action: str) -> str:
        """The permission for `action` (view, add, change, delete, export, import, settings) in this section."""
        return f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"

    @cached_property
    def file_keys(self) -> tuple[str, ...]:
        """The fields by which a row of a file can say which record it is about: those without a second of their kind,
        then the id; none where there is no such field."""
        if self.importing:
            return self.importing.keys
        names = {one.name for one in self.model._meta.concrete_fields if one.unique and not one.primary_key}
        unique = tuple(one.name for one in self.fields if one.name in names and one.stands_at("files"))
        return (*unique, "id") if unique else ()

    @property
    def is_imported(self) -> bool:
        """Whether its records can come from files: somebody may write them, and a file can name one."""
        return self.editing is not None and bool(self.file_keys)

    @property
    def is_exported(self) -> bool:
        """Whether anybody may have its list as a file: whether its model offers that right."""
        return "export" in self.model._meta.default_permissions

    @property
    def keeps_history(self) -> bool:
        """Whether the changes of its records are written down; what is only ever added has none."""
        return hasattr(self.model, "history")

    @property
    def counter(self) -> str:
        """The name of the stored count of this section's rows."""
        return self.model._meta.label_lower

    def url(self, page: str = "list") -> str:
        """The name of a URL of this section, for reverse()."""
        return f"{self.slug}_{page}"


_sections: dict[str, Section] = {}
_in_order: list[Section] = []
_added: dict[str, list[Panel | Related]] = {}
# What `add_panel` calls the home page, which is no section's.
HOME = "home"


def register(section: Section) -> Section:
    """Make a section part of the product; two of the same slug are a mistake (ValueError)."""
    if section.slug in _sections:
        raise ValueError(f"There are two sections called {section.slug}.")
    _sections[section.slug] = section
    _in_order[:] = sorted(_sections.values(), key=lambda one: one.menu.place)
    return section


def all_sections() -> list[Section]:
    """Every registered section, in the order of the menu."""
    return list(_in_order)


def section_named(slug: str) -> Section | None:
    """The section of that slug, or None while no app has brought it."""
    return _sections.get(slug)


def add_panel(slug: str, *panels: Panel | Related) -> None:
    """Put blocks of an app above onto the page of a record below: a group's customers are none of the groups' own.

    Each stands before the block that it names (`before`), else after all others.
    HOME in place of a slug is the home page.
    """
    _added.setdefault(slug, []).extend(panels)


def added_panels(section: Section) -> tuple[Panel | Related, ...]:
    """The blocks that apps above have put onto the page of this section's records."""
    return tuple(_added.get(section.slug, ()))


def with_added_panels(section: Section, own: Iterable[Panel | Related]) -> list[Panel | Related]:
    """The blocks of a record's page in their order: its own, and those that apps above have put between and after."""
    return _placed(own, added_panels(section))


def home_panels(staff: HasRights) -> list[Panel]:
    """The blocks of the home page that this person may see: of the sections in the order of the menu, and those that
    apps have put there by `add_panel(HOME, …)`."""
    sections = [one for one in all_sections() if staff.has_perm(one.right("view"))]
    placed = _placed([panel for one in sections for panel in one.home], _added.get(HOME, ()))
    return [one for one in placed if isinstance(one, Panel) and (not one.right or staff.has_perm(one.right))]


def _placed(own: Iterable[Panel | Related], added: Iterable[Panel | Related]) -> list[Panel | Related]:
    """Each of those added stands before the one that it names, else after all others."""
    left = list(added)
    placed: list[Panel | Related] = []
    for one in own:
        placed += [panel for panel in left if panel.before == one.name]
        left = [panel for panel in left if panel.before != one.name]
        placed.append(one)
    return [*placed, *left]
