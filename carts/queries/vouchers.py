"""The vouchers that somebody can use though not everybody can (S0.51, S4.74; facts 4.8)."""

from django.db.models import Q, QuerySet

from customers.models import Membership, Tagging

from ..models import Voucher


def vouchers_for(customer: int) -> QuerySet[Voucher]:
    """Those of the customer with this number alone, and those of their groups and tags that are nobody else's.

    Groups and tags are read first, so that each part is found by the index of its own.
    """
    groups = list(Membership.objects.filter(customer=customer).values_list("group", flat=True))
    tags = list(Tagging.objects.filter(customer=customer).values_list("tag", flat=True))
    in_group, with_tag = Q(group__in=groups), Q(tag__in=tags)
    named = Q(customer=customer) | Q(customer=None) & (in_group | with_tag)
    return Voucher.objects.filter(named, Q(group=None) | in_group, Q(tag=None) | with_tag)
