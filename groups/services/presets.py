"""Groups to start from (S2.10, S3.8)."""

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.database.folding import fold
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.sections.usual import NAMES

from ..models import Group, PriceDisplay
from ..rules.presets import PRESETS


@verb("groups.add_group")
@one_change()
def add_preset(name: str, *, by: Actor) -> list[Group]:
    """Add the groups of a preset that are not there yet, by their English names; KeyError for none of that name."""
    taken = {fold(one) for names in Group.objects.values_list(*NAMES) for one in names if one}
    made = []
    for preset in PRESETS[name]:
        if fold(preset.name) in taken:
            continue
        group = Group()
        display = PriceDisplay.TAX_INCLUDED if preset.tax_included else PriceDisplay.TAX_EXCLUDED
        names = {one: value for one in NAMES if fold(value := getattr(preset, one)) not in taken}
        more = {"discount": preset.discount, "price_display": display, "free_shipping": preset.free_shipping}
        changes.save(group, {**names, **more}, by=by)
        made.append(group)
    return made
