"""By what the quick search finds customers quickly."""

from backoffice.database.search_index import SearchIndex, register

CUSTOMERS_SEARCH = register(SearchIndex(name="customers_search", table="customers_customer"))
CUSTOM_VALUES_SEARCH = register(SearchIndex(name="custom_values_search", table="customers_customvalue"))
