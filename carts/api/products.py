"""The catalogue as the shop states it."""

from typing import Annotated
from unicodedata import normalize

from django.conf import settings
from django.http import HttpRequest
from pydantic import AfterValidator, Field, StringConstraints

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import router_of, writes
from backoffice.api.refusals import Refused, refuse, refused_at
from backoffice.api.sentences import as_value_error, reason_of
from backoffice.api.shapes import (
    Amount,
    AsWhole,
    Currency,
    Done,
    Given,
    Id,
    Line,
    Percent,
    Taken,
    filled_line_of,
    line_of,
)
from backoffice.rules import Broken, line, unturned
from groups.models import Group

from ..models import Product
from ..services.products import put_carrier, put_product

router = router_of("Products")
INTEGER = 2_147_483_647
NAME_MAX = 64


def _of_a_picture(text: str) -> str:
    if text and not text.startswith(("https://", "http://", "/", "data:image/")):
        raise as_value_error(Broken("website_malformed"))
    return text


Picture = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_of_a_picture)]


class ProductTold(Taken):
    """A product; what is not named stays as it is. A new one needs `name`, `price` and `currency`."""

    name: filled_line_of(255) | None = None
    name_fr: Line | None = None
    name_pl: Line | None = None
    name_ro: Line | None = None
    price: Amount | None = None
    currency: Currency | None = Field(None, description="That of the shop: prices are kept in no other")
    tax_rate: Percent | None = None
    stock: Annotated[int, Field(ge=-INTEGER, le=INTEGER), AsWhole] | None = None
    active: bool | None = None
    picture: Picture | None = None
    category: Line | None = Field(None, description="Made where it is not there; empty for none")
    parent: line_of(64) | None = Field(
        None, description="Reference of what it is a variant of; empty for none"
    )
    choices: dict[filled_line_of(255), filled_line_of(255)] | None = Field(
        None, max_length=20, examples=[{"Size": "M"}]
    )
    exclusive_to: list[Id] | None = Field(None, max_length=100, description="Groups that alone may buy it")
    external_id: line_of(64) | None = None


class ProductGiven(Given):
    """The product as it is now."""

    id: Id
    reference: str
    version: int


class CarrierTold(Taken):
    """A carrier."""

    name: filled_line_of(64) | None = Field(
        None, description="What it is called from now on; orders keep the name of their day"
    )
    price: Amount
    currency: Currency
    active: bool = True


@writes(router, "PUT", "/products/{path:reference}", scope=Scope.PRODUCTS_WRITE, answer=ProductGiven)
def put_product_of_reference(request: HttpRequest, reference: str, said: ProductTold) -> ProductGiven:
    """State a product.

    It is found again by its reference, and made where it is not there.
    """
    reference = _named(reference, field="reference")
    values = {name: value for name, value in said.model_dump(exclude_unset=True).items() if value is not None}
    _refuse_other_currency(values.pop("currency", None), needed="price" in values)
    beside = {name: values.pop(name, None) for name in ("parent", "category", "exclusive_to")}
    if not Product.objects.filter(reference=reference).exists():
        for name in ("name", "price"):
            if name not in values:
                raise _missing(name)
    beside["exclusive_to"] = _groups(beside["exclusive_to"])
    with refused_at("parent"):
        product = put_product(reference, values, by=request.actor, **beside)
    return ProductGiven(id=product.pk, reference=product.reference, version=product.version)


def _named(text: str, *, field: str) -> str:
    """By what it goes, in the address: as it is, or refused; an address that differs would find something else.

    Accents apart are none: what looks alike is stored alike (V4).
    """
    text = normalize("NFC", text)
    with refused_at(field):
        tidied = unturned(line(text))
    if not tidied or tidied != text:
        refuse("name_malformed", field=field)
    if len(text) > NAME_MAX:
        refuse("too_long_a_text", field=field, limit=NAME_MAX)
    return text


def _missing(field: str) -> Refused:
    """As the shape tells a field that is always needed."""
    return Refused(422, reason_of({"type": "missing"}), field=field, code="missing")


def _refuse_other_currency(currency: str | None, *, needed: bool) -> None:
    """A price without its currency means nothing; another one than the shop's is refused."""
    if currency is None and needed:
        raise _missing("currency")
    if currency is not None and currency != settings.SHOP_CURRENCY:
        refuse("currency_of_shop", field="currency", currency=settings.SHOP_CURRENCY)


def _groups(keys: list[int] | None) -> list[Group] | None:
    if keys is None:
        return None
    found = list(Group.objects.filter(pk__in=keys))
    if len(found) < len(set(keys)):
        refuse("no_such_choice", field="exclusive_to")
    return found


@writes(router, "PUT", "/carriers/{path:name}", scope=Scope.PRODUCTS_WRITE, answer=Done)
def put_carrier_of_name(request: HttpRequest, name: str, said: CarrierTold) -> Done:
    """State a carrier, by its name: what carrying costs, whether it is offered, and its new name where it gets one."""
    _refuse_other_currency(said.currency, needed=True)
    tidied = _named(name, field="name")
    values = {"price": said.price, "active": said.active} | ({"name": said.name} if said.name else {})
    with refused_at("name"):
        put_carrier(tidied, values, by=request.actor)
    return Done()
