"""By what the filters and the search find addresses quickly."""

from backoffice.database.search_index import SearchIndex, register

ADDRESSES_SEARCH = register(SearchIndex(name="addresses_search", table="addresses_address"))
