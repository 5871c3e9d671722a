"""The columns of the customers list that show more than one stored value (S1.8, S4.19, S3.38–S3.40)."""

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from backoffice import rules as general
from backoffice.database.folding import fold
from backoffice.screen.markup import doubtful, fill
from backoffice.tables.columns import NOTHING, CutColumn, NumberColumn, RepeatedColumn, TextColumn
from backoffice.tables.csv_cells import joined

from .. import rules
from ..queries import groups_of, tags_of

ICONS = {"male": "male", "female": "female", "neutral": "unknown"}


class TitleColumn(RepeatedColumn):
    """The title as an icon with its name (S1.11)."""

    def draw_value(self, value, page):
        title = page.lookup("titles").get(value)
        if title is None:
            return NOTHING
        return fill(
            '<svg class="icon" role="img" aria-label="{0}"><title>{0}</title><use href="{1}#{2}"></use></svg>',
            title.local_name,
            page.sprite,
            ICONS[title.kind],
        )

    def in_file(self, row, page):
        title = page.lookup("titles").get(row["title_id"])
        return title.name if title else ""


class AgeColumn(NumberColumn):
    """Age in whole years today in the shop's time zone (S1.14)."""

    def draw(self, row, page):
        return str(rules.age_on(page.today, row["birthday"])) if row["birthday"] else NOTHING

    def in_file(self, row, page):
        return str(rules.age_on(page.today, row["birthday"])) if row["birthday"] else ""


class EmailColumn(CutColumn):
    """The address, whole on focus and hover; a mark where no mail can arrive (decision 4)."""

    def draw(self, row, page):
        cell = super().draw(row, page)
        return doubtful(cell, _("No mail arrives here")) if general.is_unreachable(row["email"]) else cell


class GroupsColumn(TextColumn):
    """All groups of a customer, the default one first."""

    read_pairs = staticmethod(groups_of)

    def names(self, row, page) -> list[str]:
        """The group names, the default one first."""
        known = page.lookup("groups")
        return [known[key].local_name for key in self.keys(row, page)]

    @staticmethod
    def keys(row, page) -> list[int]:
        """The ids of the groups, that of the default one first."""
        known = page.lookup("groups")
        keys = (key for key in page.pairs["groups"].get(row["id"], ()) if key in known)
        return sorted(keys, key=lambda key: (key != row["default_group_id"], key))

    def draw(self, row, page):
        return ", ".join(self.names(row, page)) or NOTHING

    def in_file(self, row, page):
        known = page.lookup("groups")
        return joined(known[key].name for key in self.keys(row, page))


class TagsColumn(TextColumn):
    """The tags of a customer, as badges."""

    read_pairs = staticmethod(tags_of)

    def names(self, row, page) -> list[str]:
        """The tag names in order of the alphabet."""
        known = page.lookup("tags")
        return sorted(
            (known[key].name for key in page.pairs["tags"].get(row["id"], ()) if key in known), key=fold
        )

    def draw(self, row, page):
        return format_html_join(
            " ", '<span class="badge">{}</span>', ((name,) for name in self.names(row, page))
        )

    def in_file(self, row, page):
        return joined(self.names(row, page))


class PersonColumn(TextColumn):
    """Last name, first name, group and e-mail in one cell (S3.38)."""

    in_files = ("last_name", "first_name", "default_group", "email")

    def draw(self, row, page):
        group = page.lookup("groups").get(row["default_group_id"])
        return fill(
            '<span class="strong">{} {}</span> <span class="badge">{}</span><br><span class="cut" title="{}">{}</span>',
            row["last_name"],
            row["first_name"],
            group.local_name if group else NOTHING,
            row["email"],
            row["email"],
        )
