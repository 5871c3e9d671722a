"""Options of the customers section (S0.12–S0.15, S4.43, S4.52, facts 5, decision 8)."""

import datetime as dt
from dataclasses import dataclass

from backoffice.records.options import load

SECTION = "customers"


@dataclass(frozen=True)
class CustomerOptions:
    """What a shop may choose. Groups by id, 1 is the Default group every shop has.

    password_minutes: how long somebody waits before asking for another new password; cart_abandoned_hours: after how
    many hours without an order or a change a cart is abandoned (decision 16); cart_comes_back: whether who signs in
    with an empty cart goes on with their last unfinished one (facts 5); placeholder_domain: where the addresses of
    people without e-mail are made up, "" where the shop wants none (S4.40).
    """

    password_minutes: int = 360
    password_min_length: int = 5
    ask_birthday: bool = True
    b2b: bool = False
    newsletter_offered: bool = True
    partner_offers_offered: bool = True
    guest_accounts: bool = True
    new_accounts_group: int = 1
    guests_group: int = 1
    visitors_group: int = 1
    cart_abandoned_hours: int = 24
    cart_comes_back: bool = False
    placeholder_domain: str = "no-email.invalid"

    @property
    def abandoned_after(self) -> dt.timedelta:
        """How long a cart without an order is left alone before it is abandoned."""
        return dt.timedelta(hours=self.cart_abandoned_hours)

    @property
    def not_asked(self) -> set[str]:
        """The fields that the shop could ask every customer for and does not: required or not, nobody fills them in."""
        offered = {
            "birthday": self.ask_birthday,
            "newsletter": self.newsletter_offered,
            "partner_offers": self.partner_offers_offered,
        }
        return {name for name, is_offered in offered.items() if not is_offered}

    @property
    def groups(self) -> set[int]:
        """The groups an option points at: they cannot be deleted (decision 8)."""
        return {self.new_accounts_group, self.guests_group, self.visitors_group}


def customer_options() -> CustomerOptions:
    """The options in force."""
    return load(CustomerOptions, SECTION)
