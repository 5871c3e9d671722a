"""The head of a customer's page: who it is, what stands out, and what they are to the shop at a glance (S1.44, U17)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.database.folding import fold
from backoffice.faults import doubt_about
from backoffice.rules import reachable
from backoffice.screen import formats
from backoffice.screen.links import link

from ..models import Customer, CustomerFigures


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
        told["main_action"] = {
            "title": _("Bring back"),
            "url": reverse("customers_bring_back", args=[customer.pk]),
            "icon": "undo",
        }
    return told


def _badges(customer: Customer) -> list[dict]:
    doubt = doubt_about(customer.email, reachable)
    deleted = _("Deleted on %(day)s") % {"day": formats.day(customer.deleted_at)} if customer.deleted else ""
    found = ((deleted, "bad"), (_("Guest") if customer.guest else "", "warn"), (doubt, "warn"))
    return [{"text": text, "tone": tone} for text, tone in found if text]


def _glance(customer: Customer) -> list[dict]:
    """What they bought, and who looks after them: where there is a list of such customers, the way to it."""
    figures, agent = customer.figures, customer.sales_agent
    told = [
        _figure("orders_count", formats.number(figures.orders_count)),
        _figure("total_spent", formats.money(figures.total_spent, settings.SHOP_CURRENCY)),
    ]
    if agent:
        url = f"{link('customers_list')}?agent={agent.pk}"
        told.append(
            {"title": Customer._meta.get_field("sales_agent").verbose_name, "value": agent.name, "url": url}
        )
    return told


def _figure(name: str, value: str) -> dict:
    return {"title": CustomerFigures._meta.get_field(name).verbose_name, "value": value}
