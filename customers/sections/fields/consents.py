"""What a customer may and agreed to."""

from django.utils.translation import gettext_lazy

from backoffice.sections import Field, Files, Personal

from .. import flags

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
        switch=flags.ACTIVE,
        without=("fact",),
    ),
    Field(
        "newsletter",
        personal=Personal.BEHAVIOUR,
        short=(gettext_lazy("News."), gettext_lazy("Newsletter")),
        help=gettext_lazy("Customer will receive your newsletter via e-mail"),
        group="customer",
        required_as="newsletter",
        files=Files(
            "newsletter; news; newletter; accepts email marketing; accepts marketing; "
            "subscribed to newsletter; is subscribed; lettre d informations; lettre dinformations; "
            "lettre d information; lettre dinformation; biuletyn; buletin informativ; "
            "buletin de stiri; buletin",
            perhaps="subscribed; subscriber; subscription; mailing; email marketing; marketing; abonne; abonnement; "
            "zgoda; zgoda marketingowa; zapisany; abonat; abonare; acord marketing",
        ),
        switch=flags.NEWSLETTER,
        without=("fact",),
    ),
    Field(
        "partner_offers",
        personal=Personal.BEHAVIOUR,
        short=(gettext_lazy("Opt."), gettext_lazy("Opt-in (partner offers)")),
        help=gettext_lazy("Customer will receive your ads via e-mail"),
        group="customer",
        required_as="optin",
        files=Files(
            "partner offers; optin; opt in; opt; part; offres partenaires; offres des partenaires; "
            "partenaires; oferty partnerow; oferty partnerskie; oferte parteneri; "
            "oferte de la parteneri; ofertele partenerilor",
            told=gettext_lazy("Partner offers"),
        ),
        switch=flags.PARTNER_OFFERS,
        without=("fact",),
    ),
    Field(
        "consent_ground",
        personal=Personal.WORDS,
        label=gettext_lazy("Source of consent"),
        files=(
            "source of consent; consent source; consent ground; optin source; origine du consentement; "
            "zrodlo zgody; sursa acordului"
        ),
        without=("form", "column", "filter", "fact"),
    ),
)
