"""What shops' pages tell of products, carts and orders, and ask about them."""

from backoffice.api.root import offer

from . import carts, lines, orders, own, pages, privileges, products

offer(products.router, carts.router, lines.router, orders.router, own.router, pages.router, privileges.router)
