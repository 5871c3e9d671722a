"""Fields that staff made required (S0.16–S0.18): one setting for all doors and for the stars (D-10, D-11)."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import RequiredField
from ..screen.formats import quoted
from ..sections import RequiredRow, Section
from .actors import Actor
from .errors import NotAllowed
from .events import record


def required_in(slug: str) -> frozenset[str]:
    """The names of the fields required in a section, beside those that always are."""
    return frozenset(RequiredField.objects.filter(section=slug).values_list("field", flat=True))


def still_required(section: Section, names: Collection[str]) -> str:
    """A word for who switched these yes/no fields off: that the settings require them; "" where they do not.

    A consent can be taken back at every door, and each door says so (decision 40, D13).
    """
    asked = required_in(section.slug).intersection(names) if names else frozenset()
    if not asked:
        return ""
    labels = [str(section.form_fields[name].label) for name in names if name in asked]
    return _("The settings of this shop require: %(fields)s.") % {"fields": ", ".join(labels)}


def given(section: Section) -> list[RequiredRow]:
    """The rows of the page that nobody chooses."""
    rows = section.editing.required if section.editing else ()
    return [one for one in rows if one.given is not None]


@transaction.atomic
def require_one(section: Section, name: str, on: bool, *, by: Actor) -> bool:
    """Make this field required, or not, whatever somebody does to the others at that moment; whether that is new."""
    rows = RequiredField.objects.filter(section=section.slug, field=name)
    if on:
        _row, changed = rows.get_or_create(section=section.slug, field=name)
    else:
        changed = bool(rows.delete()[0])
    if changed:
        record("required_fields", by=by, target=section.slug, fields=sorted(required_in(section.slug)))
    return changed


@transaction.atomic
def require(section: Section, names: Iterable[str], *, by: Actor) -> frozenset[str]:
    """Make exactly these fields required, by our names or the seeds' technical ones.

    Returns our names of the fields now required. NotAllowed for a name that is no such field's: nothing is changed.
    Those that nobody can choose are passed over (B10).
    """
    never = {one.name for one in given(section)}
    ours = {one.required_as: one.name for one in section.requirable} | {
        one.name: one.name for one in section.requirable
    }
    names = [name for name in names if name not in never]
    if unknown := [name for name in names if name not in ours]:
        said = _("%(name)s is not a field that can be required. Nothing was changed; open the page again.")
        raise NotAllowed(said % {"name": quoted(unknown[0][:50])})
    wanted = frozenset(ours[name] for name in names)
    before = required_in(section.slug)
    RequiredField.objects.filter(section=section.slug).exclude(field__in=wanted).delete()
    RequiredField.objects.bulk_create(
        [RequiredField(section=section.slug, field=name) for name in sorted(wanted - before)]
    )
    if wanted != before:
        record("required_fields", by=by, target=section.slug, fields=sorted(wanted))
    return wanted
