"""What becomes of addresses when their customers are deleted for good (facts 2.7): they go too, orders keep copies."""

from django.utils.translation import ngettext

from backoffice.models import Counter
from backoffice.screen import formats
from customers.registries import DeletionStep

from ..models import Address


def foretell(ids: list[int]) -> list[str]:
    """How many addresses go."""
    number = Address.objects.here().filter(customer__among=ids).count()
    if not number:
        return []
    return [
        ngettext("Removes %(n)s address.", "Removes %(n)s addresses.", number) % {"n": formats.number(number)}
    ]


def uncount(ids: list[int]) -> None:
    """Move the stored length of the list; the rows go with their customers."""
    if gone := Address.objects.here().filter(customer__among=ids).count():
        Counter.move(Address._meta.label_lower, -gone)


DELETION = DeletionStep(foretell=foretell, run=uncount)
