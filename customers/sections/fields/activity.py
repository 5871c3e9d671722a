"""What a customer did here, worked out and stored by services."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from backoffice.screen import formats
from backoffice.sections import Fact, Field, Files, Join, Personal, kept
from backoffice.tables.columns import DayColumn

_EVER = (gettext_lazy("Never"), gettext_lazy("At least once"))
_ONLY_IN_FILES = ("form", "column", "filter", "fact")


FIELDS = (
    Field(
        "registered_at",
        personal=Personal.BEHAVIOUR,
        join=Join.EARLIEST,
        files=Files(
            "registration; registration date; registered; registered at; date add; date created; "
            "created at; sign up; user registered; inscription; date d inscription; "
            "date dinscription; rejestracja; data rejestracji; inregistrare; inregistrat; "
            "data inregistrarii",
            perhaps="customer since; member since; client since; subscription date; signup date; sign up date; "
            "joined; join date; created; date joined; client depuis; date de creation; klient od; "
            "data utworzenia; client din; data crearii",
        ),
        column=DayColumn,
        without=("form",),
        fact=Fact(
            value=lambda customer: formats.moment(customer.registered_at),
            label=gettext_lazy("Registration date"),
        ),
    ),
    Field(
        "last_visit_at",
        personal=Personal.BEHAVIOUR,
        path="figures__last_visit_at",
        join=Join.LATEST,
        title=pgettext_lazy("column", "Last visit"),
        known=_EVER,
        files=(
            "last visit; last active; last login; derniere visite; connexion; connection; "
            "ostatnia wizyta; ultima vizita; ultima conectare"
        ),
        fact=Fact(
            value=lambda customer: formats.moment(customer.figures.last_visit_at) or _("Never"),
            explained="last_visit",
        ),
    ),
    Field(
        "total_spent",
        personal=Personal.MONEY,
        path="figures__total_spent",
        files=Files(
            "sales; total spent; total spend; ventes; total depense; sprzedaz; vanzari; total cheltuit",
            perhaps="total spending; lifetime value; revenue; turnover; chiffre d affaires; obrot; cifra de afaceri",
        ),
        asked_as="spent",
        without=("fact",),
    ),
    Field(
        "currency",
        personal=Personal.NONE,
        why="the shop's own",
        label=gettext_lazy("Currency"),
        files="currency; devise; waluta; moneda; valuta",
        without=_ONLY_IN_FILES,
    ),
    Field(
        "orders_count",
        personal=Personal.BEHAVIOUR,
        path="figures__orders_count",
        join=Join.SUM,
        files="orders; total orders; commandes; zamowienia; comenzi",
        without=("fact",),
    ),
    Field(
        "last_order_at",
        personal=Personal.BEHAVIOUR,
        path="figures__last_order_at",
        join=Join.LATEST,
        label=gettext_lazy("Last order"),
        files=Files(
            "last order; derniere commande; ostatnie zamowienie; ultima comanda",
            not_taken=gettext_lazy("calculated from the orders"),
        ),
        column=DayColumn,
        known=_EVER,
        without=("fact",),
    ),
    Field(
        "created_email",
        personal=Personal.CONTACT,
        fact=Fact(
            value=lambda customer: customer.created_email if customer.created_email != customer.email else ""
        ),
        without=("form", "column", "filter", "files"),
    ),
    Field(
        "updated_at",
        personal=Personal.TECHNICAL,
        fact=Fact(
            value=lambda customer: formats.moment(customer.updated_at), label=gettext_lazy("Latest update")
        ),
        files=Files("last update; latest update", not_taken=gettext_lazy("each change sets it")),
        without=("form",),
    ),
    kept("password_changed_at", Personal.TECHNICAL),
    kept("newsletter_at", Personal.BEHAVIOUR, join=Join.EARLIEST),
    kept("newsletter_ip", Personal.CONTACT),
    kept("country", Personal.CONTACT),
)
