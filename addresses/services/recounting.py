"""The stored figure that this app can count: the country of each customer. Lists are counted by the machinery."""

from collections.abc import Iterator

from backoffice.records.recounting import Difference, between, blocks_of
from customers.models import Customer

from .customers import country_of_customer, wrong_countries


def recount_addresses(*, mend: bool) -> Iterator[Difference]:
    """The country of each customer."""
    wrong = wrong_countries()
    for keys in blocks_of(Customer):
        found = list(wrong.filter(between("pk", keys)).order_by("pk").values_list("pk", "country", "counted"))
        for key, stored, counted in found:
            yield Difference(f"{Customer._meta.label} {key}", "country", stored, counted)
        if mend and found:
            Customer.objects.filter(pk__in=[key for key, _stored, _counted in found]).update(
                country=country_of_customer()
            )
