"""What becomes of vouchers, category discounts and exclusive products when their group is deleted (issue 9)."""

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.screen import formats
from groups.models import Group
from groups.services import DeletionStep

from ..models import CategoryDiscount, Product, Voucher
from .locks import hold_going
from .vouchers import delete_exclusive_vouchers, number_and_codes


def foretell(ids: list[int]) -> list[str]:
    """Vouchers only for the group go with it; products only for it are disabled, not sold to everybody."""
    vouchers = Voucher.objects.filter(group__in=ids)
    number, discounts = vouchers.count(), CategoryDiscount.objects.filter(group__in=ids).count()
    products = _only_for(ids).count()
    said = []
    if number:
        words = ngettext(
            "Deletes %(n)s voucher only for this group: %(codes)s.",
            "Deletes %(n)s vouchers only for this group: %(codes)s.",
            number,
        )
        said.append(words % number_and_codes(vouchers))
    if discounts:
        words = ngettext("Removes %(n)s category discount.", "Removes %(n)s category discounts.", discounts)
        said.append(words % {"n": formats.number(discounts)})
    if products:
        words = ngettext(
            "%(n)s product only for this group is disabled.",
            "%(n)s products only for this group are disabled.",
            products,
        )
        said.append(words % {"n": formats.number(products)})
    return said


def _only_for(ids: list[int]) -> QuerySet[Product]:
    """The products that are for members of these groups, and of no other."""
    others = Product.objects.filter(exclusive_to__in=Group.objects.exclude(pk__in=ids))
    return Product.objects.filter(exclusive_to__in=ids).exclude(pk__in=others.values("pk")).distinct()


def hold(group: Group) -> None:
    """Lock the vouchers that go with the group, and the carts in which they lie."""
    hold_going(Voucher.objects.filter(group=group.pk))


@one_change()
def let_go(group: Group, *, by: Actor) -> None:
    """Delete what is only for the group, and disable the products that only its members might see."""
    products = Product.objects.filter(pk__in=list(_only_for([group.pk]).values_list("pk", flat=True)))
    changes.change_set(products, {"active": False}, where=Q(active=True), by=by)
    delete_exclusive_vouchers(Voucher.objects.filter(group=group.pk), by=by)
    changes.delete_set(CategoryDiscount.objects.filter(group=group.pk), by=by)


DELETION = DeletionStep(refusal=lambda ids: "", foretell=foretell, run=let_go, hold=hold)
