"""Whose an address of a file is: by e-mail address, or by number."""

from backoffice.numbers import whole
from backoffice.rules import Broken
from customers.models import Customer


class Owners:
    """Finds the customers that cells name. `ours`: numbers are our own, and not another shop's."""

    def __init__(self, *, ours: bool):
        self.ours = ours

    def read(self, text: str) -> Customer:
        """The account of that address, else the guest of it; of a number, whom it means. Raises Broken."""
        here = Customer.objects.here()
        if "@" in text:
            found = list(here.filter(email_key=text.lower(), guest=False)[:1]) or list(
                here.filter(email_key=text.lower())[:2]
            )
        elif self.ours:
            number = whole(text)
            found = list(here.filter(pk=number)) if number is not None else []
        else:
            found = list(here.filter(external_id=text)[:2])
        if not found:
            raise Broken("no_such_customer")
        if len(found) > 1:
            raise Broken("several_owners")
        return found[0]
