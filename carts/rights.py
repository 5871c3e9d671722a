"""What each role may do to carts and vouchers, beside what holds for every section (decisions, Rights)."""

from backoffice.access.grants import Grant, grant
from backoffice.access.roles import Role

grant(
    Grant("carts.cart", ("change",), (Role.SUPPORT,)),
    Grant("carts.voucher", ("add", "change"), (Role.MARKETING,)),
)
