"""What becomes of addresses when their customers are hidden, or deleted for good (facts 2.7): orders keep copies."""

from django.utils.translation import ngettext

from backoffice.models import Counter
from backoffice.screen import formats
from customers.registries import DeletionStep

from ..models import Address


def foretell(ids: list[int]) -> list[str]:
    """How many addresses go, retired ones too."""
    number = Address.objects.filter(customer__among=ids).count()
    if not number:
        return []
    return [
        ngettext("Removes %(n)s address.", "Removes %(n)s addresses.", number) % {"n": formats.number(number)}
    ]


def count(ids: list[int], sign: int) -> None:
    """Move the stored length of the list: addresses come and go with their customers."""
    if number := Address.objects.here().filter(customer__among=ids).count():
        Counter.move(Address._meta.label_lower, sign * number)


DELETION = DeletionStep(foretell=foretell, count=count)
