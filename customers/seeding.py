"""The titles of a fresh shop (S4.5, facts 1.7)."""

from backoffice.records.seeding import put_in

MR_ID, MRS_ID = 1, 2


def seed_titles(apps) -> None:
    """The two genders of S0.22, which in Polish are the titles Pan and Pani (S4.5)."""
    Title = apps.get_model("customers", "Title")
    put_in(
        Title,
        [
            Title(id=MR_ID, name="Male", name_fr="Homme", name_pl="Pan", name_ro="Bărbat", kind="male"),
            Title(id=MRS_ID, name="Female", name_fr="Femme", name_pl="Pani", name_ro="Femeie", kind="female"),
        ],
    )
