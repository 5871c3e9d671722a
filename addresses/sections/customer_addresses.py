"""The addresses of a customer on their page (S0.50, S1.60, S1.61, S4.78–S4.81)."""

from django.utils.translation import gettext_lazy as _

from backoffice.sections import Related, add_panel

add_panel(
    "customers",
    Related(
        section="addresses",
        filter_by="customer",
        columns=("company", "name", "place", "country", "phones"),
        asked={"sort": "id"},
        empty=_("%(name)s has no addresses."),
        adds=True,
        edits=True,
    ),
)
