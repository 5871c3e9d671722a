"""What goes into a cart and out of it, one by one, and vouchers."""

from contextlib import AbstractContextManager

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import router_of, writes
from backoffice.api.refusals import refused_at
from backoffice.api.shapes import Key, Line, Taken

from ..services.cart_vouchers import use_voucher, withdraw_voucher
from ..services.carts import Wanted, add_line, set_line
from .lookups import product_named
from .shapes import CartSums, LineTold, Reference, sums_of

router = router_of("Lines of carts")


class VoucherTold(Taken):
    """A voucher, by its code."""

    code: str = Field(min_length=1, max_length=64)


def _wanted(said: LineTold) -> Wanted:
    return Wanted(product_named(said.product), said.quantity, said.customisation, said.unit_price)


def _refused_at(field: str) -> AbstractContextManager[None]:
    return refused_at(field, sum_too_large="quantity")


@writes(router, "POST", "/carts/{key}/lines", scope=Scope.CARTS_WRITE, answer=CartSums, is_one_change=True)
def put_line(request: HttpRequest, key: Key, said: LineTold) -> CartSums:
    """Put so many more of a product into the cart.

    Two tabs that put one each make two: send an `Idempotency-Key`, so that one act is not done twice.
    """
    with _refused_at("product"):
        return sums_of(add_line(key, _wanted(said), by=request.actor))


@writes(router, "PUT", "/carts/{key}/lines", scope=Scope.CARTS_WRITE, answer=CartSums, is_one_change=True)
def set_quantity(request: HttpRequest, key: Key, said: LineTold) -> CartSums:
    """Have just so many of a product in the cart; none for 0."""
    with _refused_at("product"):
        return sums_of(set_line(key, _wanted(said), by=request.actor))


@writes(router, "DELETE", "/carts/{key}/lines", scope=Scope.CARTS_WRITE, answer=CartSums, is_one_change=True)
def remove_line(
    request: HttpRequest,
    key: Key,
    product: Reference = Query(...),
    customisation: Line = Query(""),
) -> CartSums:
    """Take a product out of the cart; nothing happens where it is not in it."""
    wanted = Wanted(product_named(product), 0, customisation)
    return sums_of(set_line(key, wanted, by=request.actor))


@writes(router, "POST", "/carts/{key}/vouchers", scope=Scope.CARTS_WRITE, answer=CartSums, is_one_change=True)
def use_voucher_in_cart(request: HttpRequest, key: Key, said: VoucherTold) -> CartSums:
    """Use a voucher, by its code."""
    with _refused_at("code"):
        return sums_of(use_voucher(key, said.code, by=request.actor))


@writes(
    router, "DELETE", "/carts/{key}/vouchers", scope=Scope.CARTS_WRITE, answer=CartSums, is_one_change=True
)
def withdraw_voucher_from_cart(
    request: HttpRequest, key: Key, code: str = Query(..., min_length=1, max_length=64)
) -> CartSums:
    """Take a voucher out of the cart; nothing happens where it is not in it."""
    return sums_of(withdraw_voucher(key, code, by=request.actor))
