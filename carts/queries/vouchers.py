"""The vouchers that somebody can use though not everybody can (S0.51, S4.74; facts 4.8)."""

from django.db.models import Q, QuerySet, Value

from customers.models import Membership, Tagging

from ..models import Voucher


def vouchers_for(customer: int) -> QuerySet[Voucher]:
    """Those of the customer with this number alone, and those of their groups and tags that are nobody else's.

    Groups and tags are read first, at once, so that each part is found by the index of its own.
    """
    memberships = Membership.objects.filter(customer=customer).values_list(Value("group"), "group")
    taggings = Tagging.objects.filter(customer=customer).values_list(Value("tag"), "tag")
    found = list(memberships.union(taggings, all=True))
    in_group = Q(group__in=[key for kind, key in found if kind == "group"])
    with_tag = Q(tag__in=[key for kind, key in found if kind == "tag"])
    named = Q(customer=customer) | Q(customer=None) & (in_group | with_tag)
    return Voucher.objects.filter(named, Q(group=None) | in_group, Q(tag=None) | with_tag)
