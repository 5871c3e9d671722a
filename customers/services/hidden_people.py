"""Who may know of hidden people (decision 19): to everybody else no sentence names them either (S11)."""

from backoffice.rules import Broken
from backoffice.staff.models import StaffMember

RIGHT = "customers.delete_customer"
_NAMELESS = {"taken_by_deleted": "may_not_register", "deleted": "no_such_customer"}


def discreet(fault: Broken, *, to: StaffMember | None) -> Broken:
    """The fault as this person may be told it; None is whoever sits at the server's terminal."""
    if fault.code not in _NAMELESS or to is None or to.has_perm(RIGHT):
        return fault
    return Broken(_NAMELESS[fault.code])
