"""Ways to records, lists and people; none where this person may not see them."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.sections import section_named
from customers.models import Customer

from ..models import Cart


def record_url(slug: str, key: int, staff) -> str:
    """The address of a record's page; "" where this person may not see it."""
    return link(f"{slug}_view", key) if _may_see(slug, staff) else ""


def list_url(slug: str, staff, **asked: str) -> str:
    """The address of a list with these filters; "" where this person may not see it."""
    return f"{link(f'{slug}_list')}?{urlencode(asked)}" if _may_see(slug, staff) else ""


def _may_see(slug: str, staff) -> bool:
    section = section_named(slug)
    assert section is not None
    return staff.has_perm(section.right("view"))


def linked(url: str, text) -> str:
    """The text, as a link where there is an address."""
    return fill('<a href="{}">{}</a>', url, text) if url else fill("{}", text)


def customer_link(customer: Customer | None, staff, *, nobody: str = "") -> str:
    """A customer by name, the way to their page. Who is hidden is named to nobody (decision 19)."""
    if customer is None:
        return fill("{}", nobody or _("A visitor"))
    if customer.deleted or not staff.has_perm("customers.view_customer"):
        return fill("{}", _("A customer"))
    return linked(record_url("customers", customer.pk, staff), customer)


def owner_link(cart: Cart, staff) -> str:
    """The customer of a cart, or that a visitor fills it: the way to the cart then."""
    if cart.customer_id is None:
        return linked(record_url("carts", cart.pk, staff), _("A visitor"))
    return customer_link(cart.customer, staff)
