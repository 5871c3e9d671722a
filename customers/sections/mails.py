"""The mails section: what the shop has sent to customers, to be read only (S4.75, facts 1.14 and 4.9)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.sections import (
    ColumnSet,
    Fact,
    Field,
    Listing,
    Menu,
    Page,
    Panel,
    Personal,
    Section,
    Titles,
    register,
)
from backoffice.sections.doors import facts_of
from backoffice.sections.usual import NUMBER
from backoffice.tables.presence import PresenceFilter

from ..models import Mail
from .customer_columns import CustomerColumn, RecipientColumn
from .customer_filters import CustomerFilter

# It grows for ever: nothing is searched in it but a customer's mails and days (decision 55).
_UNSEARCHED = ("form", "filter", "files")


def _facts(mail: Mail, staff) -> dict:
    return {"facts": facts_of(MAILS, mail)}


def _recipient(mail: Mail) -> str:
    return "" if mail.customer and mail.customer.is_hidden else mail.recipient


_FIELDS = (
    NUMBER,
    Field("sent_at", personal=Personal.BEHAVIOUR, without=("form", "files")),
    Field(
        "customer",
        personal=Personal.TECHNICAL,
        column=CustomerColumn,
        filters={
            "customer": CustomerFilter(_("Customer")),
            "customer_is": PresenceFilter(_("Customer"), field="customer"),
        },
        without=("form", "fact", "files"),
    ),
    Field(
        "recipient",
        personal=Personal.CONTACT,
        column=RecipientColumn,
        fact=Fact(value=_recipient),
        without=_UNSEARCHED,
    ),
    Field("language", personal=Personal.CONTACT, without=_UNSEARCHED),
    Field("subject", personal=Personal.WORDS, without=_UNSEARCHED),
    Field("template", personal=Personal.TECHNICAL, without=_UNSEARCHED),
)

MAILS = register(
    Section(
        slug="mails",
        model=Mail,
        titles=Titles(
            many=_("E-mails sent"),
            one=_("E-mail sent"),
            add="",
            counted=ngettext_lazy("%(n)s e-mail", "%(n)s e-mails", "count"),
            back=_("Back to E-mails sent"),
        ),
        menu=Menu(group="inbox", place=75, icon="mail"),
        fields=_FIELDS,
        listing=Listing(
            label_reads=("subject",),
            lead=("subject",),
            default_sort="-sent_at",
            sets={
                "log": ColumnSet(
                    title=_("E-mails sent"),
                    columns=("sent_at", "customer", "subject", "recipient", "language", "template"),
                )
            },
        ),
        page=Page(
            panels=(
                Panel(
                    name="mail",
                    title=_("E-mail sent"),
                    template="backoffice/panels/facts.html",
                    content=_facts,
                    icon="mail",
                    side="left",
                ),
            )
        ),
    )
)
