"""The forms of what the shop sells: orders, vouchers, category discounts."""

from .category_discounts import CategoryDiscountsForm
from .order_status import OrderStatusForm
from .voucher import VoucherForm

__all__ = ["CategoryDiscountsForm", "OrderStatusForm", "VoucherForm"]
