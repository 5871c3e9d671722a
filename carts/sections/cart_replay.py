"""The replay of a cart: what happened as a timeline, and the cart as it was after each step (S0.82, issue 10, 6)."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.access.rights import HasRights
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.moments import minute_with_seconds

from ..models import Cart, CartEventKind, Product
from ..queries.steps import Step, Steps, steps_of
from ..rules.replay import State

TEMPLATE = "carts/replay.html"
# So many steps of the timeline on each side of the one that is looked at.
AROUND = 25
_ICONS = {
    CartEventKind.CREATED: "carts",
    CartEventKind.ADDED: "plus",
    CartEventKind.CHANGED: "refresh",
    CartEventKind.REMOVED: "trash",
    CartEventKind.VOUCHER: "vouchers",
    CartEventKind.WITHDRAWN: "vouchers",
    CartEventKind.CARRIER: "addresses",
    CartEventKind.ADDRESS: "addresses",
    CartEventKind.WRAPPED: "products",
    CartEventKind.SIGNED_IN: "person",
    CartEventKind.ORDERED: "orders",
}
_PARTLY = gettext_lazy("What happened first is not kept any more, so this cart can only be rebuilt in part.")


def replay_panel(cart: Cart, staff: HasRights) -> dict[str, Any] | None:
    """The block of the page: the cart after the last step, as it is now."""
    return replay_at(cart, None, staff)


def replay_at(cart: Cart, at: int | None, staff: HasRights) -> dict[str, Any]:
    """What the template needs to show the cart after step `at`, the last one for None or a number beyond it."""
    steps = steps_of(cart, with_pages=staff.has_perm("customers.view_visit"))
    number = len(steps.all)
    if not number:
        return {"empty": _("What happened to this cart is not kept any more.")}
    at = number if at is None else max(1, min(at, number))
    products = _products_of(steps)
    url = link("carts_replay", cart.pk)
    step = steps.all[at - 1]
    first, last = max(0, at - 1 - AROUND), min(number, at + AROUND)
    return {
        "url": url,
        "at": at,
        "number": number,
        "said": _("Step %(step)s of %(steps)s")
        % {"step": formats.number(at), "steps": formats.number(number)},
        "step": _told(step, products, cart),
        "before_url": f"{url}?at={at - 1}" if at > 1 else "",
        "after_url": f"{url}?at={at + 1}" if at < number else "",
        "is_now": at == number,
        "partly": "" if steps.is_whole else _PARTLY,
        "steps": [
            {
                "number": place,
                "url": f"{url}?at={place}",
                "current": place == at,
                **_told(steps.all[place - 1], products, cart),
            }
            for place in range(first + 1, last + 1)
        ],
        "earlier": formats.number(first) if first else "",
        "later": formats.number(number - last) if number > last else "",
        **_cart_then(steps.state_at(at), step, products, cart),
    }


def _products_of(steps: Steps) -> dict[int, Product]:
    """All products that are spoken of, read at once."""
    keys = {step.event.product_id if step.event else step.page.product_id for step in steps.all}
    return Product.objects.in_bulk(keys - {None})


def _told(step: Step, products: dict[int, Product], cart: Cart) -> dict[str, Any]:
    """A step in words: when, what, and of which product, voucher or carrier."""
    told = {"when": minute_with_seconds(step.at), "clock": formats.clock(step.at)}
    if step.page:
        product = products.get(step.page.product_id)
        detail = product.local_name if product else step.page.url
        return {**told, "icon": "eye", "title": _("Page viewed"), "detail": detail}
    event = step.event
    return {
        **told,
        "icon": _ICONS[CartEventKind(event.kind)],
        "title": event.get_kind_display(),
        "detail": _detail(event, products, cart),
    }


def _detail(event, products: dict[int, Product], cart: Cart) -> str:
    if event.kind in (CartEventKind.ADDED, CartEventKind.CHANGED):
        return f"{formats.number(event.quantity)} × {_name(event.product_id, event.customisation, products)}"
    if event.kind == CartEventKind.REMOVED:
        return _name(event.product_id, event.customisation, products)
    if event.kind == CartEventKind.WRAPPED:
        return formats.money(event.unit_price, cart.currency)
    return event.name


def _name(key: int | None, customisation: str, products: dict[int, Product]) -> str:
    name = products[key].local_name if key in products else _("Deleted product")
    return f"{name} {formats.quoted(customisation)}" if customisation else name


def _cart_then(state: State, step: Step, products: dict[int, Product], cart: Cart) -> dict[str, Any]:
    """The cart as it was, the line that the step touched marked."""
    touched = (step.event.product_id, step.event.customisation) if step.event else None
    whole = Decimal(0)
    lines = []
    for place, line in state.lines.items():
        cost = None if line.unit_price is None else line.quantity * line.unit_price
        whole += cost or 0
        lines.append(
            {
                "name": _name(*place, products),
                "price": formats.money(line.unit_price, cart.currency),
                "quantity": formats.number(line.quantity),
                "total": formats.money(cost, cart.currency),
                "is_touched": place == touched,
            }
        )
    return {
        "lines": lines,
        "products_total": formats.money(whole, cart.currency),
        "beside": [
            formats.labelled(title, value)
            for title, value in ((_("Vouchers"), ", ".join(state.vouchers)), (_("Carrier"), state.carrier))
            if value
        ],
        "was_ordered": state.ordered,
    }
