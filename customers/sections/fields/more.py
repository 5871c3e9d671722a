"""Groups, tags and what staff note besides."""

from functools import partial

from django.utils.translation import gettext_lazy, pgettext_lazy

from backoffice import rules as general
from backoffice.screen import formats
from backoffice.sections import Fact, Field, Files, Personal
from backoffice.tables.columns import CutColumn, LookupColumn
from backoffice.tables.filters import KeysFilter, PairsFilter, TelephoneFilter
from backoffice.tables.presence import PresenceFilter

from ...forms.fields import (
    agent_field,
    groups_field,
    phone_field,
    tags_field,
)
from ...models import Membership, Tagging
from ..customer_columns import DefaultGroupColumn, GroupsColumn, TagsColumn
from ..tag_columns import TagFilter, tags_in_words

_LIST = ("column", "filter")
_STAFF_ONLY = pgettext_lazy("note", "Only staff see it, never the customer.")


FIELDS = (
    Field(
        "default_group",
        personal=Personal.BEHAVIOUR,
        help=gettext_lazy("Apply non-cumulative rules (e.g., price, display method, reduction)"),
        group="groups",
        files=(
            "default group; default group id; id default group; groupe par defaut; "
            "id groupe par defaut; id du groupe par defaut; domyslna grupa; "
            "domyslna grupa klientow; id domyslnej grupy; grup implicit; grupul implicit; "
            "id grup implicit; group; groupe; grupa; grup; customer group; group id; "
            "customer group id"
        ),
        column=partial(DefaultGroupColumn, table="groups"),
        filters={
            "default_group": KeysFilter(gettext_lazy("Default group"), table="groups", field="default_group")
        },
        without=("fact",),
    ),
    Field(
        "groups",
        personal=Personal.BEHAVIOUR,
        title=gettext_lazy("Groups"),
        help=gettext_lazy("Check all the box(es) of groups of which the customer is to be a member *"),
        group="groups",
        files="groups; customer groups; groupes; grupy; dostep grupowy; grupuri",
        form=groups_field,
        column=partial(GroupsColumn, reads=("id", "default_group_id")),
        filters={
            "group": PairsFilter(
                gettext_lazy("Customer Groups"),
                table="groups",
                pairs=Membership,
                owner="customer",
                target="group",
            )
        },
        without=("fact",),
    ),
    Field(
        "note",
        personal=Personal.WORDS,
        help=_STAFF_ONLY,
        group="more",
        files=Files(
            "note; notes; private note; private notes; notatka; nota; note privee; nota privata",
            perhaps="uwagi; comment; comments; remark; remarks; description; remarque; remarques; commentaire; "
            "commentaires; komentarz; opis; observatii; comentarii; mentiuni",
        ),
        filters={
            "note_is": PresenceFilter(
                gettext_lazy("Note"),
                field="note",
                may_be_null=False,
                words=(pgettext_lazy("note", "Empty"), pgettext_lazy("note", "Written")),
            )
        },
        without=("column", "fact"),
    ),
    Field(
        "sales_agent",
        personal=Personal.NONE,
        group="more",
        files=("sales agent; agent; commercial; opiekun; opiekun handlowy; agent de vanzari"),
        form=agent_field,
        column=partial(LookupColumn, table="agents"),
        filters={
            "agent": KeysFilter(
                gettext_lazy("Sales agent"),
                table="agents",
                field="sales_agent",
                none_label=gettext_lazy("No agent"),
                known_label=gettext_lazy("Any agent"),
            )
        },
        without=("fact",),
    ),
    Field(
        "phone",
        personal=Personal.CONTACT,
        group="more",
        rule=general.phone,
        doubt=general.looks_like_a_phone,
        files=Files(
            "phone; phone number; telephone; telefon; billing phone; mobile phone; numer telefonu; "
            "numar de telefon; default address phone; billing phone number; address telephone",
            perhaps="tel; mobile; cell; cell phone; portable; gsm; komorka; tel kom; mobil; contact number; "
            "phone no; tel no; nr tel; nr telefonu; nr telefon",
        ),
        form=phone_field,
        column=CutColumn,
        filters={
            "phone": TelephoneFilter(gettext_lazy("Phone"), field="phone"),
            "phone_is": PresenceFilter(gettext_lazy("Phone"), field="phone", may_be_null=False),
        },
    ),
    Field(
        "company",
        personal=Personal.IDENTITY,
        group="more",
        rule=general.thing_name,
        files=(
            "company; societe; entreprise; firma; companie; compania; societate; "
            "default address company; billing company; address company"
        ),
        column=CutColumn,
    ),
    Field(
        "tags",
        personal=Personal.WORDS,
        group="more",
        files="tags; tag; etiquettes; mots cles; tagi; znaczniki; etichete",
        form=tags_field,
        column=TagsColumn,
        fact=Fact(value=tags_in_words),
        filters={
            "tag": TagFilter(
                gettext_lazy("Tag"),
                table="tags",
                pairs=Tagging,
                owner="customer",
                target="tag",
                none_label=gettext_lazy("No tag"),
                known_label=gettext_lazy("Any tag"),
            )
        },
        without=("fact",),
    ),
    Field(
        "language",
        personal=Personal.CONTACT,
        group="more",
        files="language; locale; lang; langue; jezyk; limba",
        fact=Fact(value=lambda customer: formats.language_label(customer.language)),
        without=_LIST,
    ),
    Field(
        "guest",
        personal=Personal.TECHNICAL,
        help=gettext_lazy("Buys without an account: no password, no log-in."),
        group="more",
        once=True,
        files=(
            "guest; guest account; is guest; invite; compte invite; gosc; oaspete; vizitator; "
            "client fara cont"
        ),
        without=(*_LIST, "fact"),
    ),
    Field(
        "external_id",
        personal=Personal.TECHNICAL,
        group="more",
        rule=general.reference,
        files=(
            "external id; reference elsewhere; reference ailleurs; reference externe; "
            "identyfikator zewnetrzny; referinta externa"
        ),
        without=_LIST,
    ),
)
