"""What tests of custom fields do and read."""

from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer
from tests.reading import List


def now(customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def give(customer, name, value) -> None:
    services.edit_customer(customer, {name: value}, by=Actor.command())


def column(client, query: str, place: int) -> list[str]:
    page = List(client.get(f"/customers/?{query}"))
    return [page.cells(line)[place] for line in range(len(page.lines))]


def found(client, query: str) -> list[str]:
    return column(client, query, 0)
