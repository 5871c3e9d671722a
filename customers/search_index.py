"""By what the quick search finds customers and conversations quickly."""

from backoffice.database.search_index import SearchIndex, register

CUSTOMERS_SEARCH = register(SearchIndex(name="customers_search", table="customers_customer"))
MESSAGES_SEARCH = register(SearchIndex(name="messages_search", table="customers_thread"))
CUSTOM_VALUES_SEARCH = register(SearchIndex(name="custom_values_search", table="customers_customvalue"))
