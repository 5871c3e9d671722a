"""The replay of a cart: what happened as a timeline, and the cart as it was after each step (S0.82, issue 10, 6)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.access.rights import HasRights
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill, fill_each, filled
from backoffice.screen.moments import second
from backoffice.texts import Text
from customers.sections.visit_words import page_name

from ..models import Cart, CartEventKind
from ..queries.contents import product_names
from ..queries.steps import Event, Page, Steps, steps_of
from ..rules.replay import State

TEMPLATE = "carts/replay.html"
# So many steps of the timeline on each side of the one that is looked at.
AROUND = 10
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
_TOUCHED = fill(' class="is-touched"')
_PARTLY = gettext_lazy("What happened first is not kept any more, so this cart can only be rebuilt in part.")


def replay_panel(cart: Cart, staff: HasRights) -> dict[str, Any] | None:
    """The block of the page: the cart after the last step, as it is now; its line on the step is read aloud itself."""
    return {**replay_at(cart, None, staff), "news": None}


def replay_at(cart: Cart, at: int | None, staff: HasRights) -> dict[str, Any]:
    """What the template needs to show the cart after step `at`, the last one for None or a number beyond it."""
    steps = steps_of(cart, with_pages=staff.has_perm("customers.view_visit"))
    number = len(steps.all)
    if not number:
        return {"empty": _nothing_kept()}
    at = number if at is None else max(1, min(at, number))
    names = _names_of(steps)
    url = link("carts_replay", cart.pk)
    step = steps.all[at - 1]
    first, last = max(0, at - 1 - AROUND), min(number, at + AROUND)
    return {
        "replay_url": url,
        "at": at,
        "number": number,
        "said": _("Step %(step)s of %(steps)s")
        % {"step": formats.number(at), "steps": formats.number(number)},
        "step": _told(steps, at, names, cart),
        "before_url": f"{url}?at={at - 1}" if at > 1 else "",
        "after_url": f"{url}?at={at + 1}" if at < number else "",
        "is_now": at == number,
        "partly": "" if steps.is_whole else _PARTLY,
        "steps": [
            {
                "number": place,
                "url": f"{url}?at={place}",
                "current": place == at,
                **_told(steps, place, names, cart),
            }
            for place in range(first + 1, last + 1)
        ],
        "earlier": _besides(ngettext("%(n)s earlier step", "%(n)s earlier steps", first), first),
        "later": _besides(ngettext("%(n)s later step", "%(n)s later steps", number - last), number - last),
        **_cart_then(steps.state_at(at), step, names, cart),
    }


def _nothing_kept() -> str:
    days = settings.CART_EVENT_DAYS
    return ngettext(
        "Nothing is kept of what happened to this cart: the steps of carts are kept for %(n)s day.",
        "Nothing is kept of what happened to this cart: the steps of carts are kept for %(n)s days.",
        days,
    ) % {"n": formats.number(days)}


def _besides(sentence: str, number: int) -> str:
    return sentence % {"n": formats.number(number)} if number else ""


def _names_of(steps: Steps) -> dict[int, str]:
    """What all products are called that are spoken of, read at once."""
    return product_names({step.product_id for step in steps.all} - {None})


def _told(steps: Steps, number: int, names: dict[int, str], cart: Cart) -> dict[str, Any]:
    """The step of that number in words: when, what, and of which product, voucher or carrier."""
    step = steps.all[number - 1]
    when = second(step.at)
    if isinstance(step, Page):
        detail = page_name(step.url, names.get(step.product_id or 0, ""))
        return {"when": when, "icon": "eye", "text": _said(_("Page viewed"), detail)}
    kind = CartEventKind(step.kind)
    title, detail = _title(kind, step, steps.all, number), _detail(kind, step, names, cart)
    if number in steps.repriced:
        price = formats.money(step.unit_price, cart.currency)
        title, detail = _("Price changed"), f"{detail} · {price}" if price else detail
    return {"when": when, "icon": _ICONS[kind], "text": _said(title, detail)}


def _said(title: Text, detail: str) -> Text:
    """What happened, and to what, with the colon as the language sets it."""
    return (
        filled(_("%(label)s: %(value)s"), label=title, value=fill("<b>{}</b>", detail)) if detail else title
    )


def _title(kind: CartEventKind, event: Event, steps: Sequence[Event | Page], number: int) -> Text:
    """What happened; what was taken away again is not told as chosen. Addresses are not kept step by step: what came
    after the first choice may be either."""
    if kind is CartEventKind.WRAPPED and not event.unit_price:
        return _("Gift wrapping removed")
    if kind is CartEventKind.CARRIER and not event.name:
        return _("Carrier removed")
    if kind is CartEventKind.ADDRESS:
        chosen = any(isinstance(one, Event) and one.kind == kind for one in steps[: number - 1])
        return _("Addresses changed") if chosen else kind.label
    return kind.label


def _detail(kind: CartEventKind, event: Event, names: dict[int, str], cart: Cart) -> str:
    if kind in (CartEventKind.ADDED, CartEventKind.CHANGED):
        return f"{formats.number(event.quantity)} × {_name(event.product_id, event.customisation, names)}"
    if kind is CartEventKind.REMOVED:
        return _name(event.product_id, event.customisation, names)
    if kind is CartEventKind.WRAPPED:
        return formats.money(event.unit_price, cart.currency) if event.unit_price else ""
    return event.name


def _name(key: int | None, customisation: str, names: dict[int, str]) -> str:
    name = names.get(key or 0) or _("Deleted product")
    return f"{name} {formats.quoted(customisation)}" if customisation else name


def _cart_then(state: State, step: Event | Page, names: dict[int, str], cart: Cart) -> dict[str, Any]:
    """The cart as it was, the line that the step touched marked."""
    touched = (step.product_id, step.customisation) if isinstance(step, Event) else None
    in_money, number = formats.money_in(cart.currency), formats.numbers()
    costs = {
        place: None if line.unit_price is None else line.quantity * line.unit_price
        for place, line in state.lines.items()
    }
    return {
        "lines": fill_each(
            '<tr{}><th scope="row">{}</th><td class="num">{}</td><td class="num money">{}</td></tr>',
            (
                (
                    _TOUCHED if place == touched else "",
                    _name(*place, names),
                    number(line.quantity),
                    "–" if costs[place] is None else in_money(costs[place]),
                )
                for place, line in state.lines.items()
            ),
        ),
        "products_total": in_money(sum(filter(None, costs.values()), Decimal(0))),
        "beside": [
            formats.labelled(title, value)
            for title, value in ((_("Vouchers"), ", ".join(state.vouchers)), (_("Carrier"), state.carrier))
            if value
        ],
        "was_ordered": state.ordered,
    }
