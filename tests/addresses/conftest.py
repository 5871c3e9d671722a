"""Fixtures of the addresses' tests: the owner's browser, forms as it fills them, proof of the stored figures."""

import pytest
from django.core.exceptions import ValidationError

from addresses.models import Address, Country
from backoffice.records.recounting import recount_all
from tests.reading import filled


@pytest.fixture
def client(client_of, owner):
    """The owner's browser, without scripts."""
    return client_of(owner)


@pytest.fixture
def typed(client):
    """`typed("/addresses/add/", city="Paris")` gives what the form would post with these fields typed.

    A field typed as None is left out, as a browser leaves out an empty check box.
    """

    def typed(url: str, **fields) -> dict:
        data = {**filled(client.get(url).context["form"]), **fields}
        return {name: value for name, value in data.items() if value is not None}

    return typed


@pytest.fixture
def new(typed):
    """`new(john, city="Lyon")` gives what the form for John would post: Paris where nothing is said."""

    def new(who, **fields) -> dict:
        paris = {"country": "FR", "address1": "14, Main street", "postcode": "75000", "city": "Paris"}
        return typed(f"/addresses/add/?customer={who.pk}", customer=who.pk, **{**paris, **fields})

    return new


@pytest.fixture
def refused(address):
    """`refused(country="GB", postcode="W11")` gives what the service refuses about such an address, by field."""

    def refused(*args, **values) -> dict[str, list[str]]:
        before = Address.objects.count()
        with pytest.raises(ValidationError) as fault:
            address(*args, **values)
        assert Address.objects.count() == before
        return fault.value.message_dict

    return refused


@pytest.fixture
def nothing_miscounted(db):
    """Every stored figure is what its rows say, before and after."""
    yield
    assert list(recount_all(mend=False)) == []


@pytest.fixture
def reads(owner):
    """`reads("pl")` has the owner read Polish from now on."""

    def reads(language: str) -> None:
        owner.language = language
        owner.save()

    return reads


@pytest.fixture
def country(countries):
    """`country("FR")` gives that country."""
    return lambda code: Country.objects.get(code=code)
