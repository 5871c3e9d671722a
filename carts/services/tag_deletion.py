"""What becomes of vouchers when their tag is deleted: those only for its carriers go with it (S3.25)."""

from django.utils.translation import ngettext

from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.screen import formats
from customers.models import Tag
from customers.registries import TagDeletionStep

from ..models import Voucher

NAMED = 5


def foretell(ids: list[int]) -> list[str]:
    """Which vouchers go."""
    vouchers = Voucher.objects.filter(tag__in=ids)
    number = vouchers.count()
    if not number:
        return []
    codes = ", ".join(vouchers.order_by("code").values_list("code", flat=True)[:NAMED])
    words = ngettext(
        "Deletes %(n)s voucher only for this tag: %(codes)s.",
        "Deletes %(n)s vouchers only for this tag: %(codes)s.",
        number,
    )
    return [words % {"n": formats.number(number), "codes": codes + (", …" if number > NAMED else "")}]


@one_change()
def let_go(tag: Tag, *, by: Actor) -> None:
    """Delete what is only for carriers of the tag, with its history; the length of the list follows."""
    vouchers = Voucher.objects.filter(tag=tag.pk)
    if number := vouchers.count():
        changes.delete_set(vouchers, by=by)
        Counter.move(Voucher._meta.label_lower, -number)


DELETION = TagDeletionStep(foretell=foretell, run=let_go)
