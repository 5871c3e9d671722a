"""What a customer may and agreed to."""

from django.utils.translation import gettext_lazy

from backoffice.sections import Field, Personal, Switch

from ... import services
from ...models import ConsentKind


def _consent(kind: str, on, off) -> Switch:
    return Switch(
        run=services.SWITCHES[kind],
        said=(on, off),
        hint=gettext_lazy("Make sure the customer wants it."),
        more=("customers_consent", gettext_lazy("State the ground")),
    )


FIELDS = (
    Field(
        "active",
        personal=Personal.TECHNICAL,
        title=gettext_lazy("Enabled"),
        help=gettext_lazy("Allow or disallow this customer to log in"),
        group="customer",
        files=(
            "active; enabled; status; actif; active 0 1; activee; actif 0 1; activ; activat; "
            "wlaczony; wlaczone; aktywny; aktywne; statut; stare"
        ),
        switch=Switch(
            run=services.SWITCHES["active"],
            said=(
                gettext_lazy("%(name)s may log in again."),
                gettext_lazy("%(name)s may not log in any more."),
            ),
        ),
        without=("fact",),
    ),
    Field(
        "newsletter",
        personal=Personal.BEHAVIOUR,
        short=(gettext_lazy("News."), gettext_lazy("Newsletter")),
        help=gettext_lazy("Customer will receive your newsletter via e-mail"),
        group="customer",
        required_as="newsletter",
        files=(
            "newsletter; news; newletter; accepts email marketing; accepts marketing; "
            "subscribed to newsletter; is subscribed; lettre d informations; lettre dinformations; "
            "lettre d information; lettre dinformation; biuletyn; buletin informativ; "
            "buletin de stiri; buletin"
        ),
        switch=_consent(
            ConsentKind.NEWSLETTER,
            gettext_lazy("Newsletter switched on for %(name)s."),
            gettext_lazy("Newsletter switched off for %(name)s."),
        ),
        without=("fact",),
    ),
    Field(
        "partner_offers",
        personal=Personal.BEHAVIOUR,
        short=(gettext_lazy("Opt."), gettext_lazy("Opt-in (partner offers)")),
        help=gettext_lazy("Customer will receive your ads via e-mail"),
        group="customer",
        required_as="optin",
        files=(
            "partner offers; optin; opt in; opt; part; offres partenaires; offres des partenaires; "
            "partenaires; oferty partnerow; oferty partnerskie; oferte parteneri; "
            "oferte de la parteneri; ofertele partenerilor"
        ),
        switch=_consent(
            ConsentKind.PARTNER_OFFERS,
            gettext_lazy("Opt-in switched on for %(name)s."),
            gettext_lazy("Opt-in switched off for %(name)s."),
        ),
        without=("fact",),
    ),
)
