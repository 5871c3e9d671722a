"""The visits section: who came to the shop, when, with what and from where, to be read only (S1.65, S4.71, S4.76)."""

from dataclasses import replace

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.sections import (
    ColumnSet,
    Field,
    Listing,
    Menu,
    Page,
    Personal,
    SearchScope,
    Section,
    Titles,
    register,
)
from backoffice.sections.fields import Fact
from backoffice.sections.usual import NUMBER
from backoffice.tables.presence import PresenceFilter

from ..models import Visit
from .customer_filters import CustomerFilter
from .visit_columns import (
    IPColumn,
    IPFilter,
    OnlineFilter,
    OriginColumn,
    OriginFilter,
    TimeSpentColumn,
    VisitorColumn,
)
from .visit_panels import PANELS, heading
from .visit_words import ip_link, origin_of, time_spent

# It grows for ever: asked are a customer's visits, an address's, an origin's, and days (decision 55).
_UNASKED = ("form", "filter", "files")
_ONLY_ITS_PAGE = ("form", "column", "filter", "files")


_FIELDS = (
    replace(NUMBER, without=(*NUMBER.without, "fact")),
    Field("started_at", personal=Personal.BEHAVIOUR, without=("form", "files")),
    Field(
        "customer",
        personal=Personal.TECHNICAL,
        column=VisitorColumn,
        filters={
            "customer": CustomerFilter(_("Customer")),
            "customer_is": PresenceFilter(
                _("Customer"), field="customer", words=(_("Visitors"), _("Customers"))
            ),
        },
        without=("form", "fact", "files"),
    ),
    Field("last_seen_at", personal=Personal.BEHAVIOUR, without=("form", "files")),
    Field(
        "time_spent",
        personal=Personal.BEHAVIOUR,
        label=_("Total time"),
        column=TimeSpentColumn,
        fact=Fact(value=lambda visit: time_spent(int(visit.duration.total_seconds()))),
        without=("form", "filter", "files"),
    ),
    Field("pages_count", personal=Personal.BEHAVIOUR, without=("form", "fact", "files")),
    Field("device", personal=Personal.BEHAVIOUR, without=_UNASKED),
    Field(
        "origin",
        personal=Personal.BEHAVIOUR,
        column=OriginColumn,
        filters={
            "origin": OriginFilter(_("Origin")),
            "origin_is": PresenceFilter(
                _("Origin"), field="origin", may_be_null=False, words=(_("Direct"), _("From another site"))
            ),
        },
        fact=Fact(value=lambda visit: origin_of(visit.origin)),
        without=("form", "files"),
    ),
    Field(
        "ip",
        personal=Personal.CONTACT,
        column=IPColumn,
        filters={
            "ip": IPFilter(label=_("IP address")),
            "ip_is": PresenceFilter(_("IP address"), field="ip"),
        },
        fact=Fact(value=lambda visit: ip_link(visit.ip)),
        without=("form", "files"),
    ),
    Field("landing_url", personal=Personal.BEHAVIOUR, without=_ONLY_ITS_PAGE),
    Field("referrer", personal=Personal.BEHAVIOUR, without=_ONLY_ITS_PAGE),
    Field("user_agent", personal=Personal.BEHAVIOUR, without=_ONLY_ITS_PAGE),
)

VISITS = register(
    Section(
        slug="visits",
        model=Visit,
        titles=Titles(
            many=_("Connections"),
            one=_("Connection"),
            add="",
            counted=ngettext_lazy("%(n)s connection", "%(n)s connections", "count"),
            back=_("Back to Connections"),
        ),
        menu=Menu(group="advanced", place=92, icon="visits"),
        fields=_FIELDS,
        listing=Listing(
            rows=lambda: Visit.objects.select_related("customer"),
            label=lambda row: gettext("Connection %(number)s") % {"number": row["id"]},
            lead=("started_at", "last_seen_at"),
            default_sort="-started_at",
            recent="started_at",
            sets={
                "log": ColumnSet(
                    title=_("Connections"),
                    columns=(
                        *("started_at", "customer", "last_seen_at", "time_spent", "pages_count", "device"),
                        *("origin", "ip"),
                    ),
                )
            },
            filters={"online": OnlineFilter(_("Online"))},
            everywhere=("online",),
            search=(
                SearchScope(
                    name="visits",
                    title=_("Connections by IP address"),
                    by="ip",
                    columns=("started_at", "customer", "pages_count", "device", "origin"),
                    found=ngettext_lazy(
                        "%(n)s connection from the IP address %(query)s",
                        "%(n)s connections from the IP address %(query)s",
                        "count",
                    ),
                ),
            ),
        ),
        page=Page(panels=PANELS, heading=heading),
    )
)
