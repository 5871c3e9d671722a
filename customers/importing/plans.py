"""What is to be done for a row: a new customer, a changed one, nothing, or a refusal with all its reasons."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import CharField, TextField
from django.utils.translation import gettext as _

from backoffice.importing.cells import Checked
from backoffice.rules import Broken
from backoffice.sections import section_named
from backoffice.sections.stored import stored

from ..models import Customer
from ..options import CustomerOptions
from .cells import CustomerCells, PastMoment
from .known import Known, Lines, whom
from .segments import Named

_SPECIAL = frozenset(("id", "title", "sales_agent", "default_group", "guest", "registered_at", "password"))
NEEDED = ("last_name", "first_name", "email")
_NEW = {"active": True, "newsletter": False, "partner_offers": False, "guest": False}


@cache
def attributes() -> dict[str, str]:
    """The attributes of a customer that files give, by the declared field."""
    section = section_named("customers")
    found = {"title": "title_id", "sales_agent": "sales_agent_id"}
    for one in section.fields:
        place = stored(section.model, one)
        if place is None or place.before or one.name in _SPECIAL or not one.stands_at("files"):
            continue
        if not place.model_field.is_relation and not one.in_files.not_taken:
            found[one.name] = one.name
    return found


@cache
def texts() -> frozenset[str]:
    """Those of them that are texts."""
    return frozenset(
        name for name in attributes() if isinstance(Customer._meta.get_field(name), CharField | TextField)
    ) - {"language"}


class Refused(Exception):
    """A row stays out; `faults` are pairs of field ("" for the whole row) and fault."""

    def __init__(self, faults: list[tuple[str, Broken]]):
        super().__init__(faults)
        self.faults = faults


@dataclass(slots=True)
class Plan:
    """What to write. `values` are attributes of the customer; groups and tags are ids, or names still to be made.

    None for groups or tags leaves them as they are. `figures` are opening figures (decision 23).
    """

    line: int
    customer: Customer | None
    values: dict[str, Any]
    default_group: int | str
    groups: list[int | str] | None = None
    tags: list[int | str] | None = None
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.values or self.groups is not None or self.tags is not None or self.figures)


def _shop_language() -> str:
    code = settings.LANGUAGE_CODE[:2]
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGES[0][0]


@dataclass
class Planner:
    """Makes the plans of one file; `seen`, `claimed` and `given_up` know what earlier rows were about.

    The last two hold addresses that rows of the same block take and leave: the database sees all of them at once.
    """

    cells: CustomerCells
    key: str
    options: CustomerOptions
    required: frozenset[str]
    groups: Named
    tags: Named
    seen: Lines
    claimed: dict[str, int] = field(default_factory=dict)
    given_up: dict[str, int] = field(default_factory=dict)
    language: str = field(default_factory=_shop_language)

    def __post_init__(self):
        # The attributes that this file can give, by field; a column of whole names gives both parts.
        places = set(self.cells.layout.places)
        if "name" in places:
            places |= {"last_name", "first_name"}
        self.given = {name: one for name, one in attributes().items() if name in places}

    @property
    def is_own(self) -> bool:
        """Whether the file is an export of ours."""
        return self.cells.layout.is_own

    def plan(self, row: Checked, known: Known) -> Plan:
        """The plan for a row. Raises Refused with everything that is wrong with it."""
        faults: list[tuple[str, Broken]] = []
        customer = None
        try:
            customer = whom(row, known, key=self.key, is_own=self.is_own)
        except Broken as broken:
            raise Refused([*self._of_cells(row, None), (self.key, broken)]) from None
        faults = self._of_cells(row, customer)
        if customer is None:
            faults += self._of_new(row, known)
        else:
            faults += self._of_stored(row, customer, known)
        if faults:
            raise Refused(faults)
        return self._new(row) if customer is None else self._change(row, customer, known)

    # What is wrong with a row

    def _of_cells(self, row: Checked, customer: Customer | None) -> list[tuple[str, Broken]]:
        """Cells that break a rule and are not what is stored already (decision 5)."""
        return [
            (name, broken)
            for name, (value, broken) in row.faults.items()
            if customer is None or value is None or not _is_stored(name, row.texts[name], value, customer)
        ]

    def _of_new(self, row: Checked, known: Known) -> list[tuple[str, Broken]]:
        faults = [(name, Broken("missing")) for name in NEEDED if name not in row.texts]
        starred = self.required - set(NEEDED)
        faults += [
            (name, Broken("required"))
            for name in sorted(starred)
            if not row.values.get(name) and name not in row.faults
        ]
        if row.values.get("guest"):
            if not self.options.guest_accounts:
                faults.append(("guest", Broken("guests_not_allowed")))
        elif "email" in row.values:
            faults += self._of_address(row.values["email"].lower(), None, known)
        return faults

    def _of_address(self, address: str, customer: Customer | None, known: Known) -> list[tuple[str, Broken]]:
        """Whether an account can have this address."""
        if address in self.claimed:
            return [("email", Broken("email_again", line=self.claimed[address]))]
        holder = known.registered.get(address)
        if holder is None or holder is customer:
            return []
        if line := self.given_up.get(address):
            return [("email", Broken("given_up", line=line))]
        if line := self.seen.get(holder.pk):
            return [("email", Broken("email_again", line=line))]
        code = "taken_by_deleted" if holder.deleted else "taken"
        return [("email", Broken(code, name=holder.name, id=holder.pk))]

    def _of_stored(self, row: Checked, customer: Customer, known: Known) -> list[tuple[str, Broken]]:
        faults = []
        if line := self.seen.get(customer.pk):
            faults.append((self.key, Broken("again", line=line)))
        for name in sorted(self.required):
            stored = getattr(customer, attributes()[name])
            if name in row.values and not row.values[name] and stored not in (None, "", False):
                faults.append((name, Broken("required")))
        if row.values.get("guest", customer.guest) != customer.guest:
            faults.append(("guest", Broken("guest_stays")))
        address = row.values.get("email", "").lower()
        if self.key == "id" and address and address != customer.email_key and not customer.guest:
            faults += self._of_address(address, customer, known)
        return faults

    # What to do for it

    def _new(self, row: Checked) -> Plan:
        values = _NEW | {one: row.values[name] for name, one in self.given.items() if name in row.values}
        values["guest"] = row.values.get("guest", False)
        values.setdefault("language", self.language)
        if "registered_at" in row.values:
            values["registered_at"] = row.values["registered_at"].at
        if "id" in row.values:
            values.setdefault("external_id", str(row.values["id"]))
            if self.key == "id":
                row.warnings.append(("id", _("nobody here has this ID; added as new")))
            elif self.is_own:
                row.warnings.append(
                    ("id", _("nobody here has this ID and this e-mail address; added as new"))
                )
        standard = self.options.guests_group if values["guest"] else self.options.new_accounts_group
        default, groups = self._segments(row, [], standard)
        if not values["guest"]:
            self.claimed[values["email"].lower()] = row.line
        figures = {name: row.values[name] for name in ("orders_count", "total_spent") if name in row.values}
        if "last_visit_at" in row.values:
            figures["last_visit_at"] = row.values["last_visit_at"].at
        return Plan(row.line, None, values, default, groups, self._tags(row), figures)

    def _change(self, row: Checked, customer: Customer, known: Known) -> Plan:
        values = {}
        for name, attribute in self.given.items():
            if name not in row.values or (name == "email" and self.key == "email"):
                continue
            value = row.values[name]
            if not _is_stored(name, row.texts[name], value, customer):
                values[attribute] = value
        registered: PastMoment | None = row.values.get("registered_at")
        if registered and not registered.is_any_of(customer.registered_at):
            values["registered_at"] = registered.at
        if self.key == "email" and not self.is_own and "external_id" not in row.texts:
            elsewhere = row.values.get("id", customer.external_id)
            if elsewhere != customer.external_id:
                values["external_id"] = elsewhere
        now = known.groups.get(customer.pk, [])
        default, groups = self._segments(row, now, customer.default_group_id)
        if default != customer.default_group_id:
            values["default_group_id"] = default
        if set(groups) == set(now):
            groups = None
        tags = self._tags(row)
        if tags is not None and set(tags) == known.tags.get(customer.pk, set()):
            tags = None
        if "email" in values and not customer.guest:
            self.claimed[values["email"].lower()] = row.line
            self.given_up[customer.email_key] = row.line
        return Plan(row.line, customer, values, default, groups, tags, self._figures(row, customer, known))

    def _tags(self, row: Checked) -> list[int | str] | None:
        names = row.values.get("tags")
        return None if names is None else _each_once(self.tags.named(name) or name for name in names)

    def _segments(self, row: Checked, now: list[int], standard: int) -> tuple[int | str, list[int | str]]:
        """Default group and groups (decision 21): `now` and `standard` hold where the file says nothing."""
        named = self._named_groups(row)
        members = named or list(now)
        wanted = row.values.get("default_group")
        default: int | str = standard if standard in members or not members else members[0]
        if wanted is None:
            if named:
                default = standard if now and standard in named else named[0]
        elif (known := self.groups.named(wanted)) is not None:
            default = known
        elif not wanted.isdigit():
            default = wanted
        elif wanted.isascii() and len(wanted) < 19 and int(wanted) in members:
            default = int(wanted)
        else:
            if named:
                default = named[0]
            row.warnings.append(("default_group", _of_foreign_number(bool(named), bool(now))))
        return default, members if default in members else [*members, default]

    def _named_groups(self, row: Checked) -> list[int | str]:
        found: list[int | str] = []
        for name in row.values.get("groups", ()):
            key = self.groups.named(name)
            if key is None and name.isascii() and name.isdigit():
                number = int(name[:18])
                if self.key != "id" or number not in self.groups.ids:
                    row.warnings.append(("groups", _("a number of another shop's group is left out")))
                    continue
                key = number
            found.append(name if key is None else key)
        return _each_once(found)

    def _figures(self, row: Checked, customer: Customer, known: Known) -> dict[str, Any]:
        """Opening figures that are not known yet. Those of our own export are worked out here anyway."""
        stored = known.figures.get(customer.pk)
        if stored is None:
            return {}
        figures = {}
        orders, spent = row.values.get("orders_count"), row.values.get("total_spent")
        if orders not in (None, stored.orders_count, stored.opening_orders):
            figures["orders_count"] = orders
        if spent not in (None, stored.total_spent, stored.opening_spent):
            figures["total_spent"] = spent
        visit: PastMoment | None = row.values.get("last_visit_at")
        if visit and not visit.is_any_of(stored.last_visit_at, stored.opening_visit_at):
            figures["last_visit_at"] = visit.at
        if figures and self.is_own:
            for name in figures:
                row.warnings.append(
                    (name, _("worked out here from orders and visits; not taken from an own export"))
                )
            return {}
        return figures


def _of_foreign_number(has_named: bool, has_now: bool) -> str:
    if has_named:
        return _("a number of another shop's group; the first of the row's groups counts")
    if has_now:
        return _("a number of another shop's group; the default group stays")
    return _("a number of another shop's group; the group of new accounts counts")


def _is_stored(name: str, text: str, value: Any, customer: Customer) -> bool:
    """Whether this is what the customer has already; a text also where the rules would write it otherwise today."""
    attribute = attributes().get(name)
    if attribute is None:
        return False
    stored = getattr(customer, attribute)
    if isinstance(value, frozenset):
        return stored in value
    return value == stored or (name in texts() and stored in (text, text.strip()))


def _each_once(some) -> list:
    return list(dict.fromkeys(some))
