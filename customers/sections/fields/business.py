"""What companies are asked (S4.52–S4.61)."""

from functools import partial

from django.utils.translation import gettext_lazy, pgettext_lazy

from backoffice import rules as general
from backoffice.screen import formats
from backoffice.sections import Fact, Field, Files, Join, Personal

from ..company_numbers import COMPANY_NUMBER, TAX_NUMBER, in_groups, said_of

_LIST = ("column", "filter")
_STAFF_ONLY = pgettext_lazy("risk rating", "Only staff see it, never the customer.")
_CREDIT = gettext_lazy("credit and risk are not taken from files; staff enter them")


FIELDS = (
    Field(
        "siret",
        personal=Personal.IDENTITY,
        label=COMPANY_NUMBER.label,
        group="b2b",
        said_in=partial(said_of, COMPANY_NUMBER),
        fact=Fact(value=partial(in_groups, COMPANY_NUMBER)),
        files="siret; company number; regon; numar de inregistrare; nr registrul comertului",
        without=_LIST,
    ),
    Field(
        "ape",
        personal=Personal.IDENTITY,
        label=TAX_NUMBER.label,
        group="b2b",
        said_in=partial(said_of, TAX_NUMBER),
        fact=Fact(value=partial(in_groups, TAX_NUMBER)),
        files="ape; activity code; code ape; nip; numer identyfikacyjny; cui; cod de activitate",
        without=_LIST,
    ),
    Field(
        "website",
        personal=Personal.CONTACT,
        group="b2b",
        rule=general.website,
        doubt=general.looks_like_a_website,
        files=Files(
            "website; user url; site web; site internet; strona www; strona internetowa",
            perhaps="web; url; www; homepage; site; strona; pagina web",
        ),
        without=_LIST,
    ),
    Field(
        "outstanding_allowance",
        personal=Personal.MONEY,
        join=Join.KEEP,
        group="b2b",
        files=Files(
            "allowed outstanding amount; encours autorise; dozwolona niesplacona kwota; rest de plata permis",
            not_taken=_CREDIT,
        ),
        fact=Fact(
            value=lambda customer: formats.shop_money(customer.outstanding_allowance),
            explained="outstanding",
        ),
        without=_LIST,
    ),
    Field(
        "max_payment_days",
        personal=Personal.MONEY,
        group="b2b",
        files=Files(
            "maximum number of payment days; nombre maximum de jours de paiement; "
            "maksymalna ilosc dni platnosci; numar maxim de zile pana la plata",
            not_taken=_CREDIT,
        ),
        fact=Fact(value=lambda customer: str(customer.max_payment_days or "")),
        without=_LIST,
    ),
    Field(
        "risk",
        personal=Personal.MONEY,
        help=_STAFF_ONLY,
        group="b2b",
        files=Files("risk rating; niveau de risque; ocena ryzyka; nivel de risc", not_taken=_CREDIT),
        without=_LIST,
    ),
)
