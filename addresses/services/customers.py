"""What addresses mean to their customers: the country a customer counts under (decision 29)."""

from collections.abc import Iterable, Iterator

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from backoffice.records import changes
from backoffice.records.actors import Actor
from customers.models import HERE, Customer
from customers.services import settle
from groups.rules.filling import Fact

from ..models import Address


def country_of_customer() -> Coalesce:
    """The country a customer counts under, as an expression: that of the default billing address, else of the first.

    Empty without an address (decision 29).
    """
    of_customer = Address.objects.here().filter(customer=OuterRef("pk")).order_by("-default_billing", "id")
    code = Subquery(of_customer.values("country")[:1], output_field=CharField())
    return Coalesce(code, Value(""), output_field=CharField())


def wrong_countries() -> QuerySet[Customer]:
    """The customers whose stored country is not that of their addresses; `counted` is the right one."""
    return Customer.objects.annotate(counted=country_of_customer()).exclude(country=F("counted"))


def follow(customers: Iterable[int], *, by: Actor) -> None:
    """Store the country of these customers anew, who are locked: their addresses have changed.

    Groups that fill themselves by country follow at once.
    """
    keys = sorted(set(customers))
    Customer.objects.filter(pk__among=keys).update(country=country_of_customer())
    settle(keys, {Fact.COUNTRY}, by=by)


def hold_owners(rows: QuerySet[Address]) -> Iterator[int]:
    """Lock whose addresses these are until the transaction ends; who is hidden is left out (decision 43)."""
    for batch in changes.lock_set(Customer.objects.filter(pk__in=rows.values("customer")), HERE):
        yield from batch
