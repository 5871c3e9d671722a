"""Turning a guest into a customer, with all its rules (facts 4.14)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.custom import value_in
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.records.required_fields import required_in
from backoffice.sections import section_named
from backoffice.staff.models import StaffMember
from groups.models import Group

from ..models import Customer
from ..options import SECTION, customer_options
from . import people
from .passwords import GUEST_TO_CUSTOMER, mail_link, refusal_to_mail, take_back
from .required import refuse_missing


def refusal_to_turn(customer: Customer, *, to: StaffMember | None) -> str:
    """Why this guest cannot have an account, and what to do about it, "" where they can; `to` is who is told.

    Somebody else has one with that address, deleted ones included; no mail reaches them; what the settings require of
    a new account is missing (decision 40).
    """
    if refusal := refusal_to_mail(customer):
        return refusal
    if not customer.guest:
        return _("%(name)s has an account already.") % {"name": customer}
    try:
        people.refuse_taken(customer.email, besides=customer.pk, to=to)
    except ValidationError as taken:
        return format_html_join(" ", "{}", ((one,) for one in taken.messages))
    if missing := _missing(customer):
        said = _("The settings of this shop require of an account: %(fields)s. Edit %(name)s first.")
        return said % {"fields": ", ".join(missing), "name": customer}
    return ""


def _missing(customer: Customer) -> list[str]:
    """The fields required of a new account that say nothing, or no, by their labels."""
    section = section_named(SECTION).now()
    try:
        refuse_missing({name: value_in(customer, name) for name in required_in(SECTION)}, of=None)
    except ValidationError as missing:
        names = [one.name for one in section.requirable if one.name in missing.message_dict]
        return [str(section.form_fields[name].label) for name in names]
    return []


@verb("customers.change_customer")
def turn_into_customer(customer: Customer, *, by: Actor) -> str:
    """Give a guest an account, in the group of new accounts alone, without a password, and mail them a link for one.

    They keep their number, orders, addresses and carts. Returns what to bear in mind, "" where the mail went out.
    NotAllowed where it cannot be; two at once give one account.
    """
    current = _turned(customer, by)
    if mail_link(current, GUEST_TO_CUSTOMER, by=by):
        return ""
    take_back(current, None, by=by)
    said = _("%(name)s is a customer now, but the e-mail could not be sent: use “Reset password” later.")
    return said % {"name": current}


@one_change()
def _turned(customer: Customer, by: Actor) -> Customer:
    current = changes.lock(customer)
    if refusal := refusal_to_turn(current, to=by.staff):
        raise NotAllowed(refusal)
    try:
        return people.edit_customer(current, _as_customer(), by=by, reason="turned into a customer")
    except ValidationError as taken:  # somebody else was quicker
        raise NotAllowed(format_html_join(" ", "{}", ((one,) for one in taken.messages))) from None


def _as_customer() -> dict[str, Any]:
    group = Group.objects.get(pk=customer_options().new_accounts_group)
    return {"guest": False, "groups": [group], "default_group": group, "password_link_at": timezone.now()}
