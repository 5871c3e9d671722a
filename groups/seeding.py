"""The one group of a fresh shop (S0.63, decision 8)."""

from backoffice.records.seeding import put_in

DEFAULT_GROUP_ID = 1


def seed_groups(apps) -> None:
    """The group Default: 0 %, tax included, for everybody (S1.40, S1.79)."""
    Group = apps.get_model("groups", "Group")
    put_in(
        Group,
        [
            Group(
                id=DEFAULT_GROUP_ID,
                name="Default",
                name_fr="Défaut",
                name_pl="Domyślna",
                name_ro="Implicit",
            )
        ],
    )
