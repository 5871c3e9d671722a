"""What becomes of vouchers when their tag is deleted: those only for its carriers go with it (S3.25)."""

from django.utils.translation import ngettext

from backoffice.records.actors import Actor
from customers.models import Tag
from customers.registries import TagDeletionStep

from ..models import Voucher
from .locks import hold_going
from .vouchers import delete_exclusive_vouchers, number_and_codes


def foretell(ids: list[int]) -> list[str]:
    """Which vouchers go."""
    vouchers = Voucher.objects.filter(tag__in=ids)
    number = vouchers.count()
    if not number:
        return []
    words = ngettext(
        "Deletes %(n)s voucher only for this tag: %(codes)s.",
        "Deletes %(n)s vouchers only for this tag: %(codes)s.",
        number,
    )
    return [words % number_and_codes(vouchers)]


def hold(tag: Tag) -> None:
    """Lock what goes with the tag, and the carts in which that lies."""
    hold_going(Voucher.objects.filter(tag=tag.pk))


def let_go(tag: Tag, *, by: Actor) -> None:
    """Delete what is only for carriers of the tag."""
    delete_exclusive_vouchers(Voucher.objects.filter(tag=tag.pk), by=by)


DELETION = TagDeletionStep(foretell=foretell, run=let_go, hold=hold)
