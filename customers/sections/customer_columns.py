"""The columns of the customers list that show more than one stored value (S1.8, S4.19, S3.38–S3.40)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from backoffice import rules as general
from backoffice.database.folding import fold
from backoffice.screen.links import link_pattern
from backoffice.screen.markup import doubtful, fill
from backoffice.tables.columns import (
    CutColumn,
    LookupColumn,
    NumberColumn,
    RepeatedColumn,
    TextColumn,
    nothing,
)
from backoffice.tables.csv_cells import joined
from backoffice.tables.pages import CellPage, CellSheet, Row, Source

from .. import rules
from ..forms.swatches import painted_tags
from ..models import Tag
from ..queries import groups_of, tags_of

ICONS = {"male": "male", "female": "female", "neutral": "unknown"}


class TitleColumn(RepeatedColumn):
    """The title as an icon with its name (S1.11)."""

    def draw_value(self, value: Any, page: CellPage) -> str:
        title = page.lookup("titles").get(value)
        if title is None:
            return nothing()
        return fill(
            '<svg class="icon" role="img" aria-label="{0}"><title>{0}</title><use href="{1}#{2}"></use></svg>',
            title.local_name,
            page.sprite,
            ICONS[title.kind],
        )

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        title = sheet.lookup("titles").get(row["title_id"])
        return title.name if title else ""


class AgeColumn(NumberColumn):
    """Age in whole years today in the shop's time zone (S1.14)."""

    def draw(self, row: Row, page: CellPage) -> str:
        return str(rules.age_on(page.today, row["birthday"])) if row["birthday"] else nothing()

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return str(rules.age_on(sheet.today, row["birthday"])) if row["birthday"] else ""


class EmailColumn(CutColumn):
    """The address, whole on focus and hover; a mark where no mail can arrive (decision 4)."""

    def draw(self, row: Row, page: CellPage) -> str:
        cell = super().draw(row, page)
        return (
            doubtful(cell, _("Mail can't be delivered here"))
            if general.is_unreachable(row["email"])
            else cell
        )


class GroupsColumn(TextColumn):
    """All groups of a customer, the default one first."""

    @staticmethod
    def read_pairs(rows: Sequence[Row]) -> dict[int, list[int]]:
        """The ids of their groups, by who has them; one query."""
        return groups_of([row["id"] for row in rows])

    def names(self, row: Row, page: Source) -> list[str]:
        """The group names, the default one first."""
        known = page.lookup("groups")
        return [known[key].local_name for key in self.keys(row, page)]

    @staticmethod
    def keys(row: Row, page: Source) -> list[int]:
        """The ids of the groups, that of the default one first."""
        known = page.lookup("groups")
        keys = (key for key in page.pairs["groups"].get(row["id"], ()) if key in known)
        return sorted(keys, key=lambda key: (key != row["default_group_id"], key))

    def draw(self, row: Row, page: CellPage) -> str:
        return ", ".join(self.names(row, page)) or nothing()

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        known = sheet.lookup("groups")
        return joined(known[key].name for key in self.keys(row, sheet))


class DefaultGroupColumn(LookupColumn):
    """The default group; in files quoted as in lists of groups, so that a comma in its name parts nothing (D20)."""

    def in_file(self, row, page):
        name = super().in_file(row, page)
        return joined([name]) if name else ""


class TagsColumn(TextColumn):
    """The tags of a customer, as badges."""

    @staticmethod
    def read_pairs(rows: Sequence[Row]) -> dict[int, list[int]]:
        """The ids of their tags, by who has them; one query."""
        return tags_of([row["id"] for row in rows])

    @staticmethod
    def tags(row: Row, page: Source) -> list[Tag]:
        """The tags in order of the alphabet."""
        known = page.lookup("tags")
        found = (known[key] for key in page.pairs["tags"].get(row["id"], ()) if key in known)
        return sorted(found, key=lambda tag: fold(tag.name))

    def draw(self, row: Row, page: CellPage) -> str:
        return painted_tags(self.tags(row, page))

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return joined(tag.name for tag in self.tags(row, sheet))


class NameColumn(TextColumn):
    """Last name and first name in one cell (S1.90)."""

    in_files = ("last_name", "first_name")

    def draw(self, row: Row, page: CellPage) -> str:
        return f"{row['last_name']} {row['first_name']}".strip() or nothing()


class PersonColumn(TextColumn):
    """Last name, first name, group and e-mail in one cell (S3.38). The name is the link that opens the file (U1)."""

    in_files = ("last_name", "first_name", "default_group", "email")

    def draw(self, row: Row, page: CellPage) -> str:
        group = page.lookup("groups").get(row["default_group_id"])
        return fill(
            '<a class="strong" href="{0}">{1} {2}</a> {3}<br><span class="cut" tabindex="-1" title="{4}">{4}</span>',
            page.url_of(row["id"]),
            row["last_name"],
            row["first_name"],
            fill('<span class="badge">{}</span>', group.local_name) if group else "",
            row["email"],
        )

    def leads(self, drawn, url):
        return drawn


class CustomerColumn(TextColumn):
    """Whose it is, the way to their file. Who is hidden is named to nobody (decision 19)."""

    css = "text sub"
    may_lead = False

    def __init__(self, title, **kwargs):
        reads = ("customer_id", "customer__first_name", "customer__last_name", "customer__deleted")
        super().__init__(title, **{**kwargs, "reads": reads})

    def draw(self, row: Row, page: CellPage) -> str:
        if row["customer_id"] is None:
            return nothing()
        if row["customer__deleted"]:
            return _("Deleted customer")
        return fill(
            '<a href="{}">{}</a>', link_pattern("customers_view").format(row["customer_id"]), self._name(row)
        )

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "" if row["customer_id"] is None or row["customer__deleted"] else self._name(row)

    @staticmethod
    def _name(row: Row) -> str:
        return f"{row['customer__first_name']} {row['customer__last_name']}".strip()


class RecipientColumn(TextColumn):
    """The address a mail went to, that of nobody hidden (decision 19)."""

    def __init__(self, title, *, reads, **kwargs):
        super().__init__(title, reads=(*reads, "customer__deleted"), **kwargs)

    def draw(self, row: Row, page: CellPage) -> str:
        return nothing() if row["customer__deleted"] else super().draw(row, page)

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "" if row["customer__deleted"] else super().in_file(row, sheet)
