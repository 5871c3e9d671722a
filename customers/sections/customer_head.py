"""The head of a customer's page: who it is, what stands out, and what they are to the shop at a glance (S1.44, U17)."""

from decimal import Decimal

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.database.folding import fold
from backoffice.faults import doubt_about
from backoffice.rules import reachable
from backoffice.screen import formats
from backoffice.screen.links import link
from groups.models import Group

from .. import rules
from ..models import Customer, CustomerFigures
from ..options import customer_options

# Where the rows behind the figures of purchases stand on the page.
ORDERS = "#orders"


def heading(customer: Customer, staff) -> dict:
    """What stands under the name: number of at least six digits (S1.45), e-mail, orders, sales, sales agent and tags.

    Badges tell what is out of the ordinary; whether the account is enabled its switch says. Who is deleted can be
    brought back, and till then not be edited (decision 19).
    """
    told = {
        "record_id_text": formats.labelled(_("ID"), f"{customer.pk:06d}"),
        "email": customer.email,
        "badges": _badges(customer),
        "glance": _glance(customer),
        "tags": [
            {"title": tag.name, "colour": tag.colour, "url": f"{link('customers_list')}?tag={tag.pk}"}
            for tag in sorted(customer.tags.all(), key=lambda tag: fold(tag.name))
        ],
    }
    if customer.deleted:
        told["edit_url"] = ""
    return told


def _badges(customer: Customer) -> list[dict]:
    doubt = doubt_about(customer.email, reachable)
    deleted = _("Deleted on %(day)s") % {"day": formats.day(customer.deleted_at)} if customer.deleted else ""
    credit = customer_options().b2b and customer.figures.outstanding > customer.outstanding_allowance
    owes = _("Over the allowed outstanding amount") if credit else ""
    found = ((deleted, "bad"), (owes, "bad"), (_("Guest") if customer.guest else "", "warn"), (doubt, "warn"))
    return [{"text": text, "tone": tone} for text, tone in found if text]


def _glance(customer: Customer) -> list[dict]:
    """What they bought and owe, who they are and who looks after them: where there is a list of such customers, the
    way to it."""
    figures, agent, group = customer.figures, customer.sales_agent, customer.default_group
    born = customer.birthday
    told = [
        _fact(CustomerFigures, "orders_count", formats.number(figures.orders_count), ORDERS),
        _fact(CustomerFigures, "total_spent", _money(figures.total_spent), ORDERS),
        {"title": _("Outstanding"), "value": _money(figures.outstanding)} if figures.outstanding else None,
        _fact(Customer, "default_group", _with_discount(group), f"{link('customers_list')}?group={group.pk}"),
        {"title": _("Age"), "value": rules.age_on(timezone.localdate(), born)} if born else None,
        _fact(Customer, "language", formats.language_name(customer.language)),
        _fact(Customer, "sales_agent", agent.name, f"{link('customers_list')}?agent={agent.pk}")
        if agent
        else None,
    ]
    return [one for one in told if one]


def _fact(model: type[Model], name: str, value: str, url: str = "") -> dict:
    return {"title": model._meta.get_field(name).verbose_name, "value": value, "url": url}


def _money(amount: Decimal) -> str:
    return formats.money(amount, settings.SHOP_CURRENCY)


def _with_discount(group: Group) -> str:
    """A group with its discount, if it has one: "Wholesale (15%)"."""
    if not group.discount:
        return group.local_name
    return f"{group.local_name} ({formats.percent(group.discount / 100, places=2)})"
