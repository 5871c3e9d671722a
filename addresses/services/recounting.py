"""The stored figures that this app can count: the length of its lists, and the country of each customer."""

from collections.abc import Iterator

from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from backoffice.records.recounting import Difference, between, blocks_of, recount_list
from customers.models import Customer

from ..models import Address, Country


def recount_addresses(*, mend: bool) -> Iterator[Difference]:
    """Both of them."""
    yield from _countries_of_customers(mend=mend)
    yield from recount_list(Address, mend=mend, here=Q(deleted=False))
    yield from recount_list(Country, mend=mend)


def country_of_customer() -> Coalesce:
    """The country a customer counts under, as an expression: that of the default billing address, else of the first.

    Empty without an address (decision 29).
    """
    of_customer = Address.objects.here().filter(customer=OuterRef("pk")).order_by("-default_billing", "id")
    code = Subquery(of_customer.values("country")[:1], output_field=CharField())
    return Coalesce(code, Value(""), output_field=CharField())


def _countries_of_customers(*, mend: bool) -> Iterator[Difference]:
    wrong = Customer.objects.annotate(counted=country_of_customer()).exclude(country=F("counted"))
    for keys in blocks_of(Customer):
        found = list(wrong.filter(between("pk", keys)).order_by("pk").values_list("pk", "country", "counted"))
        for key, stored, counted in found:
            yield Difference(f"{Customer._meta.label} {key}", "country", stored, counted)
        if mend and found:
            Customer.objects.filter(pk__in=[key for key, _stored, _counted in found]).update(
                country=country_of_customer()
            )
