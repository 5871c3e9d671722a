"""Who a customer is, and how they sign in: the first group of the form."""

from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from backoffice import rules as general
from backoffice.screen import formats
from backoffice.sections import Fact, Field, Files, Join, Personal
from backoffice.tables.columns import DayColumn, TextColumn
from backoffice.tables.filters import KeysFilter
from backoffice.tables.presence import PresenceFilter

from ... import rules
from ...forms.fields import (
    email_field,
    password_field,
    title_field,
)
from ...models import Customer
from ..customer_columns import AgeColumn, EmailColumn, NameColumn, PersonColumn, TitleColumn
from ..customer_filters import AgeFilter

_ONLY_IN_FILES = ("form", "column", "filter", "fact")
LEAD = partial(TextColumn, css="text lead")


def _age(customer: Customer) -> str:
    born = customer.birthday
    return (
        f"{rules.age_on(timezone.localdate(), born)} ({formats.day(born)})"
        if born
        else pgettext("age", "Unknown")
    )


FIELDS = (
    Field(
        "id",
        personal=Personal.TECHNICAL,
        files=(
            "id; customer id; id customer; id client; id klienta; identifiant; user id; entity id; "
            "customer number"
        ),
        without=("form", "fact"),
    ),
    Field(
        "title",
        personal=Personal.IDENTITY,
        group="customer",
        required_as="gender",
        files=(
            "title; titles id; title id; titles; gender id; gender; social title; id gender; "
            "salutation; prefix; titre de civilite; titre; civilite; id titre; titres id; "
            "id du titre; sexe; genre; nazwa kontaktu; tytul; tytuly id; id tytulu; plec; "
            "tytul grzecznosciowy; titlu; titlu de adresare; formula de adresare; gen; sex"
        ),
        form=title_field,
        column=partial(TitleColumn, css="mark"),
        filters={
            "title": KeysFilter(
                gettext_lazy("Gender"), table="titles", field="title", none_label=gettext_lazy("Unknown")
            )
        },
        fact=Fact(value=lambda customer: customer.title.local_name if customer.title else _("Unknown")),
    ),
    Field(
        "last_name",
        personal=Personal.IDENTITY,
        group="customer",
        rule=general.person_name,
        files=(
            "last name; lastname; surname; family name; nom; nom de famille; nazwisko; nume; nume de familie"
        ),
        column=LEAD,
        without=("fact",),
    ),
    Field(
        "first_name",
        personal=Personal.IDENTITY,
        group="customer",
        rule=general.person_name,
        files="first name; firstname; given name; prenom; imie; prenume",
        column=LEAD,
        without=("fact",),
    ),
    Field(
        "name",
        personal=Personal.IDENTITY,
        label=gettext_lazy("Name"),
        title=gettext_lazy("Full name"),
        files=Files(
            "name; full name; customer name; nom complet; imie i nazwisko; nume complet",
            perhaps="nazwisko i imie; nom et prenom; nom prenom; prenom nom; nume si prenume; client name; contact",
        ),
        column=partial(
            NameColumn,
            reads=("last_name", "first_name"),
            sorts="last_name_key",
            ties=("first_name_key", "id"),
            css="text lead",
        ),
        without=("form", "filter", "fact"),
    ),
    Field(
        "customer",
        personal=Personal.IDENTITY,
        label=gettext_lazy("Customer"),
        files=Files(
            "customer; client; klient",
            not_taken=gettext_lazy(
                "it may mean anything; name, e-mail address and group are read from columns of their own"
            ),
        ),
        column=partial(
            PersonColumn,
            reads=("last_name", "first_name", "email", "default_group_id"),
            sorts="last_name_key",
            ties=("first_name_key", "id"),
            css="text lead",
        ),
    ),
    Field(
        "password",
        personal=Personal.SECRET,
        join=Join.KEEP,
        group="customer",
        form=password_field,
        files=Files(
            "password; user pass; password hash; passwd; mot de passe; haslo; parola",
            not_taken=gettext_lazy("passwords are not taken from files; customers choose a new one"),
        ),
        without=("column", "filter", "fact"),
    ),
    Field(
        "email",
        personal=Personal.CONTACT,
        title=gettext_lazy("E-mail"),
        group="customer",
        rule=general.email,
        doubt=general.reachable,
        files=(
            "email; e mail; email address; e mail address; mail; user email; "
            "customer email address; courriel; adresse e mail; adresse email; adresse mail; "
            "adres e mail; adres email; adresa de e mail; adresa e mail; adresa de email; "
            "adresa email"
        ),
        form=email_field,
        column=partial(EmailColumn, css="text sub"),
        without=("fact",),
    ),
    Field(
        "birthday",
        personal=Personal.IDENTITY,
        group="customer",
        rule=lambda day: rules.birthday(day, today=timezone.localdate()),
        required_as="birthday",
        files=(
            "birthday; birth date; birthdate; date of birth; dob; date de naissance; anniversaire; "
            "urodziny; data urodzenia; data nasterii; data de nastere; zi de nastere; "
            "ziua de nastere"
        ),
        column=partial(DayColumn, reads=("birthday",), sorts="birthday", unknown_last=True),
        without=("fact",),
    ),
    Field(
        "age",
        personal=Personal.IDENTITY,
        label=gettext_lazy("Age"),
        files=Files("age; wiek; varsta", not_taken=gettext_lazy("calculated from the birthday")),
        column=partial(AgeColumn, reads=("birthday",), sorts="birthday", reverse=True, unknown_last=True),
        filters={
            "age_min": AgeFilter(gettext_lazy("Age from"), at_most=False, hint=gettext_lazy("From")),
            "age_max": AgeFilter(gettext_lazy("Age to"), at_most=True, hint=gettext_lazy("To")),
            "age_is": PresenceFilter(gettext_lazy("Age"), field="birthday"),
        },
        fact=Fact(value=_age, explained="age"),
    ),
)
