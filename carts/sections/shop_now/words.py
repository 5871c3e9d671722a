"""Who and what is spoken of on the shop now, each the way to its page where there is one that this person may see."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.sections import section_named
from customers.models import Customer

from ...models import Cart


def page_of(slug: str, key: int, staff) -> str:
    """The address of a record's page; "" where there is no such section, or not for this person."""
    section = section_named(slug)
    return link(section.url("view"), key) if section and staff.has_perm(section.right("view")) else ""


def list_of(slug: str, staff, **asked: str) -> str:
    """The address of a list asked so; "" where there is no such section or question, or not for this person."""
    section = section_named(slug)
    if section is None or not staff.has_perm(section.right("view")):
        return ""
    known = {name: value for name, value in asked.items() if name in section.filters or name == "sort"}
    if known != asked:
        return ""
    return f"{link(section.url())}?{urlencode(asked)}" if asked else link(section.url())


def linked(url: str, text) -> str:
    """The text, as a link where there is an address."""
    return fill('<a href="{}">{}</a>', url, text) if url else fill("{}", text)


def who(customer: Customer | None, staff, *, nobody: str = "") -> str:
    """A customer by name, the way to their page. Who is hidden is named to nobody (decision 19)."""
    if customer is None:
        return fill("{}", nobody or _("A visitor"))
    if customer.deleted or not staff.has_perm("customers.view_customer"):
        return fill("{}", _("A customer"))
    return linked(page_of("customers", customer.pk, staff), customer)


def whose_cart(cart: Cart, staff) -> str:
    """The customer of a cart, or that a visitor fills it: the way to the cart then."""
    if cart.customer_id is None:
        return linked(page_of("carts", cart.pk, staff), _("A visitor"))
    return who(cart.customer, staff)
