"""The columns of the customers list: those of both eras and of the CRM (S1.8, S4.19, S3.38–S3.40)."""

from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from backoffice import rules as general
from backoffice.database.folding import fold
from backoffice.screen.markup import fill
from backoffice.tables.columns import (
    NOTHING,
    CutColumn,
    DayColumn,
    IdColumn,
    LookupColumn,
    MomentColumn,
    MoneyColumn,
    NumberColumn,
    RepeatedColumn,
    SwitchColumn,
    TextColumn,
)
from backoffice.tables.csv_cells import joined
from backoffice.tables.drawing import SectionTable
from groups.queries import GROUPS

from .. import rules
from ..queries import AGENTS, TAGS, TITLES, groups_of, tags_of

ICONS = {"male": "male", "female": "female", "neutral": "unknown"}


def name_of(row: dict) -> str:
    """First name, then last name."""
    return f"{row['first_name']} {row['last_name']}".strip()


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

    def plain(self, row, page):
        title = page.lookup("titles").get(row["title_id"])
        return title.name if title else ""


class AgeColumn(NumberColumn):
    """Age in whole years today in the shop's time zone (S1.14)."""

    def draw(self, row, page):
        return str(rules.age_on(page.today, row["birthday"])) if row["birthday"] else NOTHING

    def plain(self, row, page):
        return str(rules.age_on(page.today, row["birthday"])) if row["birthday"] else ""


class EmailColumn(CutColumn):
    """The address, whole on focus and hover; a mark where no mail can arrive (decision 4)."""

    def draw(self, row, page):
        cell = super().draw(row, page)
        if general.is_unreachable(row["email"]):
            return fill('{}<span class="mark-warn" title="{}">!</span>', cell, _("No mail arrives here"))
        return cell


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

    def plain(self, row, page):
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

    def plain(self, row, page):
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


class DefaultGroupColumn(LookupColumn):
    """The default group's name."""

    def draw_value(self, value, page):
        group = page.lookup("groups").get(value)
        return group.local_name if group else NOTHING

    def plain(self, row, page):
        group = page.lookup("groups").get(row["default_group_id"])
        return group.name if group else ""


SPENT = {"sorts": "figures__total_spent", "tie": "figures__customer_id"}


class CustomerTable(SectionTable):
    """Every column staff can choose."""

    label_reads = ("first_name", "last_name")
    label = staticmethod(name_of)
    lookups = {"titles": TITLES, "groups": GROUPS, "tags": TAGS, "agents": AGENTS}

    id = IdColumn(gettext_lazy("ID"), reads=("id",), sorts="id", filter="id")
    title = TitleColumn(
        gettext_lazy("Gender"), reads=("title_id",), sorts="title_id", filter="title", css="mark"
    )
    last_name = TextColumn(
        gettext_lazy("Last name"),
        reads=("last_name",),
        sorts="last_name_key",
        filter="last_name",
        css="text lead",
    )
    first_name = TextColumn(
        gettext_lazy("First name"),
        reads=("first_name",),
        sorts="first_name_key",
        filter="first_name",
        css="text lead",
    )
    customer = PersonColumn(
        gettext_lazy("Customer"),
        reads=("last_name", "first_name", "email", "default_group_id"),
        sorts="last_name_key",
        css="text lead",
    )
    email = EmailColumn(
        gettext_lazy("E-mail"), reads=("email",), sorts="email_key", filter="email", css="text sub"
    )
    age = AgeColumn(
        gettext_lazy("Age"),
        reads=("birthday",),
        sorts="birthday",
        reverse=True,
        unknown_last=True,
        filter=("age_min", "age_max"),
    )
    company = CutColumn(gettext_lazy("Company"), reads=("company",), sorts="company_key", filter="company")
    total_spent = MoneyColumn(gettext_lazy("Sales"), reads=("figures__total_spent",), **SPENT)
    orders_count = NumberColumn(
        gettext_lazy("Orders"),
        reads=("figures__orders_count",),
        sorts="figures__orders_count",
        tie="figures__customer_id",
    )
    default_group = DefaultGroupColumn(
        gettext_lazy("Default group"), table="groups", reads=("default_group_id",)
    )
    groups = GroupsColumn(gettext_lazy("Groups"), reads=("id", "default_group_id"), filter="group")
    tags = TagsColumn(gettext_lazy("Tags"), reads=("id",), filter="tag")
    agent = LookupColumn(
        gettext_lazy("Sales agent"), table="agents", reads=("sales_agent_id",), filter="agent"
    )
    active = SwitchColumn(
        gettext_lazy("Enabled"),
        right="customers.change_customer",
        label=name_of,
        reads=("active",),
        sorts="active",
        filter="active",
    )
    newsletter = SwitchColumn(
        gettext_lazy("News."),
        in_full=gettext_lazy("Newsletter"),
        right="customers.consent_customer",
        label=name_of,
        reads=("newsletter",),
        sorts="newsletter",
        filter="newsletter",
    )
    partner_offers = SwitchColumn(
        gettext_lazy("Opt."),
        in_full=gettext_lazy("Opt-in (partner offers)"),
        right="customers.consent_customer",
        label=name_of,
        reads=("partner_offers",),
        sorts="partner_offers",
        filter="partner_offers",
    )
    registered_at = DayColumn(
        gettext_lazy("Registration"),
        reads=("registered_at",),
        sorts="registered_at",
        filter=("registered_after", "registered_before"),
    )
    last_visit_at = MomentColumn(
        pgettext_lazy("column", "Last visit"),
        reads=("figures__last_visit_at",),
        sorts="figures__last_visit_at",
        tie="figures__customer_id",
        filter=("last_visit_after", "last_visit_before"),
    )
    last_order_at = DayColumn(
        gettext_lazy("Last order"),
        reads=("figures__last_order_at",),
        sorts="figures__last_order_at",
        tie="figures__customer_id",
    )


COLUMN_SETS = {
    "classic": (
        "id",
        "title",
        "last_name",
        "first_name",
        "email",
        "age",
        "active",
        "newsletter",
        "partner_offers",
        "registered_at",
        "last_visit_at",
    ),
    "modern": (
        "id",
        "title",
        "first_name",
        "last_name",
        "email",
        "company",
        "total_spent",
        "active",
        "newsletter",
        "partner_offers",
        "registered_at",
        "last_visit_at",
    ),
    "crm": ("customer", "company", "tags"),
}
