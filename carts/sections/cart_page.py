"""The page of a cart, “Cart #000012”: its heading, whose it is, and its order (facts 8.3)."""

from django.db.models import F, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from backoffice.live.versions import joined
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill, mail_link
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_facts
from backoffice.sections import Page, Panel
from customers.models import Customer, Visit

from ..models import Cart, Order
from ..queries.contents import order_of
from ..queries.states import CartState, abandoned_before, state_of
from .cart_columns import TONES
from .cart_replay import TEMPLATE as REPLAY
from .cart_replay import replay_panel
from .cart_summary import TEMPLATE, summary
from .cart_words import abandoned_rule
from .links import record_url

_FACTS = "backoffice/panels/facts.html"


def heading(cart: Cart, staff) -> dict:
    """What became of it, beside its number."""
    state = state_now(cart)
    badges = [{"text": state.label, "tone": TONES[state]}]
    if not cart.items_count:
        badges.append({"text": pgettext("cart", "Empty"), "tone": ""})
    return {"badges": badges}


def state_now(cart: Cart) -> CartState:
    """What the cart is at this moment."""
    return state_of(ordered=cart.ordered, changed_at=cart.changed_at, abandoned_before=abandoned_before())


def customer_panel(cart: Cart, staff) -> dict:
    """Whose it is, with what they bought so far; a visitor nobody knows is said to be one."""
    if cart.customer_id is None:
        return {"empty": _("This cart is of a visitor who has not signed in: no customer is known.")}
    customer = Customer.objects.select_related("figures").get(pk=cart.customer_id)
    if customer.is_hidden:
        return {"empty": _("Deleted customer")}
    figures = customer.figures
    who = fill(
        '<a class="strong" href="{}">{} (#{})</a>',
        link("customers_view", customer.pk),
        customer.name,
        f"{customer.pk:06d}",
    )
    return {
        "facts": as_facts(
            (
                (_("Name"), who),
                (_("E-mail address"), mail_link(customer.email)),
                (_("Account registered"), minute_with_seconds(customer.registered_at)),
                (_("Valid orders placed"), formats.number(figures.valid_orders_count)),
                (_("Total spent"), formats.shop_money(figures.total_spent)),
            )
        )
    }


def order_panel(cart: Cart, staff) -> dict:
    """The order that it became, else that there is none, and whether one is still to be expected."""
    order = order_of(cart)
    if order is None:
        said = [_("No order was created from this cart.")]
        if state_now(cart) is CartState.ABANDONED:
            said.append(abandoned_rule())
        return {"empty": " ".join(said)}
    number = _("Order #%(number)s") % {"number": f"{order.pk:06d}"}
    url = record_url("orders", order.pk, staff)
    return {
        "facts": as_facts(
            (
                (_("Order"), fill('<a class="strong" href="{}">{}</a>', url, number) if url else number),
                (_("Made on"), minute_with_seconds(order.placed_at)),
                (_("Status"), order.status.local_name),
                (_("Total"), formats.money(order.total, order.currency)),
            )
        )
    }


def cart_version() -> Combinable:
    """Each change of a cart raises it, which its order is, too."""
    return F("version")


def customer_version() -> Combinable:
    """Another one when it becomes somebody's, when they have bought something, or are called otherwise."""
    figures = ("valid_orders_count", "total_spent")
    return joined("customer", "customer__version", *(f"customer__figures__{name}" for name in figures))


def replay_version() -> Combinable:
    """Another one with each change of the cart, and with each page that its visitor looks at."""
    seen = Visit.objects.exclude(visitor="").filter(visitor=OuterRef("visitor")).order_by("-last_seen_at")
    hers = Visit.objects.filter(customer=OuterRef("customer")).order_by("-last_seen_at")
    return joined("version", *(Subquery(visits.values("last_seen_at")[:1]) for visits in (seen, hers)))


def order_version() -> Combinable:
    """Another one when it becomes an order, and with each change of that one."""
    orders = Order.objects.filter(cart=OuterRef("pk")).order_by()
    return joined("version", *(Subquery(orders.values(name)[:1]) for name in ("status", "version")))


def summary_version() -> Combinable:
    """Another one with each change of the cart, and of what its order says that vouchers took off."""
    orders = Order.objects.filter(cart=OuterRef("pk")).order_by()
    return joined("version", Subquery(orders.values("version")[:1]))


PAGE = Page(
    panels=(
        Panel(
            name="summary",
            title=gettext_lazy("Cart Summary"),
            template=TEMPLATE,
            content=summary,
            icon="carts",
            side="left",
            version=summary_version,
        ),
        Panel(
            name="replayed",
            title=gettext_lazy("Replay"),
            template=REPLAY,
            content=replay_panel,
            icon="history",
            side="left",
            version=replay_version,
        ),
        Panel(
            name="customer",
            title=gettext_lazy("Customer information"),
            template=_FACTS,
            content=customer_panel,
            version=customer_version,
            icon="person",
            right="customers.view_customer",
        ),
        Panel(
            name="order",
            title=pgettext_lazy("heading", "Order information"),
            template=_FACTS,
            content=order_panel,
            version=order_version,
            icon="orders",
            right="carts.view_order",
        ),
    ),
    heading=heading,
    version=cart_version,
    # The list leaves empty ones out (S0.85); what was taken out last is what one wants to see.
    rows=Cart.objects.all,
)
