"""The head of a customer's page: who it is, what stands out, and what they are to the shop at a glance (S1.44, U17)."""

from django.db.models import Model
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.database.folding import fold
from backoffice.faults import doubt_about
from backoffice.live.versions import joined
from backoffice.rules import reachable
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.sections.explained import explained_at
from backoffice.texts import Text
from groups.models import Group

from .. import rules
from ..models import Customer, CustomerFigures
from ..options import customer_options


def heading(customer: Customer, staff) -> dict:
    """What stands under the name: number of at least six digits (S1.45), e-mail, orders, sales, sales agent and tags.

    Badges tell what is out of the ordinary; whether the account is enabled its switch says. Who is deleted can be
    brought back, and till then not be edited (decision 19).
    """
    return {
        "record_id_text": formats.labelled(_("ID"), f"{customer.pk:06d}"),
        "email": customer.email,
        "badges": _badges(customer),
        "glance": _glance(customer, staff),
        "tags": [
            {"title": tag.name, "colour": tag.colour, "url": f"{link('customers_list')}?tag={tag.pk}"}
            for tag in sorted(customer.tags.all(), key=lambda tag: fold(tag.name))
        ],
    }


def heading_version() -> Combinable:
    """Another one with each change of the customer, and with what they buy and put into carts."""
    figures = ("orders_count", "total_spent", "outstanding", "carts_count")
    return joined("version", *(f"figures__{name}" for name in figures))


def _badges(customer: Customer) -> list[dict]:
    doubt = doubt_about(customer.email, reachable)
    deleted = _("Deleted on %(day)s") % {"day": formats.day(customer.deleted_at)} if customer.deleted else ""
    credit = customer_options().b2b and customer.figures.outstanding > customer.outstanding_allowance
    owes = _("Over the allowed outstanding amount") if credit else ""
    found = ((deleted, "bad"), (owes, "bad"), (_("Guest") if customer.guest else "", "warn"), (doubt, "warn"))
    return [{"text": text, "tone": tone} for text, tone in found if text]


def _glance(customer: Customer, staff) -> list[dict]:
    """What they bought and owe, who they are and who looks after them: where there is a list of such customers, the
    way to it; of a figure, how it comes about."""
    figures, agent, group = customer.figures, customer.sales_agent, customer.default_group
    born, owed, customers = customer.birthday, formats.shop_money(figures.outstanding), link("customers_list")

    def figure(title: Text, value: str, name: str) -> dict:
        return {"title": title, "value": value, "explain": explained_at("customers", name, customer, staff)}

    told = [
        figure(_title(CustomerFigures, "orders_count"), formats.number(figures.orders_count), "orders"),
        figure(_title(CustomerFigures, "total_spent"), formats.shop_money(figures.total_spent), "spent"),
        figure(_("Outstanding"), owed, "outstanding") if figures.outstanding else None,
        figure(_title(CustomerFigures, "carts_count"), formats.number(figures.carts_count), "carts"),
        {
            "title": _title(Customer, "default_group"),
            "value": _with_discount(group),
            "url": f"{customers}?group={group.pk}",
        },
        figure(_("Age"), formats.number(rules.age_on(timezone.localdate(), born)), "age") if born else None,
        {"title": _title(Customer, "language"), "value": formats.language_label(customer.language)},
        {
            "title": _title(Customer, "sales_agent"),
            "value": agent.name,
            "url": f"{customers}?agent={agent.pk}",
        }
        if agent
        else None,
    ]
    return [one for one in told if one]


def _title(model: type[Model], name: str) -> Text:
    return model._meta.get_field(name).verbose_name


def _with_discount(group: Group) -> str:
    """A group with its discount, if it has one: "Wholesale (15%)"."""
    if not group.discount:
        return group.local_name
    return f"{group.local_name} ({formats.percent(group.discount / 100, places=2)})"
