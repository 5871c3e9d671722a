"""The filter of addresses by country (S1.71)."""

from backoffice.tables.filters import KeysFilter, word_of

from ..queries import as_people_sort


class CountryFilter(KeysFilter):
    """Countries by their ISO code, by their names in the reader's order; disabled ones are offered no more."""

    def __init__(self, label):
        super().__init__(label, table="countries", field="country", key_of=_code_of)

    def options(self, page):
        known = page.lookup(self.table).values()
        chosen = page.params.getlist("country")
        return as_people_sort([one for one in known if one.active or one.code in chosen])


def _code_of(text: str) -> str:
    return word_of(text.upper(), most=2)
