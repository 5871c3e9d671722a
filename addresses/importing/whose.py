"""Whose an address of a file is: by e-mail address, or by number."""

from backoffice.numbers import whole
from backoffice.rules import Broken
from customers.models import Customer

from ..models import Address


class Owners:
    """The customers that cells name, with their addresses; those of a block are read ahead at once."""

    def __init__(self) -> None:
        self._accounts: dict[str, Customer] = {}
        self._addresses: dict[int, list[Address]] = {}

    def look_up(self, texts: set[str]) -> None:
        """Read the accounts of these e-mail addresses, and what addresses they have."""
        mails = {text.lower() for text in texts if "@" in text}
        accounts = Customer.objects.here().filter(email_key__in=mails, guest=False)
        self._accounts = {one.email_key: one for one in accounts}
        self._addresses = {one.pk: [] for one in self._accounts.values()}
        for one in _addresses().filter(customer__in=list(self._addresses)):
            self._addresses[one.customer_id].append(one)

    def read(self, text: str, *, ours: bool) -> Customer:
        """The account of that address, else the guest of it; of a number, whom it means, which is our own where `ours`
        says so. Raises Broken."""
        if account := self._accounts.get(text.lower()):
            return account
        here = Customer.objects.here()
        if "@" in text:
            found = list(here.filter(email_key=text.lower(), guest=False)[:1]) or list(
                here.filter(email_key=text.lower())[:2]
            )
        elif ours:
            number = whole(text)
            found = list(here.filter(pk=number)) if number is not None else []
        else:
            found = list(here.filter(external_id=text)[:2])
        if not found:
            raise Broken("no_such_customer")
        if len(found) > 1:
            raise Broken("several_owners")
        return found[0]

    def addresses(self, owner: Customer) -> list[Address]:
        """The addresses of a customer, the newest first."""
        if owner.pk not in self._addresses:
            self._addresses[owner.pk] = list(_addresses().filter(customer=owner.pk))
        return self._addresses[owner.pk]

    def forget(self, owner: int) -> None:
        """A row has changed this customer's addresses."""
        self._addresses.pop(owner, None)


def _addresses():
    found = Address.objects.of_people_here().filter(deleted=False)
    return found.select_related("customer", "country", "state").order_by("-pk")
