"""What is to be done for a row: a new customer, a changed one, nothing, or a refusal with all its reasons."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from backoffice.custom import is_custom, key_of
from backoffice.database.folding import fold
from backoffice.faults import sentence
from backoffice.importing.cells import Checked
from backoffice.importing.reading import shown
from backoffice.rules import Broken
from backoffice.said import gettext as _
from backoffice.screen import formats
from backoffice.sections.kinds import Kind, kind_of

from ..models import Customer
from ..options import CustomerOptions
from ..services.consents import stored_ground
from ..services.custom_values import is_nothing
from .cells import CustomerCells, PastMoment
from .earlier import Earlier
from .given import attributes, switches, texts
from .grouping import each_once, groups_of
from .identity import address_in, full_name_in, is_somebody_else, is_whole_name
from .known import Known, is_numbered, reference_in, whom
from .plan import NEEDED, Plan, Refused
from .segments import Named

# Whose faulty cells are never left out: they say who it is (decision 45).
_DECIDING = frozenset((*NEEDED, "name", "id", "guest"))
# What is left out and told in any case: not what decides about a customer (decision 45).
_HARMLESS = {
    "no_such_agent": gettext_lazy("no member of staff, or more than one, has this name; left out"),
    "title_of_two": gettext_lazy("the title of two people; left out"),
}
_NEW = {"active": True, "newsletter": False, "partner_offers": False, "guest": False}


def _shop_language() -> str:
    code = settings.LANGUAGE_CODE[:2]
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGES[0][0]


@dataclass
class Planner:
    """Makes the plans of one file; `earlier` knows what the rows before were about.

    With `replace_people` a number of ours may turn a customer into somebody else (decision 44), `without_bad_cells` a
    row goes in without the faulty cells that it does not need (decision 45).
    """

    cells: CustomerCells
    key: str
    options: CustomerOptions
    required: frozenset[str]
    groups: Named
    tags: Named
    earlier: Earlier
    source: str  # what consents rest on where a row does not say it
    replace_people: bool = False
    without_bad_cells: bool = False
    language: str = field(default_factory=_shop_language)

    def __post_init__(self):
        # The attributes that this file can give, by field; a column of whole names gives both parts.
        places = set(self.cells.layout.places)
        self.reads_whole_names = "name" in places and not places & {"last_name", "first_name"}
        if "name" in places:
            places |= {"last_name", "first_name"}
        self.given = {name: one for name, one in attributes().items() if name in places}
        custom = self.cells.custom.items()
        self.switches = switches() | {
            one for one, place in custom if kind_of(place.model_field) is Kind.YES_NO
        }
        self.doubts = {
            one.name: one.doubt for one in self.cells.section.fields if one.doubt and one.name in self.given
        }

    @property
    def is_own(self) -> bool:
        """Whether the file is an export of ours."""
        return self.cells.layout.is_own

    def plan(self, row: Checked, known: Known) -> Plan:
        """The plan for a row. Raises Refused with everything that is wrong with it."""
        try:
            self._refuse_again(row)
            customer = whom(row, known, key=self.key, is_own=self.is_own, earlier=self.earlier)
        except Broken as broken:
            raise Refused([*self._of_cells(row, None, known), *row.left_out, (self.key, broken)]) from None
        if self.reads_whole_names and customer is not None and is_whole_name(row, customer):
            _leave_the_name(row)
        faults = self._of_cells(row, customer, known)
        if customer is None:
            faults += self._of_new(row, known)
        else:
            faults += self._of_stored(row, customer, known)
        if faults:
            raise Refused([*faults, *row.left_out])
        plan = self._new(row) if customer is None else self._change(row, customer, known)
        told = row.values.get("consent_ground")
        plan.ground = stored_ground(told) if told else self.source
        self._doubt(row, plan)
        self._note(row, plan)
        return plan

    # What earlier rows were about

    def _refuse_again(self, row: Checked) -> None:
        """Broken where an earlier row has the same number, or is about the same guest."""
        if is_numbered(row, self.key):
            line = self.earlier.numbers.get(str(row.values["id"]))
        else:
            line = self.earlier.guests.get(_guest_in(row)) if self._is_guests(row) else 0
        if line:
            raise Broken("again", line=line)

    def _note(self, row: Checked, plan: Plan) -> None:
        customer = plan.customer
        if customer is not None:
            self.earlier.seen.note(customer.pk, row.line)
        self.note_claims(row, is_new=customer is None)
        guest = plan.values["guest"] if customer is None else customer.guest
        if "email" in plan.values and not guest:
            self.earlier.addresses.note(plan.values["email"].lower(), row.line)
            if customer is not None:
                self.earlier.given_up.note(customer.email_key, row.line)

    def note_claims(self, row: Checked, *, is_new: bool) -> None:
        """The row has its number, or is about its guest: no later one is."""
        if is_numbered(row, self.key):
            if is_new:
                self.earlier.numbers.note(str(row.values["id"]), row.line)
        elif self._is_guests(row):
            self.earlier.guests.note(_guest_in(row), row.line)

    def _is_guests(self, row: Checked) -> bool:
        return bool(row.values.get("guest")) and not self.is_own

    # What is wrong with a row

    def _of_cells(self, row: Checked, customer: Customer | None, known: Known) -> list[tuple[str, Broken]]:
        """Cells that break a rule and are not what is stored already (decision 5)."""
        faults = []
        for name, (value, broken) in list(row.faults.items()):
            if customer is not None and row.texts[name].strip() == known.custom.get(customer.pk, {}).get(
                name
            ):
                continue
            if (
                customer is not None
                and value is not None
                and _is_stored(name, row.texts[name], value, customer)
            ):
                continue
            if broken.code in _HARMLESS:
                del row.faults[name]
                row.warnings.append((name, str(_HARMLESS[broken.code])))
            elif self.without_bad_cells and name not in _DECIDING:
                del row.faults[name]
                row.left_out.append((name, broken))
            else:
                faults.append((name, broken))
        return faults

    def _of_new(self, row: Checked, known: Known) -> list[tuple[str, Broken]]:
        unparted = ("first_name", "last_name") if "name" in row.faults else ()
        faults = [
            (name, Broken("missing")) for name in NEEDED if name not in row.texts and name not in unparted
        ]
        starred = self.required - set(NEEDED)
        faults += [
            (name, Broken("required_on" if name in self.switches else "required"))
            for name in sorted(starred)
            if is_nothing(row.values.get(name)) and name not in row.faults
        ]
        if row.values.get("guest"):
            if not self.options.guest_accounts:
                faults.append(("guest", Broken("guests_not_allowed")))
        elif "email" in row.values:
            faults += self._of_address(row.values["email"].lower(), None, known)
        return faults

    def _of_address(self, address: str, customer: Customer | None, known: Known) -> list[tuple[str, Broken]]:
        """Whether an account can have this address."""
        if line := self.earlier.addresses.get(address):
            return [("email", Broken("email_again", line=line))]
        if line := self.earlier.given_up.get(address):
            return [("email", Broken("given_up", line=line))]
        holder = known.registered.get(address)
        if holder is None or holder is customer:
            return []
        if line := self.earlier.seen.get(holder.pk):
            return [("email", Broken("email_again", line=line))]
        code = "taken_by_deleted" if holder.deleted else "taken"
        return [("email", Broken(code, name=holder.name, id=holder.pk))]

    def _of_stored(self, row: Checked, customer: Customer, known: Known) -> list[tuple[str, Broken]]:
        if line := self.earlier.seen.get(customer.pk):
            return [(self.key, Broken("again", line=line))]
        faults = []
        if is_numbered(row, self.key) and not self.replace_people and is_somebody_else(row, customer):
            names = {"name": customer.name, "other": full_name_in(row)}
            faults.append((self.key, Broken("somebody_else", id=customer.pk, **names)))
        for name in sorted(self.required):
            if name not in row.values or not is_nothing(row.values[name]):
                continue
            if is_nothing(_stored(name, customer, known)):
                continue
            if name in self.switches:
                # What was agreed to can always be taken back (decision 40).
                row.warnings.append((name, _("switched off, although the settings of this shop ask for it")))
            else:
                faults.append((name, Broken("required")))
        if row.values.get("guest", customer.guest) != customer.guest:
            faults.append(("guest", Broken("guest_stays")))
        address = row.values.get("email", "").lower()
        if self.key == "id" and address and address != customer.email_key and not customer.guest:
            faults += self._of_address(address, customer, known)
        return faults

    def _doubt(self, row: Checked, plan: Plan) -> None:
        """What goes in is odd: told, and kept as it was typed (decisions 7, 24 and 45)."""
        for name, doubt in self.doubts.items():
            if value := plan.values.get(name):
                try:
                    doubt(value)
                except Broken as broken:
                    said = _("kept as it is: %(doubt)s") % {"doubt": sentence(broken)}
                    row.warnings.append((name, said, formats.quoted(shown(value, 40))))

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
                row.warnings.append(("id", _("nobody here has this ID: a new customer")))
            elif self.is_own:
                row.warnings.append(
                    ("id", _("nobody here has this ID and this e-mail address: a new customer"))
                )
        standard = self.options.guests_group if values["guest"] else self.options.new_accounts_group
        default, groups = self._groups(row, None, [], standard)
        figures = {name: row.values[name] for name in ("orders_count", "total_spent") if name in row.values}
        if "last_visit_at" in row.values:
            figures["last_visit_at"] = row.values["last_visit_at"].at
        custom = {key_of(name): row.values[name] for name in self.cells.custom if name in row.values}
        return Plan(row.line, None, values, default, groups, self._tags(row), figures, custom)

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
        default, groups = self._groups(row, customer, now, customer.default_group_id)
        if default != customer.default_group_id:
            values["default_group_id"] = default
        if set(groups) == set(now):
            groups = None
        tags = self._tags(row)
        if tags is not None and set(tags) == known.tags.get(customer.pk, set()):
            tags = None
        figures = self._figures(row, customer, known)
        renames = _renames(customer, values) if is_numbered(row, self.key) else ""
        custom = self._custom(row, known.custom.get(customer.pk, {}))
        plan = Plan(row.line, customer, values, default, groups, tags, figures, custom, renames)
        if groups is not None:
            plan.leaves = set(now) - set(groups)
        if tags is not None:
            plan.loses = known.tags.get(customer.pk, set()) - set(tags)
        return plan

    def _custom(self, row: Checked, stored: dict[str, Any]) -> dict[int, Any]:
        """The values in fields that staff declared which are not stored so already."""
        given = {name: row.values[name] for name in self.cells.custom if name in row.values}
        return {
            key_of(name): value
            for name, value in given.items()
            if value != stored.get(name) and not (is_nothing(value) and name not in stored)
        }

    def _tags(self, row: Checked) -> list[int | str] | None:
        names = row.values.get("tags")
        return None if names is None else each_once(map(self.tags.known_or_name, names))

    def _groups(
        self, row: Checked, customer: Customer | None, now: list[int], standard: int
    ) -> tuple[int | str, list[int | str]]:
        ours = self._speaks_our_numbers(row, customer)
        return groups_of(
            row,
            self.groups,
            numbers=self.groups.ids if ours else frozenset(),
            names=self.cells.written.groups_are_names,
            is_own=self.is_own,
            now=now,
            standard=standard,
        )

    def _speaks_our_numbers(self, row: Checked, customer: Customer | None) -> bool:
        """Whether the numbers of a row are ours: with the key "id", where its own number is (decision 44)."""
        return (
            is_numbered(row, self.key) and customer is not None and customer.external_id != reference_in(row)
        )

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
                    (name, _("calculated here from orders and visits; not taken from our own exports"))
                )
            return {}
        return figures


def _leave_the_name(row: Checked) -> None:
    """The whole name is what is stored: how it is parted there stays (decision 5)."""
    for name in ("name", "first_name", "last_name"):
        row.faults.pop(name, None)
        row.values.pop(name, None)
    row.warnings = [one for one in row.warnings if one[0] != "name"]


def _guest_in(row: Checked) -> str:
    """What tells the guests of one address apart (decision 4): another shop's number, else the name."""
    return f"{address_in(row)} {reference_in(row) or fold(full_name_in(row))}"


def _renames(customer: Customer, values: dict[str, Any]) -> str:
    """Who gets which other name, "" for nobody (D17)."""
    names = {name: values.get(name, getattr(customer, name)) for name in ("first_name", "last_name")}
    other = " ".join(one for one in names.values() if one)
    if fold(other) == fold(customer.name):
        return ""
    return _("ID %(id)s: %(name)s → %(other)s") % {"id": customer.pk, "name": customer.name, "other": other}


def _stored(name: str, customer: Customer, known: Known) -> Any:
    """What the customer has in a field."""
    if is_custom(name):
        return known.custom.get(customer.pk, {}).get(name)
    return getattr(customer, attributes()[name])


def _is_stored(name: str, text: str, value: Any, customer: Customer) -> bool:
    """Whether this is what the customer has already; a text also where the rules would write it otherwise today."""
    attribute = attributes().get(name)
    if attribute is None:
        return False
    stored = getattr(customer, attribute)
    if isinstance(value, frozenset):
        return stored in value
    return value == stored or (name in texts() and stored in (text, text.strip()))
