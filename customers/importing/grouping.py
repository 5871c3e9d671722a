"""The default group of a row, and its groups (decisions 21 and 44): ids of groups that are here, names of others."""

from collections.abc import Collection, Iterable

from backoffice.importing.cells import Checked
from backoffice.numbers import whole
from backoffice.said import gettext as _

from .segments import Named

Groups = list[int | str]


def groups_of(
    row: Checked,
    groups: Named,
    *,
    numbers: Collection[int],
    names: Collection[str],
    is_own: bool,
    now: Groups,
    standard: int,
) -> tuple[int | str, Groups]:
    """Default group and groups. `numbers` are the ids that a bare number may mean, none in another shop's file; `names`
    the fields in which it is a name, since the file's groups are (I15); `now` and `standard` hold where the file says
    nothing."""
    named = _named(row, "groups", groups, numbers, names)
    wanted = row.values.get("default_group", ())
    if len(wanted) > 1:
        # Several groups in a column of one (D20): the customer is in all of them.
        named = each_once([*named, *_named(row, "default_group", groups, numbers, names)])
        row.warnings.append(("default_group", _("several groups; the first one is the default group")))
    members = named or list(now)
    default: int | str = standard if standard in members or not members else members[0]
    if not wanted:
        if named:
            default = standard if now and standard in named else named[0]
    elif (
        meant := _meant(
            wanted[0],
            groups,
            named,
            [one for one in members if one in numbers],
            is_own or "default_group" in names,
        )
    ) is not None:
        default = meant
    else:
        if named:
            default = named[0]
        row.warnings.append(("default_group", _of_foreign_number(bool(named), bool(now))))
    return default, members if default in members else [*members, default]


def _meant(wanted: str, groups: Named, named: Groups, numbers: Groups, is_name: bool) -> int | str | None:
    """The default group that the file means, None for another shop's number.

    A bare number is a name where the file's groups are names, or one of the row's is called so, else ours or nobody's:
    what it means does not depend on which groups happen to be here (D16).
    """
    group = groups.known_or_name(wanted)
    if not wanted.isdigit() or is_name or group in named:
        return group
    number = whole(wanted)
    return number if number in numbers else None


def _named(
    row: Checked, field: str, groups: Named, numbers: Collection[int], names: Collection[str]
) -> Groups:
    found: Groups = []
    for name in row.values.get(field, ()):
        group = groups.known_or_name(name)
        if group == name and name.isdigit() and ((number := whole(name)) in numbers or field not in names):
            if number not in numbers:
                row.warnings.append((field, _("a number of another shop's group is left out")))
                continue
            group = number
        found.append(group)
    return each_once(found)


def _of_foreign_number(has_named: bool, has_now: bool) -> str:
    if has_named:
        return _("a number of another shop's group; the first of the row's groups counts")
    if has_now:
        return _("a number of another shop's group; the default group stays")
    return _("a number of another shop's group; the group of new accounts counts")


def each_once(some: Iterable) -> list:
    """These, each of them once, in their order."""
    return list(dict.fromkeys(some))
