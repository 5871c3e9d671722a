"""By what the filters and the search find orders, products and vouchers quickly."""

from backoffice.database.search_index import SearchIndex, register

ORDERS_SEARCH = register(SearchIndex(name="orders_search", table="carts_order"))
PRODUCTS_SEARCH = register(SearchIndex(name="products_search", table="carts_product"))
VOUCHERS_SEARCH = register(SearchIndex(name="vouchers_search", table="carts_voucher"))
