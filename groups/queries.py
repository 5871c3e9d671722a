"""What pages ask about groups."""

from backoffice.tables.lookups import Lookup

from .models import Group


def _groups() -> dict[int, Group]:
    return {group.pk: group for group in Group.objects.order_by("id")}


GROUPS = Lookup(counter="groups.group", read=_groups)


def group_names() -> dict[int, str]:
    """All groups by id, named in the reader's language."""
    return {group.pk: group.local_name for group in Group.objects.order_by("id")}
