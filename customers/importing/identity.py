"""Whether a row of a file and a customer of ours are the same person, as far as address and name can say. Pure."""

from backoffice.database.folding import fold
from backoffice.importing.cells import Checked

from ..models import Customer


def address_in(row: Checked) -> str:
    """The e-mail address by which a row names somebody; a stored one may break today's rules."""
    return (row.values.get("email") or row.texts.get("email", "").strip()).lower()


def full_name_in(row: Checked) -> str:
    """First and last name as the row has them, "" where it has neither."""
    return " ".join(row.values[name] for name in ("first_name", "last_name") if name in row.values)


def is_whole_name(row: Checked, customer: Customer) -> bool:
    """Whether a whole name in one cell is the customer's, whichever part comes first."""
    text = row.texts.get("name")
    if not text:
        return False
    word = fold(" ".join(text.replace(",", " ").split()))
    first, last = customer.first_name, customer.last_name
    return word in (fold(f"{first} {last}"), fold(f"{last} {first}"))


def is_same_name(row: Checked, customer: Customer) -> bool:
    """Whether the row has the customer's first and last name, in whatever case and accents."""
    return _is_same(row, "last_name", customer) and _is_same(row, "first_name", customer)


def is_somebody_else(row: Checked, customer: Customer) -> bool:
    """Whether e-mail and last name both differ (decision 44); in a row without an e-mail, first and last name."""
    if not _differs(row, "last_name", customer):
        return False
    if "email" in row.values:
        return row.values["email"].lower() != customer.email_key
    return _differs(row, "first_name", customer)


def may_be(row: Checked, customer: Customer) -> bool:
    """Whether nothing speaks against a customer who is known by another shop's number."""
    address = address_in(row)
    if address:
        return address == customer.email_key or is_same_name(row, customer)
    return not _differs(row, "last_name", customer)


def likeness(row: Checked, customer: Customer) -> tuple[bool, bool, bool]:
    """How much of a customer is as the row says, to be compared: the address counts before the names."""
    same_address = address_in(row) == customer.email_key
    return same_address, _is_same(row, "last_name", customer), _is_same(row, "first_name", customer)


def _is_same(row: Checked, name: str, customer: Customer) -> bool:
    return name in row.values and fold(row.values[name]) == fold(getattr(customer, name))


def _differs(row: Checked, name: str, customer: Customer) -> bool:
    return name in row.values and fold(row.values[name]) != fold(getattr(customer, name))
