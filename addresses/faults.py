"""The sentences for what only addresses and countries can get wrong, added to those of all (D-28)."""

from django.utils.translation import gettext_lazy as _

from backoffice.faults import add_sentences

add_sentences(
    {
        "postcode_malformed": _("Postcodes can only contain letters, digits, spaces and hyphens."),
        "postcode_of_another": _("Not a postcode of this country: write it like %(example)s."),
        "postcode_format_malformed": _(
            "Write N for a digit, L for a letter and C for the country's code; digits, spaces and hyphens stand for"
            " themselves."
        ),
        "country_code_malformed": _("Two letters, please, such as FR."),
        "layout_unknown": _("There is no field %(name)s."),
        "layout_lacks": _("These fields are missing: %(names)s."),
        "no_such_country": _(
            "There is no such enabled country here: write its code, such as FR, or its name."
        ),
        "no_such_state": _("This country has no such state: write its code or its name."),
        "of_no_customer": _("Not a customer’s address: the row names no customer."),
        "several_owners": _("Several guests have this e-mail address: the row does not say whose it is."),
        "phone_odd_there": _("Not a valid phone number in this country; it is kept as typed."),
        "vat_odd": _("Not a valid VAT number; it is saved all the same."),
        "identification_odd": _("Not a valid number in this country; it is saved all the same."),
    }
)
