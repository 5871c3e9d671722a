"""Products, carts, vouchers and orders."""

from .cart import Cart, CartEvent, CartEventKind, CartLine
from .catalogue import Carrier, Category, CategoryDiscount, Product, told_choices, with_choices
from .order import Order, OrderLine, OrderStatus, OrderVoucher
from .voucher import Voucher

__all__ = [
    "Carrier",
    "Cart",
    "CartEvent",
    "CartEventKind",
    "CartLine",
    "Category",
    "CategoryDiscount",
    "Order",
    "OrderLine",
    "OrderStatus",
    "OrderVoucher",
    "Product",
    "Voucher",
    "told_choices",
    "with_choices",
]
